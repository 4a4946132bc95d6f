package plotting

import (
	"fmt"
	"math"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// ViewOptions say how the other views of a tree are drawn: [PlotTimeline], [PlotIcicle],
// [PlotRadial], [PlotArcs], [PlotHosts], [PlotOverview] and [PlotPoster]. The zero value of every field is its default.
type ViewOptions struct {
	LegendCol  string // column whose values colour the processes, as [Options.LegendCol]
	HideLegend bool   // leave the legend out

	Title  string // above the picture; default the view's name
	Filter string // how the processes were chosen, for the subtitle
	Source string // where they are from, for the footer

	// Width and Height of the picture in pixels; default 900 wide, and as high as the view needs.
	Width, Height int

	Dark    bool          // light text on a dark ground
	Fold    ptree.Folding // what becomes of repetition, as [Options.Fold]
	DPI     int           // as [Options.DPI]
	MaxRows int           // as [Options.MaxRows]; the default is the view's own
}

// view is all that is known when one of the other views is painted.
type view struct {
	treePicture
	tree  ptree.Tree
	inner float64 // width without the margins
	least float64 // height of the picture that was asked for
}

// plotView makes a figure of a view; paint paints what stands between header and footer below a
// height, and returns the height below it.
func plotView(t ptree.Tree, o ViewOptions, name string, usual int, paint func(v *view, s *scene, y float64) float64) *Figure {
	return figureOfView(t, o, name, usual, func(v *view) (*scene, error) { return v.picture(paint), nil })
}

// figureOfView makes a figure of a view that is painted whole, header and footer too.
func figureOfView(t ptree.Tree, o ViewOptions, name string, usual int, paint func(v *view) (*scene, error)) *Figure {
	if o.Title == "" {
		o.Title = name
	}
	options := Options{Title: o.Title, Filter: o.Filter, Source: o.Source, LegendCol: o.LegendCol, HideLegend: o.HideLegend,
		Width: o.Width, Dark: o.Dark, Fold: o.Fold, MaxRows: o.MaxRows}.complete()
	facts, th := processesOf(t), themeFor(o.Dark)
	colours := colourByLevel(t.Depths(), th)
	if o.LegendCol != "" {
		colours = colourBy(legendColumn(t, o.LegendCol), th)
	}
	folded := sync.OnceValue(func() []ptree.FoldRow { return t.Fold(ptree.FoldOptions{Fold: o.Fold}) })
	return &Figure{
		summary: fmt.Sprintf("%s of %s %s", dataframe.Printable(options.Title, 80), grouped(t.Len()), plural(t.Len(), "process", "processes")),
		tree:    t,
		scroll:  1200,
		maxRows: o.MaxRows,
		usual:   usual,
		dpi:     o.DPI,
		planned: func(most int) *treePicture {
			p := &treePicture{options: options, theme: th, processes: facts, colours: colours, folded: folded(), guid: func(int32) string { return "" }}
			p.plan = planRows(facts, p.folded, most)
			return p
		},
		draw: func(most int, _ bool) ([]*scene, error) {
			v := &view{tree: t, inner: float64(options.Width) - 2*margin, least: float64(o.Height)}
			v.treePicture = treePicture{options: options, theme: th, processes: facts, colours: colours, unit: "rows", folded: folded(),
				guid: func(int32) string { return "" }}
			v.plan = planRows(facts, v.folded, most)
			if n := len(v.plan.rows); n > mostRowsEver {
				return nil, fmt.Errorf("a picture of %s rows is too large to be of use: set MaxRows to at most %s", grouped(n), grouped(mostRowsEver))
			}
			s, err := paint(v)
			return []*scene{s}, err
		},
	}
}

func (v *view) picture(paint func(v *view, s *scene, y float64) float64) *scene {
	s := v.scene()
	y := v.paintHeader(s, margin, margin, v.inner, 1, 1)
	y = paint(v, s, y)
	y = v.paintFooter(s, margin, y, v.inner)
	s.height = math.Ceil(max(y+margin, v.least))
	return s
}

// colourOf returns the full colour of a row.
func (t *treePicture) colourOf(r row) (c tint) {
	return tint{t.colours.of[t.processes.place[r.process]], t.theme}
}

// title names a row in few words: "cmd.exe", "cmd.exe ×12", "a.exe → b.exe ×419", "… 12 processes".
func (t *treePicture) rowName(r row) string {
	switch {
	case len(r.alike) > 0:
		return t.foldName(r) + " ×" + grouped(r.repeats)
	case r.hidden > 0:
		return r.folded()
	}
	return t.nameOf(r.process)
}

// rowTip is what a viewer shows of a row.
func (t *treePicture) rowTip(r row) string {
	if r.hidden > 0 {
		return t.foldTip(r)
	}
	return t.tip(r.process)
}
