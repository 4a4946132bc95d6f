package plotting

import (
	"fmt"
	"math"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// Paper is the size of a sheet in millimetres, upright.
type Paper struct{ Width, Height float64 }

// Usual sheets.
var (
	A0 = Paper{841, 1189}
	A1 = Paper{594, 841}
	A2 = Paper{420, 594}
	A3 = Paper{297, 420}
	A4 = Paper{210, 297}
)

// PosterOptions say how [PlotPoster] draws. The zero value of every field is its default.
type PosterOptions struct {
	// ViewOptions, of which Width and Height stay 0: the picture is as large as its paper.
	ViewOptions

	Paper     Paper // default A0
	Landscape bool  // the long side at the bottom
}

const (
	smallestPaper, largestPaper = 100.0, 5000.0 // millimetres; PDF readers show 5,080

	posterHead   = 1000.0 // pixels of the paper's short side at which a header has its usual size
	posterPitch  = 19.0   // from row to row, at the usual size of letters
	posterHeight = 17.0
	posterColumn = 640.0 // the least width of a column while letters can still be smaller
	narrowColumn = 360.0 // and in the smallest ones
	posterGap    = 24.0  // between columns
	largestZoom  = 4.0
	smallestZoom = smallest / bodySize
)

// PlotPoster draws a whole tree on one large page: a line for each row, in columns that are read like
// a newspaper's, in letters as large as the paper allows. A column begins with what its first row is
// under. A tree that does not fit in letters of six points is an error that says how many rows do, and
// which paper would be large enough. Printers take the PDF.
//
//	plotting.PlotPoster(tree, plotting.PosterOptions{Paper: plotting.A1, Landscape: true}).Save("wall.pdf")
func PlotPoster(t ptree.Tree, o ...PosterOptions) *Figure {
	options := theOne("PlotPoster", o)
	if options.Width != 0 || options.Height != 0 {
		panic(&dataframe.UsageError{Message: "a poster is as large as its Paper: leave Width and Height 0"})
	}
	return figureOfView(t, options.ViewOptions, "Process tree", mostRowsEver, func(v *view) (*scene, error) {
		return v.poster(options.sheet())
	})
}

func (o PosterOptions) sheet() Paper {
	p := o.Paper
	if p == (Paper{}) {
		p = A0
	}
	if o.Landscape {
		p.Width, p.Height = p.Height, p.Width
	}
	return p
}

func (p Paper) String() string {
	return fmt.Sprintf("%s x %s mm", grouped(int(math.Round(p.Width))), grouped(int(math.Round(p.Height))))
}

// pixels returns the paper's size in pixels of the scene.
func (p Paper) pixels() (width, height float64) {
	const millimetre = screenDPI / 25.4
	return math.Floor(p.Width * millimetre), math.Floor(p.Height * millimetre)
}

// poster paints the page.
func (v *view) poster(p Paper) (*scene, error) {
	for _, side := range []float64{p.Width, p.Height} {
		if !(side >= smallestPaper && side <= largestPaper) { // NaN is neither
			return nil, fmt.Errorf("a poster cannot be %v: a side of Paper has from %.0f to %s millimetres", p, smallestPaper, grouped(int(largestPaper)))
		}
	}
	s := v.scene()
	s.width, s.height = p.pixels()
	big := headZoom(s.width, s.height)
	columns := v.columnsOn(p)
	if columns.need() > columns.count {
		return nil, v.noRoom(p, columns)
	}
	head, foot := &scene{}, &scene{}
	v.paintHeader(head, margin, margin, s.width/big-2*margin, 1, 1)
	v.paintFooter(foot, margin, 0, s.width/big-2*margin)
	top, bottom := v.posterRoom(p)
	s.enlarged(head.marks, 0, 0, big)
	v.paintColumns(s, columns, margin*big, top)
	s.enlarged(foot.marks, 0, bottom, big)
	return s, nil
}

func headZoom(width, height float64) float64 { return max(1, min(width, height)/posterHead) }

// posterRoom returns between which heights of a paper the rows stand.
func (v *view) posterRoom(p Paper) (top, bottom float64) {
	width, height := p.pixels()
	big := headZoom(width, height)
	inner := width/big - 2*margin
	return v.paintHeader(&scene{}, margin, margin, inner, 1, 1) * big,
		height - (v.paintFooter(&scene{}, margin, 0, inner)+margin)*big
}

// columns say how rows stand on a poster.
type columns struct {
	zoom  float64 // of letters and rows
	count int     // columns that there is room for
	each  int     // rows in each
	rows  int
	width float64 // of each
}

// need returns how many columns the rows take.
func (c columns) need() int { return max(1, (c.rows+c.each-1)/c.each) }

func (v *view) columnsOn(p Paper) columns {
	width, height := p.pixels()
	top, bottom := v.posterRoom(p)
	return v.arrangeColumns(width-2*margin*headZoom(width, height), bottom-top)
}

// arrangeColumns finds the largest letters in which all rows have room, or the smallest ones that may
// be; columns get narrow only when letters are small. Then there are as few columns, as wide, as can be.
func (v *view) arrangeColumns(width, height float64) columns {
	var c columns
	for zoom := largestZoom; ; zoom = max(smallestZoom, zoom*0.97) {
		c = columns{zoom: zoom, rows: len(v.plan.rows)}
		least := narrowColumn + (posterColumn-narrowColumn)*min(1, (zoom-smallestZoom)/(1-smallestZoom))
		c.count = max(1, int((width/zoom+posterGap)/(least+posterGap)))
		c.each = max(1, int((height/zoom-ancestorLine)/posterPitch))
		narrow := width < least*zoom
		if c.need() <= c.count && !narrow || zoom == smallestZoom {
			break
		}
	}
	shown := min(c.need(), c.count)
	c.width = (width - float64(shown-1)*posterGap*c.zoom) / float64(shown)
	return c
}

// noRoom says what can be done about a tree that is too large for a paper.
func (v *view) noRoom(p Paper, c columns) error {
	instead := "draw a part of the tree, or save PlotProcessTree as .pdf, which has pages"
	for larger := p.doubled(); max(larger.Width, larger.Height) <= largestPaper; larger = larger.doubled() {
		if c := v.columnsOn(larger); c.need() <= c.count {
			instead = fmt.Sprintf("or use a larger Paper, such as %v", larger)
			break
		}
	}
	// what is folded is told in lines that take room themselves
	room := c.count * c.each
	v.plan = planRows(v.processes, v.folded, room)
	folded := v.columnsOn(p)
	room = min(room, folded.count*folded.each)
	return fmt.Errorf("the tree has %s rows, and a poster of %v has room for %s in letters of 6 points: set MaxRows to %s, which folds the others, %s",
		grouped(c.rows), p, grouped(room), grouped(room), instead)
}

func (p Paper) doubled() Paper { return Paper{p.Width * math.Sqrt2, p.Height * math.Sqrt2} }
