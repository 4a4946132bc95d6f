package plotting

import "image/color"

// Lengths are pixels of 1/96 inch, as CSS has them: 4 pixels are 3 points.
const pointsPerPixel = 0.75

// scene is a finished picture: marks in painting order. The origin is the top left corner, y
// grows downwards.
type scene struct {
	width, height float64
	background    color.NRGBA
	title         string // for readers who cannot see the picture
	marks         []mark
}

// mark is one thing painted: a box, wire, area, disc or label.
type mark interface {
	// span returns the highest and the lowest place that the mark paints.
	span() (top, bottom float64)
}

type point struct{ x, y float64 }

// box is a rectangle, with corners rounded by r. The zero colour paints nothing.
type box struct {
	x, y, w, h, r float64
	fill, line    color.NRGBA
	dashed        bool
	tip           string // shown by viewers that can, when pointed at
	link          string // address that the box leads to
	page          int    // of a document that the box leads to, counted from 1
}

func (b box) span() (top, bottom float64) { return b.y - 1, b.y + b.h + 1 }

// wire is a line through points; with curved its beginning is a quadratic curve from the first to
// the third point with the second as control point.
type wire struct {
	points []point
	color  color.NRGBA
	width  float64
	dashed bool
	curved bool
}

// straight returns the points that lines lead to.
func (w wire) straight() []point {
	if w.curved {
		return w.points[3:]
	}
	return w.points[1:]
}

func (w wire) span() (top, bottom float64) {
	top, bottom = extent(w.points)
	return top - w.width, bottom + w.width
}

// area is a filled polygon.
type area struct {
	points []point
	fill   color.NRGBA
}

func (a area) span() (top, bottom float64) { return extent(a.points) }

func extent(points []point) (top, bottom float64) {
	top, bottom = points[0].y, points[0].y
	for _, p := range points[1:] {
		top, bottom = min(top, p.y), max(bottom, p.y)
	}
	return top, bottom
}

// disc is a filled circle with a rim.
type disc struct {
	x, y, r    float64
	fill, line color.NRGBA
	tip        string
}

func (d disc) span() (top, bottom float64) { return d.y - d.r - 1, d.y + d.r + 1 }

// label is one line of text that begins at x on the baseline y. Its text is printable and fits
// its room already; width is what measure says of it. angle turns it around its beginning,
// clockwise, in radians.
type label struct {
	x, y, size, width, angle float64
	bold                     bool
	color                    color.NRGBA
	text                     string
}

func (l label) span() (top, bottom float64) {
	if l.angle == 0 {
		return l.y - 1.2*l.size, l.y + 0.5*l.size
	}
	return l.y - l.width - l.size, l.y + l.width + l.size
}

func (s *scene) add(m ...mark) { s.marks = append(s.marks, m...) }

// write adds a label and returns where it ends. An empty text adds nothing.
func (s *scene) write(x, y float64, text string, f letters) float64 {
	if text == "" {
		return x
	}
	w := measure(shaped(text), f)
	s.add(label{x: x, y: y, size: f.size, bold: f.bold, color: f.color, text: text, width: w})
	return x + w
}

// letters say how text looks; size in pixels.
type letters struct {
	size  float64
	bold  bool
	color color.NRGBA
}
