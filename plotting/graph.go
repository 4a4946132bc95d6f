package plotting

import (
	"fmt"
	"image/color"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// Layout says where a graph puts its nodes.
type Layout int

// The layouts of graphs.
const (
	Circular Layout = iota // on a circle, counter-clockwise from the right, in the order of the tree
	Layered                // levels from left to right, parents in the middle of their children
	Force                  // as springs and charges pull and push, names where they have room
)

// GraphOptions say how [PlotGraph] draws. The zero value of every field is its default.
type GraphOptions struct {
	Layout Layout // default Circular

	// Label returns a node's text; default the base name of its image. LabelCol names a column
	// to take the texts from instead.
	Label    func(ptree.Process) string
	LabelCol string

	LegendCol     string // column whose values colour the nodes, as [Options.LegendCol]
	HideLegend    bool   // leave the legend out
	Title         string // default "ProcessGraph"
	Width, Height int    // least size in pixels; the picture grows with its nodes
	DPI           int    // as [Options.DPI]
	Dark          bool   // light text on a dark ground

	// MaxRows bounds the nodes; beyond it, processes are folded as [Options.MaxRows] says.
	// Default 300. Negative: all.
	MaxRows int
}

const (
	graphTitle = "ProcessGraph"
	mostNodes  = 300
)

// PlotGraph draws who started whom as a graph: a node for each process and an arrow from each
// parent to its child. It is what the tutorial draws with networkx.
func PlotGraph(t ptree.Tree, o ...GraphOptions) *Figure {
	options := theOne("PlotGraph", o)
	if options.Layout < Circular || options.Layout > Force {
		panic(&dataframe.UsageError{Message: fmt.Sprintf("PlotGraph has no layout %d: use plotting.Circular, Layered or Force", options.Layout)})
	}
	if options.Title == "" {
		options.Title = graphTitle
	}
	g := newGraph(t, options)
	return &Figure{
		summary: fmt.Sprintf("%s of %s %s", dataframe.Printable(options.Title, 80), grouped(t.Len()), plural(t.Len(), "process", "processes")),
		tree:    t,
		scroll:  1200,
		maxRows: options.MaxRows,
		usual:   mostNodes,
		dpi:     options.DPI,
		planned: func(most int) *treePicture {
			p := g.treePicture
			p.plan = planRows(p.processes, nil, most)
			return &p
		},
		draw: func(most int, _ bool) ([]*scene, error) {
			s, err := g.draw(most)
			return []*scene{s}, err
		},
	}
}

// graph is all that is known when a graph is painted.
type graph struct {
	treePicture // for its header and texts
	options     GraphOptions
	labels      func(process int32) string
}

func newGraph(t ptree.Tree, o GraphOptions) *graph {
	g := &graph{options: o}
	g.theme, g.processes = themeFor(o.Dark), processesOf(t)
	g.treePicture.options = Options{Title: o.Title, HideLegend: o.HideLegend}
	g.unit = "nodes"
	g.guid = func(int32) string { return "" }
	g.colours = colourByLevel(t.Depths(), g.theme)
	if o.LegendCol != "" {
		g.colours = colourBy(legendColumn(t, o.LegendCol), g.theme)
	}
	place := g.processes.place
	switch {
	case o.Label != nil:
		g.labels = func(i int32) string { return visible(o.Label(t.At(int(place[i])))) }
	case o.LabelCol != "":
		column := t.Col(o.LabelCol)
		g.labels = func(i int32) string { return cellText(column, int(place[i])) }
	default:
		g.labels = g.nameOf
	}
	return g
}

// text returns the label of a node.
func (g *graph) text(r row) string {
	switch {
	case len(r.alike) > 0:
		return g.labels(r.process) + " ×" + grouped(len(r.alike))
	case r.hidden > 0:
		return r.folded()
	}
	return g.labels(r.process)
}

// colour returns a node's colour; those that stand for several processes have none of their own.
func (g *graph) colour(r row) color.NRGBA {
	if r.hidden > 0 {
		return g.theme.fold
	}
	return g.colours.of[g.processes.place[r.process]]
}
