package plotting

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
	alike   []int32 // siblings of one name, with the same names under them, that the row stands for
	trees   int     // roots among the hidden processes
	rest    bool    // siblings of hidden ones are drawn before it
}

// planRows chooses the rows of a picture that may have at most a number of rows; below 1 means
// all. Repetition goes first: siblings that look alike become one row, the largest such groups
// before smaller ones. If that is not enough, subtrees are folded from the deepest level upwards,
// each level's room shared evenly among its parents.
func planRows(p *processes, most int) plan {
	n := len(p.parent)
	units := wholeTree(p)
	if most >= 1 && n > most {
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
	alike    [][]int32 // processes with the same names under them that the unit stands for
	children [][]int32
	weight   []int // processes in the unit and below it
	shown    []int // children that get rows; the others are folded into one row
}

// wholeTree makes one unit for each process: unit i+1 is process i.
func wholeTree(p *processes) *outline {
	n := len(p.parent) + 1
	o := &outline{
		process: make([]int32, n), hidden: make([]int, n), alike: make([][]int32, n),
		children: make([][]int32, n), weight: make([]int, n), shown: make([]int, n),
	}
	for i := range n {
		o.process[i] = int32(i) - 1
		o.weight[i] = len(p.parent)
		if i > 0 {
			o.weight[i] = int(p.size[i-1])
			up := p.parent[i-1] + 1
			o.children[up] = append(o.children[up], int32(i))
		}
	}
	for i := range n {
		o.shown[i] = len(o.children[i])
	}
	return o
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
		out.rows = append(out.rows, row{process: o.process[u], parent: up, hidden: o.hidden[u], alike: o.alike[u]})
		if o.hidden[u] > 0 {
			out.folded += o.hidden[u]
			return at
		}
		out.drawn++
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
			r.trees += max(1, len(o.alike[u]))
		}
	}
	out.folded += r.hidden
	out.rows = append(out.rows, r)
}
