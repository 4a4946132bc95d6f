package plotting

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// brush paints marks on a gonum canvas, whose y grows upwards from its lower edge.
type brush struct {
	vg.Canvas
	bottom float64    // pixel of the scene at the canvas's lower edge
	top    float64    // and at the upper one
	pixels *pixelText // how to paint level text on an image; nil for other canvases
	shapes bool       // paint letters as shapes, for canvases that know few fonts
}

func (b brush) at(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x * pointsPerPixel), Y: vg.Length((b.bottom - y) * pointsPerPixel)}
}

// paintFitted paints a scene into a canvas, scaled down where it is larger.
func paintFitted(c draw.Canvas, s *scene) {
	size := c.Size()
	scale := min(1, float64(size.X)/(s.width*pointsPerPixel), float64(size.Y)/(s.height*pointsPerPixel))
	c.Push()
	defer c.Pop()
	c.Translate(vg.Point{X: c.Min.X, Y: c.Max.Y})
	c.Scale(scale, scale)
	b := brush{Canvas: c}
	b.SetColor(s.background)
	b.Fill(b.rectangle(box{w: s.width, h: s.height}))
	for _, m := range s.marks {
		b.paint(m)
	}
}

func (b brush) paint(m mark) {
	switch m := m.(type) {
	case box:
		b.fillAndStroke(b.rectangle(m), m.fill, m.line, m.dashed)
	case disc:
		circle := vg.Path{}
		circle.Move(b.at(m.x+m.r, m.y))
		circle.Arc(b.at(m.x, m.y), vg.Length(m.r*pointsPerPixel), 0, 2*math.Pi)
		circle.Close()
		b.fillAndStroke(circle, m.fill, m.line, false)
	case area:
		b.SetColor(m.fill)
		b.Fill(append(b.line(m.points), vg.PathComp{Type: vg.CloseComp}))
	case wire:
		b.stroke(b.wirePath(m), m.color, m.width, m.dashed)
	case label:
		b.write(m)
	}
}

func (b brush) fillAndStroke(p vg.Path, fill, line color.NRGBA, dashed bool) {
	if fill.A > 0 {
		b.SetColor(fill)
		b.Fill(p)
	}
	if line.A > 0 {
		b.stroke(p, line, 1, dashed)
	}
}

func (b brush) stroke(p vg.Path, c color.NRGBA, width float64, dashed bool) {
	b.SetColor(c)
	b.SetLineWidth(vg.Length(width * pointsPerPixel))
	b.SetLineDash(nil, 0)
	if dashed {
		b.SetLineDash([]vg.Length{dash * pointsPerPixel, dash * pointsPerPixel}, 0)
	}
	b.Stroke(p)
}

const dash = 4.0 // pixels, of dashes and of the gaps between them

// rectangle returns the outline of a box; its corners are quarter circles.
func (b brush) rectangle(m box) vg.Path {
	var p vg.Path
	r := min(m.r, m.w/2, m.h/2)
	if r <= 0 {
		p = b.line([]point{{m.x, m.y}, {m.x + m.w, m.y}, {m.x + m.w, m.y + m.h}, {m.x, m.y + m.h}})
		p.Close()
		return p
	}
	left, right, top, bottom := m.x, m.x+m.w, m.y, m.y+m.h
	p.Move(b.at(left+r, top))
	p.Line(b.at(right-r, top))
	p.QuadTo(b.at(right, top), b.at(right, top+r))
	p.Line(b.at(right, bottom-r))
	p.QuadTo(b.at(right, bottom), b.at(right-r, bottom))
	p.Line(b.at(left+r, bottom))
	p.QuadTo(b.at(left, bottom), b.at(left, bottom-r))
	p.Line(b.at(left, top+r))
	p.QuadTo(b.at(left, top), b.at(left+r, top))
	p.Close()
	return p
}

func (b brush) line(points []point) vg.Path {
	var p vg.Path
	p.Move(b.at(points[0].x, points[0].y))
	for _, q := range points[1:] {
		p.Line(b.at(q.x, q.y))
	}
	return p
}

func (b brush) wirePath(m wire) vg.Path {
	if !m.curved {
		return b.line(m.points)
	}
	var p vg.Path
	p.Move(b.at(m.points[0].x, m.points[0].y))
	p.QuadTo(b.at(m.points[1].x, m.points[1].y), b.at(m.points[2].x, m.points[2].y))
	for _, q := range m.points[3:] {
		p.Line(b.at(q.x, q.y))
	}
	return p
}

// write paints a label run by run; what no font has becomes a box with its code.
func (b brush) write(l label) {
	for _, r := range l.runs() {
		if r.face != nil {
			b.glyphs(l, r.face, r.x, 0, l.size, r.text)
			continue
		}
		frame, text := r.unknown(l)
		var corners []point
		for _, c := range []point{{0, 0}, {frame.w, 0}, {frame.w, frame.h}, {0, frame.h}, {0, 0}} {
			corners = append(corners, l.turned(frame.x+c.x, frame.y+c.y))
		}
		b.stroke(b.line(corners), l.color, 1, false)
		b.glyphs(l, liberation, text.x, text.y, text.size, text.text)
	}
}

// turned returns the place in the scene of a place relative to the label's beginning.
func (l label) turned(x, y float64) point {
	sin, cos := math.Sincos(l.angle)
	return point{l.x + x*cos - y*sin, l.y + x*sin + y*cos}
}

// glyphs paints a text at a place relative to a label's beginning.
func (b brush) glyphs(l label, t *typeface, x, y, size float64, text string) {
	at := l.turned(x, y)
	if b.pixels != nil && l.angle == 0 {
		b.pixels.draw(t, at.x, at.y-b.top, size, text, l.color)
		return
	}
	b.SetColor(l.color)
	if b.pixels != nil || b.shapes {
		b.outlines(l, t, x, y, size, text)
		return
	}
	b.Push()
	defer b.Pop()
	b.Translate(b.at(at.x, at.y))
	b.Rotate(-l.angle)
	b.FillString(font.Face{Font: font.Font{Size: vg.Length(size * pointsPerPixel)}, Face: t.font}, vg.Point{}, text)
}

// outlines paints turned text as shapes, because turned pixels would be blurred.
func (b brush) outlines(l label, t *typeface, x, y, size float64, text string) {
	t.set(text, func(_ int, r rune, em float64) {
		var p vg.Path
		at := func(q point) vg.Point {
			turned := l.turned(x+(em+q.x)*size, y+q.y*size)
			return b.at(turned.x, turned.y)
		}
		for _, s := range t.outline(r) {
			switch len(s.to) {
			case 1:
				if s.move {
					p.Move(at(s.to[0]))
				} else {
					p.Line(at(s.to[0]))
				}
			case 2:
				p.QuadTo(at(s.to[0]), at(s.to[1]))
			default:
				p.CubeTo(at(s.to[0]), at(s.to[1]), at(s.to[2]))
			}
		}
		if len(p) > 0 {
			b.Fill(p)
		}
	})
}

// unknown returns the box and the code that stand for a character that no font has, relative to
// the label's beginning.
func (r run) unknown(l label) (box, label) {
	f := codeLetters(letters{size: l.size, color: l.color})
	frame := box{x: r.x + 0.5, y: -0.85 * l.size, w: r.width - 2, h: l.size, line: l.color}
	for _, c := range r.text {
		return frame, label{x: r.x + 2, y: -0.35*l.size + 0.36*f.size, size: f.size, color: l.color, text: code(c)}
	}
	return frame, label{}
}
