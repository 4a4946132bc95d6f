package plotting

import (
	"image/color"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// writePDF writes pages of A4's proportions with all rows; a small figure is one page of its own
// size. gonum's own PDF canvas is not used because it garbles all text beyond Latin-1; the
// library beneath it is, which embeds the parts of fonts that are needed.
func (f *Figure) writePDF(w io.Writer) error {
	pages, err := f.draw(f.rows(mostRowsVector), true)
	if err != nil {
		return err
	}
	d := newPDF(pages[0].title)
	for _, s := range pages {
		if err := tooLong(s); err != nil {
			return err
		}
		d.page(s)
	}
	return d.Output(w)
}

// pdf paints scenes on pages, in pixels of 3/4 point.
type pdf struct {
	*fpdf.Fpdf
	fonts map[*typeface]bool // those embedded so far
	links map[int]int        // to pages, by their number
}

func newPDF(title string) *pdf {
	d := &pdf{fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt"}), map[*typeface]bool{}, map[int]int{}}
	d.SetMargins(0, 0, 0)
	d.SetAutoPageBreak(false, 0)
	d.SetTitle(title, true)
	d.SetCreator("Gopherwood", true)
	d.SetProducer("Gopherwood", true)
	d.SetCatalogSort(true) // equal figures are equal files
	d.SetCreationDate(time.Unix(0, 0).UTC())
	d.SetModificationDate(time.Unix(0, 0).UTC())
	return d
}

func (d *pdf) page(s *scene) {
	d.AddPageFormat("P", fpdf.SizeType{Wd: s.width * pointsPerPixel, Ht: s.height * pointsPerPixel})
	d.fill(s.background)
	d.Rect(0, 0, s.width*pointsPerPixel, s.height*pointsPerPixel, "F")
	for _, m := range s.marks {
		d.paint(m)
	}
}

func (d *pdf) fill(c color.NRGBA) { d.SetFillColor(int(c.R), int(c.G), int(c.B)) }

func (d *pdf) pen(c color.NRGBA, width float64, dashed bool) {
	d.SetDrawColor(int(c.R), int(c.G), int(c.B))
	d.SetLineWidth(width * pointsPerPixel)
	d.SetDashPattern(nil, 0)
	if dashed {
		d.SetDashPattern([]float64{dash * pointsPerPixel, dash * pointsPerPixel}, 0)
	}
}

func (d *pdf) paint(m mark) {
	const k = pointsPerPixel
	switch m := m.(type) {
	case box:
		if m.link != "" {
			d.LinkString(m.x*k, m.y*k, m.w*k, m.h*k, m.link)
		}
		if m.page > 0 {
			d.Link(m.x*k, m.y*k, m.w*k, m.h*k, d.target(m.page))
		}
		if style := d.style(m.fill, m.line, m.dashed); style == "" {
			return
		} else if m.r > 0 {
			d.RoundedRect(m.x*k, m.y*k, m.w*k, m.h*k, min(m.r, m.w/2, m.h/2)*k, "1234", style)
		} else {
			d.Rect(m.x*k, m.y*k, m.w*k, m.h*k, style)
		}
	case disc:
		d.Circle(m.x*k, m.y*k, m.r*k, d.style(m.fill, m.line, false))
	case area:
		d.fill(m.fill)
		points := make([]fpdf.PointType, len(m.points))
		for i, p := range m.points {
			points[i] = fpdf.PointType{X: p.x * k, Y: p.y * k}
		}
		d.Polygon(points, "F")
	case wire:
		d.pen(m.color, m.width, m.dashed)
		d.wire(m)
	case label:
		d.label(m)
	}
}

// target returns the library's number for a link to a page.
func (d *pdf) target(page int) int {
	link, known := d.links[page]
	if !known {
		link = d.AddLink()
		d.SetLink(link, 0, page)
		d.links[page] = link
	}
	return link
}

// style sets the colours of a shape and returns fpdf's word for how it is painted.
func (d *pdf) style(fill, line color.NRGBA, dashed bool) string {
	style := ""
	if fill.A > 0 {
		d.fill(fill)
		style = "F"
	}
	if line.A > 0 {
		d.pen(line, 1, dashed)
		style += "D"
	}
	return style
}

func (d *pdf) wire(m wire) {
	const k = pointsPerPixel
	d.MoveTo(m.points[0].x*k, m.points[0].y*k)
	if m.curved {
		d.CurveTo(m.points[1].x*k, m.points[1].y*k, m.points[2].x*k, m.points[2].y*k)
	}
	for _, p := range m.straight() {
		d.LineTo(p.x*k, p.y*k)
	}
	d.DrawPath("D")
}
