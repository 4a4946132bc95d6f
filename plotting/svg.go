package plotting

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"
)

func (f *Figure) writeSVG(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsVector))
	if err != nil {
		return err
	}
	_, err = w.Write(s.svg())
	return err
}

// svgText is how labels look. The fonts behind the first are as wide as it is; textLength holds
// a label to its measured width whatever font the viewer has.
const svgText = `text{font-family:"Liberation Sans",Arial,Helvetica,"DejaVu Sans","Droid Sans Fallback","Noto Sans CJK SC",sans-serif;white-space:pre;pointer-events:none}.b{font-weight:bold}`

// svg writes the scene as a document. gonum's own SVG canvas is not used: it rounds coordinates
// to five digits, which is whole pixels from 10,000 on, and knows no tooltips.
func (s *scene) svg() []byte {
	out := &svgDocument{}
	w, h := short(s.width), short(s.height)
	out.print(`<svg xmlns="http://www.w3.org/2000/svg" width="`, w, `" height="`, h, `" viewBox="0 0 `, w, " ", h, `" role="img">`, "\n<title>")
	out.escape(s.title)
	out.print("</title>\n<style>", svgText, "</style>\n", `<rect width="`, w, `" height="`, h, `" fill="`, hex(s.background), `"/>`, "\n")
	for _, m := range s.marks {
		out.paint(m)
	}
	out.print("</svg>\n")
	return out.Bytes()
}

type svgDocument struct{ bytes.Buffer }

func (d *svgDocument) print(parts ...string) {
	for _, p := range parts {
		d.WriteString(p)
	}
}

// escape writes text so that it is nothing but text.
func (d *svgDocument) escape(text string) {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`<>&"'`, r) }) {
		if err := xml.EscapeText(d, []byte(text)); err != nil {
			panic(err) // a bytes.Buffer takes everything
		}
		return
	}
	d.WriteString(text)
}

func (d *svgDocument) paint(m mark) {
	switch m := m.(type) {
	case box:
		if m.link != "" {
			d.print(`<a href="`)
			d.escape(m.link)
			d.print(`">`)
			defer d.print("</a>\n")
		}
		d.print(`<rect x="`, short(m.x), `" y="`, short(m.y), `" width="`, short(m.w), `" height="`, short(m.h), `"`)
		if m.r > 0 {
			d.print(` rx="`, short(m.r), `"`)
		}
		d.shape(m.fill, m.line, m.dashed, m.tip, "rect")
	case disc:
		d.print(`<circle cx="`, short(m.x), `" cy="`, short(m.y), `" r="`, short(m.r), `"`)
		d.shape(m.fill, m.line, false, m.tip, "circle")
	case area:
		d.path(m.points, false)
		d.print(`Z" fill="`, hex(m.fill), `"/>`, "\n")
	case wire:
		d.path(m.points, m.curved)
		d.print(`" fill="none" stroke="`, hex(m.color), `"`)
		if m.width != 1 {
			d.print(` stroke-width="`, short(m.width), `"`)
		}
		if m.dashed {
			d.print(` stroke-dasharray="4"`)
		}
		d.print("/>\n")
	case label:
		d.label(m)
	}
}

// shape ends an element that is filled and stroked, with its tooltip.
func (d *svgDocument) shape(fill, line color.NRGBA, dashed bool, tip, element string) {
	d.print(` fill="`, hex(fill), `"`)
	if line.A > 0 {
		d.print(` stroke="`, hex(line), `"`)
	}
	if dashed {
		d.print(` stroke-dasharray="4"`)
	}
	if tip == "" {
		d.print("/>\n")
		return
	}
	d.print("><title>")
	d.escape(tip)
	d.print("</title></", element, ">\n")
}

func (d *svgDocument) path(points []point, curved bool) {
	for i, p := range points {
		command := "L"
		switch {
		case i == 0:
			command = `<path d="M`
		case curved && i == 1:
			command = "Q"
		case curved && i == 2:
			command = " "
		}
		d.print(command, short(p.x), ",", short(p.y))
	}
}

// label writes text as text. Only one with characters that no font has is split into pieces,
// with a box for each of those.
func (d *svgDocument) label(l label) {
	runs := l.runs()
	complete := true
	for _, r := range runs {
		complete = complete && r.face != nil
	}
	if complete {
		d.text(l, fmt.Sprintf(` x="%s" y="%s"`, short(l.x), short(l.y)), l.angle)
		return
	}
	d.print(`<g transform="translate(`, short(l.x), ",", short(l.y), `)`)
	if l.angle != 0 {
		d.print(` rotate(`, short(l.angle*180/math.Pi), `)`)
	}
	d.print(`">`, "\n")
	for _, r := range runs {
		if r.face == nil {
			frame, text := r.unknown(l)
			text.width = measure(text.text, letters{size: text.size})
			d.paint(frame)
			d.text(text, fmt.Sprintf(` x="%s" y="%s"`, short(text.x), short(text.y)), 0)
			continue
		}
		piece := label{size: l.size, bold: l.bold, color: l.color, text: r.text, width: r.width}
		d.text(piece, ` style="unicode-bidi:bidi-override" x="`+short(r.x)+`" y="0"`, 0)
	}
	d.print("</g>\n")
}

func (d *svgDocument) text(l label, place string, angle float64) {
	d.print("<text", place)
	if angle != 0 {
		d.print(` transform="rotate(`, short(angle*180/math.Pi), " ", short(l.x), " ", short(l.y), `)"`)
	}
	d.print(` font-size="`, short(l.size), `" fill="`, hex(l.color), `" textLength="`, short(l.width), `" lengthAdjust="spacingAndGlyphs"`)
	if l.bold {
		d.print(` class="b"`)
	}
	d.print(">")
	d.escape(l.text)
	d.print("</text>\n")
}

// short writes a length with two decimals at most.
func short(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

func hex(c color.NRGBA) string {
	if c.A == 0 {
		return "none"
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}
