package plotting

import (
	"math"
	"unicode/utf8"
)

// label paints text with embedded fonts, turned around its beginning.
func (d *pdf) label(l label) {
	const k = pointsPerPixel
	if l.angle != 0 {
		d.TransformBegin()
		defer d.TransformEnd()
		d.TransformRotate(-l.angle*180/math.Pi, l.x*k, l.y*k)
	}
	for _, r := range l.runs() {
		if r.face == nil {
			frame, text := r.unknown(l)
			frame.x, frame.y, text.x, text.y = frame.x+l.x, frame.y+l.y, text.x+l.x, text.y+l.y
			d.paint(frame)
			d.glyphs(run{face: liberation, text: text.text}, text)
			continue
		}
		d.glyphs(r, l)
	}
}

// glyphs paints a run. The PDF library's fonts end at U+FFFF; beyond, outlines are painted. Marks have
// places of their own, which the library would not know.
func (d *pdf) glyphs(r run, l label) {
	const k = pointsPerPixel
	d.SetTextColor(int(l.color.R), int(l.color.G), int(l.color.B))
	start, x := 0, 0.0 // of what is not painted yet, in em
	write := func(from, to int, x float64) {
		if to > from {
			d.use(r.face, l.size)
			d.Text((l.x+r.x+x*l.size)*k, l.y*k, r.text[from:to])
		}
	}
	r.face.set(r.text, func(i int, c rune, em float64) {
		if c <= 0xffff && !isMark(c) {
			if start == i {
				x = em
			}
			return
		}
		write(start, i, x)
		start = i + utf8.RuneLen(c)
		if c > 0xffff {
			d.fill(l.color)
			d.outline(r.face, c, l.x+r.x+em*l.size, l.y, l.size)
			return
		}
		write(i, start, em)
	})
	write(start, len(r.text), x)
}

// use sets a typeface, embedding it when it is the first time.
func (d *pdf) use(t *typeface, size float64) {
	if !d.fonts[t] {
		d.fonts[t] = true
		d.AddUTF8FontFromBytes(t.name, "", t.file)
	}
	d.SetFont(t.name, "", size*pointsPerPixel)
}

// outline paints one character as a shape.
func (d *pdf) outline(t *typeface, c rune, x, y, size float64) {
	const k = pointsPerPixel
	at := func(p point) (float64, float64) { return (x + p.x*size) * k, (y + p.y*size) * k }
	painted := false
	for _, s := range t.outline(c) {
		painted = true
		ax, ay := at(s.to[0])
		switch {
		case s.move:
			d.MoveTo(ax, ay)
		case len(s.to) == 1:
			d.LineTo(ax, ay)
		case len(s.to) == 2:
			bx, by := at(s.to[1])
			d.CurveTo(ax, ay, bx, by)
		default:
			bx, by := at(s.to[1])
			ex, ey := at(s.to[2])
			d.CurveBezierCubicTo(ax, ay, bx, by, ex, ey)
		}
	}
	if painted {
		d.DrawPath("F")
	}
}
