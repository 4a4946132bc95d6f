package plotting

import (
	"fmt"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// PlotProcessTree draws a tree with one row per process, each below its parent and one step to
// the right: name, process id, time and command line, in the colour of its level or of a column
// ([Options.LegendCol]). Parents that the log does not have are dashed. In a notebook the figure
// shows itself, as a tree to search, fold and select in; what is selected comes back, see
// [Options.OutputVar]. [Figure.Save] writes it to a file.
//
// It is msticpy's plot_process_tree.
func PlotProcessTree(t ptree.Tree, o ...Options) *Figure {
	options := theOne("PlotProcessTree", o).complete()
	facts := processesOf(t)
	th := themeFor(options.Dark)
	colours := colourByLevel(t.Depths(), th)
	if options.LegendCol != "" {
		colours = colourBy(legendColumn(t, options.LegendCol), th)
	}
	guid := guidsOf(t, facts, options.PIDFormat)
	table := newTable(t, options)
	folded := sync.OnceValue(func() []ptree.FoldRow { return t.Fold(ptree.FoldOptions{Fold: options.Fold}) })
	return &Figure{
		summary:     fmt.Sprintf("%s of %s %s", dataframe.Printable(options.Title, 80), grouped(t.Len()), plural(t.Len(), "process", "processes")),
		scroll:      options.Height,
		maxRows:     options.MaxRows,
		table:       table.html,
		tree:        t,
		interactive: newInteractive(t, facts, options),
		dpi:         options.DPI,
		planned: func(most int) *treePicture {
			p := &treePicture{options: options, tree: t, theme: th, processes: facts, colours: colours, guid: guid, folded: folded()}
			p.plan = planRows(facts, p.folded, most)
			return p
		},
		draw: func(most int, paged bool) ([]*scene, error) {
			picture := &treePicture{options: options, tree: t, theme: th, processes: facts, colours: colours, guid: guid, unit: "rows", folded: folded()}
			return picture.draw(most, paged, table)
		},
	}
}

// BuildAndShowProcessTree builds the tree of a log's process events, with [Options.Schema] or the
// schema that fits the columns, and draws it. A frame that is a built tree already ([ptree.Tree]
// is one) is drawn as it is. It is msticpy's build_and_show_process_tree.
func BuildAndShowProcessTree(df dataframe.Frame, o ...Options) (*Figure, error) {
	options := theOne("BuildAndShowProcessTree", o)
	tree, built := df.(ptree.Tree)
	if !built {
		var err error
		if tree, err = ptree.BuildProcessTree(df, ptree.Options{Schema: options.Schema}); err != nil {
			return nil, err
		}
	}
	return PlotProcessTree(tree, options), nil
}

// legendColumn returns the column that colours the rows. A process that the log does not have has
// the year 1970 as its time in the tree's table; here it has no time.
func legendColumn(t ptree.Tree, name string) dataframe.Column {
	column := t.Col(name)
	if column.Kind() != dataframe.Time || name != t.Schema().TimeStamp {
		return column
	}
	known := t.Inferred()
	for i, inferred := range known {
		known[i] = !inferred && !column.IsNull(i)
	}
	return dataframe.Nanos(name, column.Nanos(), column.Zoned(), known)
}

// guidColumns are where logs keep process ids that are never used again.
var guidColumns = []string{"ProcessGuid", "ProcessGUID", "process_guid", "NewProcessGuid", "ProcessUniqueId"}

// guidColumn returns the one of them that a table has, "" when it has none.
func guidColumn(df dataframe.DataFrame) string {
	for _, name := range guidColumns {
		if df.Has(name) {
			return name
		}
	}
	return ""
}

// guidsOf returns how to find a process's unique id, which only one format asks for.
func guidsOf(t ptree.Tree, p *processes, f PIDFormat) func(int32) string {
	if f == GUID {
		df := t.DataFrame()
		if name := guidColumn(df); name != "" {
			column := df.Col(name)
			return func(i int32) string { return column.Text(int(p.place[i])) }
		}
	}
	return func(int32) string { return "" }
}
