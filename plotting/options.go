package plotting

import (
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// Options say how [PlotProcessTree] draws. The zero value of every field is its default.
type Options struct {
	// LegendCol is the column whose values colour the rows, explained by a legend: text and true
	// or false by category, numbers and times by a gradient. Any column of the tree's table works;
	// an unknown one is a panic that names the nearest. Default: colour by level, no legend.
	LegendCol string

	HideLegend bool // leave the legend out; the rows keep their colours
	ShowTable  bool // put a table of the processes under the picture

	// Width of the picture in pixels, from 360 to 8,000; default 900.
	Width int

	// Height in pixels of the tree in a notebook, beyond which the picture scrolls in its box;
	// default 700, with the table 880. The picture itself is as high as its rows need.
	Height int

	Title string // above the picture; default "ProcessTree"

	Filter string // how the processes were chosen, for the subtitle: "user is SYSTEM, after 08:00"
	Source string // where they are from, for the footer: a file, a query, a case number

	// Link returns the address of a page about a process, such as its event in a SIEM; "" for none.
	// In SVG and PDF the process's box leads there. Addresses begin with https:// or http://, others
	// are a panic: a log's text must not become a script.
	Link func(ptree.Process) string

	PIDFormat PIDFormat // how process ids are written; default AsLogged

	// Fold says what becomes of repetition. By default, siblings that are alike and chains that
	// repeat themselves have one row with their count, see [ptree.Tree.Fold]; in a page, Enter, its
	// word "Open", a search or a selection from Go opens one. With [ptree.Off] every process has its own row.
	Fold ptree.Folding

	// MaxRows bounds the rows that are drawn. Beyond it, more is folded: siblings of one name with
	// the same names below them, then whole subtrees, the deepest first; the footer counts them. Default: 400 in PNG and notebooks, 25,000 in SVG and PDF. Negative: no bound. A page
	// that [Figure.Save] writes has all processes.
	MaxRows int

	// DPI is the number of pixels in an inch of a PNG or TIFF, from 24 to 1,200; default 96, at which a
	// pixel of Width is one of the picture. 300 is usual for print.
	DPI int

	Dark bool // light text on a dark ground; a page that Figure.Save writes follows its reader's theme

	// OutputVar is the address of the variable that takes what a person selects in a notebook: of a
	// [ptree.Tree], or of a []string for the keys.
	//
	//	var picked ptree.Tree
	//	plotting.PlotProcessTree(tree, plotting.Options{OutputVar: &picked})
	//
	// It is filled between two cells, so that no cell sees it change; [Figure.Selected] is for a cell
	// that waits. It stays as it is until something is selected. Where no kernel answers, the page
	// gives the selection as a text for [ptree.FromToken].
	OutputVar any

	// OnSelect is called with what is selected whenever a person has changed it, at once, also while
	// a cell runs: what it shares with cells needs a lock. What it prints appears below the latest cell.
	OnSelect func(ptree.Tree)

	// Schema says which columns play which role; only [BuildAndShowProcessTree] uses it, when the
	// frame is not of a shape that it knows.
	Schema ptree.Schema
}

const (
	defaultWidth, narrowest, widest = 900, 360, 8000
	defaultHeight, tableHeight      = 700, 180
	defaultTitle                    = "ProcessTree"
)

// theOne returns the only options value, or the zero value when there is none.
func theOne[T any](function string, given []T) T {
	var zero T
	if len(given) > 1 {
		panic(&dataframe.UsageError{Message: fmt.Sprintf("%s takes one Options value at most, not %d", function, len(given))})
	}
	if len(given) == 0 {
		return zero
	}
	return given[0]
}

// complete fills in the defaults.
func (o Options) complete() Options {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	o.Width = min(max(o.Width, narrowest), widest)
	if o.Height <= 0 {
		o.Height = defaultHeight
		if o.ShowTable {
			o.Height += tableHeight
		}
	}
	if o.Title == "" {
		o.Title = defaultTitle
	}
	return o
}

// view says how the interactive page first shows the tree.
func (o Options) view() viewer.View {
	return viewer.View{ColorBy: o.LegendCol, HideLegend: o.HideLegend, ShowTable: o.ShowTable, Height: o.Height}
}
