package plotting

import (
	"fmt"
	"math"
	"sort"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

const (
	overviewLevels = 12
	overviewPanels = 6
	overviewRows   = 9 // of an enlarged subtree
	overviewWidth  = 1200
)

// PlotOverview draws a log of any size on one page: the whole tree as an icicle, and below it the
// subtrees with the most different programs enlarged, each as a tree of a few rows. Every panel
// says how many processes it holds and how many of them are drawn.
func PlotOverview(t ptree.Tree, o ...ViewOptions) *Figure {
	options := theOne("PlotOverview", o)
	if options.Width == 0 {
		options.Width = overviewWidth
	}
	return plotView(t, options, "Overview", icicleRows, (*view).paintOverview)
}

func (v *view) paintOverview(s *scene, y float64) float64 {
	o := IcicleOptions{MaxDepth: overviewLevels}
	y = v.paintIcicle(s, y, v.values(o, dataframe.Column{}), o) + 16
	subtrees := v.interesting()
	columns := 2.0
	if v.inner < 760 {
		columns = 1
	}
	wide := (v.inner - 16*(columns-1)) / columns
	bottom := y
	for i, at := range subtrees {
		column := float64(i % int(columns))
		if column == 0 {
			y = bottom
		}
		bottom = max(bottom, v.paintPanel(s, at, margin+column*(wide+16), y, wide)+14)
	}
	return bottom
}

// interesting returns rows whose subtrees are drawn enlarged, none within another: those with
// the most different images among subtrees that are at most a third of the whole.
func (v *view) interesting() []int {
	rows := v.plan.rows
	variety := v.variety()
	order := make([]int, 0, len(rows))
	total := len(v.processes.parent)
	for i, r := range rows {
		if size := int(v.processes.size[r.process]); r.hidden == 0 && variety[i] >= 3 && (size*3 <= total || r.parent < 0) {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return variety[order[a]] > variety[order[b]] })
	var out []int
	for _, i := range order {
		p := rows[i].process
		apart := true
		for _, other := range out {
			q := rows[other].process
			apart = apart && p != q && !isUnder(v.processes, p, q) && !isUnder(v.processes, q, p)
		}
		if apart {
			out = append(out, i)
		}
		if len(out) == overviewPanels {
			break
		}
	}
	sort.Ints(out)
	return out
}

// variety counts the different names in the subtree of each row, up to 64 of them.
func (v *view) variety() []int {
	rows := v.plan.rows
	names := make([]map[string]bool, len(rows))
	out := make([]int, len(rows))
	for i := len(rows) - 1; i >= 0; i-- {
		r := rows[i]
		mine := names[i]
		if mine == nil {
			mine = map[string]bool{}
		}
		mine[v.processes.name[r.process]] = true
		out[i] = len(mine)
		names[i] = nil
		if r.parent < 0 {
			continue
		}
		up := names[r.parent]
		if up == nil {
			names[r.parent] = mine
			continue
		}
		if len(up) < len(mine) {
			up, mine = mine, up
			names[r.parent] = up
		}
		for name := range mine {
			if len(up) == 64 {
				break
			}
			up[name] = true
		}
	}
	return out
}

// paintPanel paints one subtree and returns the height below it.
func (v *view) paintPanel(s *scene, at int, x, y, wide float64) float64 {
	root := v.plan.rows[at].process
	sub := ptree.GetDescendents(v.tree, v.tree.At(int(v.processes.place[root])))
	t := treePicture{options: v.options, theme: v.theme, processes: processesOf(sub), guid: v.guid}
	t.colours = v.coloursOf(sub)
	t.plan = planRows(t.processes, sub.Fold(ptree.FoldOptions{Fold: v.options.Fold}), overviewRows)
	t.grid = arrange(t.plan, wide)
	heading := fmt.Sprintf("%s of %s processes", grouped(sub.Len()), grouped(len(v.processes.parent)))
	if path := t.above(v, root); path != "" {
		heading += ", under " + path
	}
	if t.plan.folded > 0 {
		heading += fmt.Sprintf(" · %s drawn, %s folded", grouped(t.plan.drawn), grouped(t.plan.folded))
	}
	s.write(x, y+12, cutMiddle(heading, wide, v.quietLetters()), v.quietLetters())
	t.paintRows(s, span{0, len(t.grid.rows)}, x, y+20)
	return math.Ceil(y + 20 + t.grid.height)
}

// above names the ancestors of a process.
func (t *treePicture) above(v *view, p int32) string {
	path := ""
	for up := v.processes.parent[p]; up >= 0 && len(path) < longest; up = v.processes.parent[up] {
		if path != "" {
			path = " › " + path
		}
		path = v.nameOf(up) + path
	}
	return path
}

// coloursOf returns the colours that a part of the tree has in the whole.
func (v *view) coloursOf(sub ptree.Tree) colouring {
	out := v.colours
	place := map[int32]int{}
	for i, at := range v.tree.Positions() {
		place[at] = i
	}
	out.of = nil
	for _, at := range sub.Positions() {
		out.of = append(out.of, v.colours.of[place[at]])
	}
	return out
}
