package plotting

import "github.com/gophertrees/gopherwood/ptree"

// plan says which rows a picture has, in the order of the tree.
type plan struct {
	rows   []row
	drawn  int // processes with a row of their own
	folded int // processes that other rows stand for
}

// row is one process, or stands for several that are not drawn.
type row struct {
	process int32   // the process; in a row that stands for several, the first of them
	parent  int     // row of the parent, -1 for none
	hidden  int     // processes that the row stands for; 0 for a process of its own
	alike   []int32 // processes alike that the row stands for, see repeats
	repeats int     // the number behind its ×; 0 for rows that stand for what is under a process
	cycle   []int32 // processes of the first turn of a chain
	trees   int     // roots among the hidden processes
	rest    bool    // siblings of hidden ones are drawn before it
}

// planRows chooses the rows of a picture that may have at most a number of rows; below 1 means
// all. It begins with the tree as it is folded already, or with every process when that is nil.
// Where there are more rows, siblings go first that look alike by their names and those under
// them, the largest such groups before smaller ones. If that is not enough, subtrees are folded
// from the deepest level upwards, each level's room shared evenly among its parents.
func planRows(p *processes, folded []ptree.FoldRow, most int) plan {
	units := wholeTree(p)
	if folded != nil {
		units = foldedTree(p, folded)
	}
	if most >= 1 && units.rows() > most {
		groupAlike(p, units, most)
		if units.rows() > most {
			units.prune(most)
		}
	}
	return units.plan(p)
}

// outline is the tree of rows while it is being shortened. Unit 0 is the forest itself.
type outline struct {
	process  []int32
	hidden   []int     // processes that the unit stands for when it is no process of its own
	alike    [][]int32 // processes alike that the unit stands for
	repeats  []int     // as in row
	cycle    [][]int32 // as in row
	children [][]int32
	weight   []int // processes in the unit and below it
	size     []int // units in the unit's subtree, itself included
	shown    []int // children that get rows; the others are folded into one row
}

func newOutline(units int) *outline {
	return &outline{
		process: make([]int32, units), hidden: make([]int, units), alike: make([][]int32, units), repeats: make([]int, units),
		cycle: make([][]int32, units), children: make([][]int32, units), weight: make([]int, units), size: make([]int, units), shown: make([]int, units),
	}
}

// wholeTree makes one unit for each process: unit i+1 is process i.
func wholeTree(p *processes) *outline {
	o := newOutline(len(p.parent) + 1)
	o.process[0] = -1
	for i, up := range p.parent {
		o.process[i+1] = int32(i)
		o.children[up+1] = append(o.children[up+1], int32(i)+1)
	}
	o.sum()
	return o
}

// foldedTree makes one unit for each row of a folded tree, whose processes are places in the
// tree that was given.
func foldedTree(p *processes, rows []ptree.FoldRow) *outline {
	o := newOutline(len(rows) + 1)
	o.process[0] = -1
	moved := make([]int32, len(p.place))
	for i, at := range p.place {
		moved[at] = int32(i)
	}
	here := func(places []int32) []int32 {
		out := make([]int32, len(places))
		for i, at := range places {
			out[i] = moved[at]
		}
		return out
	}
	for i, r := range rows {
		o.process[i+1] = moved[r.Processes[0]]
		o.children[r.Parent+1] = append(o.children[r.Parent+1], int32(i)+1)
		if r.Folded() {
			o.hidden[i+1], o.repeats[i+1] = len(r.Processes), r.Repeats()
			o.alike[i+1], o.cycle[i+1] = here(r.Processes), here(r.Cycle)
		}
	}
	o.sum()
	return o
}

// sum counts the units and processes of every subtree. Children come after their parents.
func (o *outline) sum() {
	for u := len(o.process) - 1; u >= 0; u-- {
		o.shown[u] = len(o.children[u])
		o.size[u], o.weight[u] = 1, max(1, o.hidden[u])
		if u == 0 {
			o.weight[u] = 0
		}
		for _, c := range o.children[u] {
			o.size[u] += o.size[c]
			o.weight[u] += o.weight[c]
		}
	}
}

// rows counts the rows that the outline has.
func (o *outline) rows() int {
	count := -1
	o.walk(func(u int32, up int) int { count++; return 0 })
	return count
}

// walk visits the shown units in the order of the tree; visit returns what its children are
// given as up.
func (o *outline) walk(visit func(unit int32, up int) int) {
	type step struct {
		unit int32
		up   int
	}
	stack := []step{{0, -1}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		up := visit(s.unit, s.up)
		for i := o.shown[s.unit] - 1; i >= 0; i-- {
			stack = append(stack, step{o.children[s.unit][i], up})
		}
	}
}

// plan writes the outline down as rows.
func (o *outline) plan(p *processes) plan {
	var out plan
	type open struct{ unit, row int } // whose remaining children still have to be told of
	var pending []open
	ends := func(next int32) {
		for len(pending) > 0 {
			last := pending[len(pending)-1]
			if next >= 0 && (last.row < 0 || isUnder(p, next, out.rows[last.row].process)) {
				return
			}
			pending = pending[:len(pending)-1]
			out.fold(o, p, last.unit, last.row)
		}
	}
	o.walk(func(u int32, up int) int {
		if u == 0 {
			pending = append(pending, open{0, -1})
			return -1
		}
		ends(o.process[u])
		at := len(out.rows)
		out.rows = append(out.rows, row{process: o.process[u], parent: up, hidden: o.hidden[u], alike: o.alike[u], repeats: o.repeats[u], cycle: o.cycle[u]})
		if o.hidden[u] > 0 {
			out.folded += o.hidden[u]
		} else {
			out.drawn++
		}
		if o.shown[u] < len(o.children[u]) {
			pending = append(pending, open{int(u), at})
		}
		return at
	})
	ends(-1)
	return out
}

func isUnder(p *processes, process, ancestor int32) bool {
	return process > ancestor && process < ancestor+p.size[ancestor]
}

// fold adds the row that stands for a unit's children that are not shown.
func (out *plan) fold(o *outline, p *processes, unit, parent int) {
	rest := o.children[unit][o.shown[unit]:]
	if len(rest) == 0 {
		return
	}
	r := row{process: o.process[rest[0]], parent: parent, rest: o.shown[unit] > 0}
	for _, u := range rest {
		r.hidden += o.weight[u]
		if p.parent[o.process[u]] < 0 {
			r.trees += max(1, o.repeats[u])
		}
	}
	out.folded += r.hidden
	out.rows = append(out.rows, r)
}
