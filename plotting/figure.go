package plotting

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gophertrees/gopherwood/ptree"
)

// Figure is a finished picture. As the last expression of a notebook cell it shows itself;
// [Figure.Save] and [Figure.Write] give files. It is a gonum [plot.Plotter] too, so that it can be
// drawn on any gonum canvas. What it shows never changes; what is selected in it does, see
// [Figure.Selected], [Figure.Select] and [Figure.Focus].
type Figure struct {
	summary     string // one line of plain text
	tree        ptree.Tree
	scroll      int // height in pixels of its box in a notebook
	maxRows     int // as Options.MaxRows
	usual       int // rows when maxRows is 0; 0 for what each format has by default
	table       func() string
	interactive *interactive                // nil where there is the picture alone
	dpi         int                         // as Options.DPI
	planned     func(most int) *treePicture // the rows with their texts, for formats without looks
	draw        func(most int, paged bool) ([]*scene, error)

	mu     sync.Mutex
	bundle map[string]any // what a notebook shows, made when it is asked for
}

var _ plot.Plotter = (*Figure)(nil)

// writers are the formats, by the extension of their files.
var writers = map[string]func(*Figure, io.Writer) error{
	"png":  (*Figure).writePNG,
	"tiff": (*Figure).writeTIFF,
	"svg":  (*Figure).writeSVG,
	"pdf":  (*Figure).writePDF,
	"eps":  (*Figure).writeEPS,
	"html": (*Figure).writeHTML,

	"dot":     (*Figure).writeDOT,
	"mmd":     (*Figure).writeMermaid,
	"graphml": (*Figure).writeGraphML,
	"json":    (*Figure).writeTrace,
}

// Write writes the figure in a format: pictures as "png", "tiff", "svg", "pdf", "eps" or "html". Other
// programs' formats hold the tree and not its looks: "dot" for Graphviz, "mmd" for Mermaid, "graphml"
// for networkx, Gephi and yEd, "json" for Perfetto and Chrome's trace viewer.
func (f *Figure) Write(w io.Writer, format string) error {
	write, ok := writers[strings.ToLower(strings.TrimPrefix(format, "."))]
	if !ok {
		return fmt.Errorf("a figure cannot be written as %.40q: use %s", format, formats())
	}
	return write(f, w)
}

func formats() string {
	var names []string
	for name := range writers {
		names = append(names, "."+name)
	}
	sort.Strings(names)
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// single returns the picture as one scene of at most a number of rows.
func (f *Figure) single(most int) (*scene, error) {
	scenes, err := f.draw(most, false)
	if err != nil {
		return nil, err
	}
	return scenes[0], nil
}

// String describes the figure in one line.
func (f *Figure) String() string { return f.summary }

// Plot draws the figure on a gonum canvas, scaled to fit and at its top left. It makes a Figure
// a [plot.Plotter]; the plot's own axes are not used.
func (f *Figure) Plot(c draw.Canvas, _ *plot.Plot) {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		panic(err)
	}
	paintFitted(c, s)
}
