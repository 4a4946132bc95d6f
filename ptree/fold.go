package ptree

// Folding says whether repetition is folded when a tree is drawn.
type Folding int

// The ways to fold.
const (
	Automatic Folding = iota // repetition becomes one row with its count, see [Tree.Fold]
	Off                      // every process has a row of its own
)

// String returns the name of the constant.
func (f Folding) String() string {
	if f == Off {
		return "Off"
	}
	return "Automatic"
}

// FoldOptions say what [Tree.Fold] folds. The zero value of every field is its default.
type FoldOptions struct {
	Fold  Folding // default Automatic
	Least int     // fewest siblings alike, or turns of a chain, that are folded; default 4, at least 2
}

// FoldRow is a row of a folded tree: one process, or several that are told apart by their count
// only. Processes and places are those of the tree that was folded.
type FoldRow struct {
	Processes []int32 // all that the row stands for, the example that it shows first
	Parent    int     // place of the parent's row in the list, -1 for none
	Alike     int     // processes of equal parts that share the row; 1 for a process of its own
	Turns     int     // how often a chain repeats its cycle; 1 where there is none
	Cycle     []int32 // the processes of a chain's first turn, nil where there is none
}

// Folded reports whether the row stands for more than one process.
func (r FoldRow) Folded() bool { return len(r.Processes) > 1 }

// Repeats is the number behind the × of a row: "cscript.exe ×4,766", "powershell.exe → cmd.exe ×419".
func (r FoldRow) Repeats() int { return r.Alike * r.Turns }

// Fold lists the rows of a tree with its repetition folded, parents before children, siblings in
// their order. Two things repeat:
//
// Siblings that are alike share one row. They have the same image, user and host, the same
// command line but for its numbers, and trees of the same shape below them, in which all of this
// holds again; below their row stand the rows that their children share. A sibling that differs
// in anything keeps a row of its own.
//
// A chain that repeats itself, a shell that starts a shell that starts a shell, becomes one row
// that stands for whole turns of its cycle. Below it stands what else the turns started, siblings
// alike in one row, and what follows the last turn.
//
// Nothing is lost: every process of the tree is in exactly one row. It takes time in proportion
// to the tree, but for the order of siblings, and uses no recursion.
func (t Tree) Fold(options ...FoldOptions) []FoldRow {
	o := only("Fold", options)
	if o.Least == 0 {
		o.Least = 4
	}
	f := newFolder(t, max(2, o.Least), o.Fold == Off)
	return f.rows()
}

// folder is a tree while it is folded. Slices have one value for each process of the tree.
type folder struct {
	kids  family
	shape []int32 // equal for equal trees
	like  []int32 // equal for processes alike, whatever they started
	heir  []int32 // the child below which the tree is deepest, -1 for none
	least int
	off   bool

	out   []FoldRow
	stack []pending
}

// pending is a row to come: processes of one shape, below a row.
type pending struct {
	members []int32
	parent  int
}

func newFolder(t Tree, least int, off bool) *folder {
	f := &folder{kids: familyOf(t.Parents()), least: least, off: off}
	if !off {
		f.like = likenesses(t)
		f.compare()
	}
	return f
}

func (f *folder) rows() []FoldRow {
	f.push(f.kids.of(-1), -1, false)
	for len(f.stack) > 0 {
		next := f.stack[len(f.stack)-1]
		f.stack = f.stack[:len(f.stack)-1]
		row := FoldRow{Processes: next.members, Parent: next.parent, Alike: len(next.members), Turns: 1}
		at := len(f.out)
		if cycle, turns := f.chain(next.members[0]); turns > 1 {
			var below []int32
			row.Cycle, row.Turns = cycle, turns
			row.Processes, below = f.unroll(next.members, len(cycle)*turns)
			f.out = append(f.out, row)
			f.push(below, at, len(next.members) > 1)
			continue
		}
		f.out = append(f.out, row)
		below := f.kids.of(next.members[0])
		if len(next.members) > 1 {
			below = nil
			for _, m := range next.members {
				below = append(below, f.kids.of(m)...)
			}
		}
		f.push(below, at, len(next.members) > 1)
	}
	return f.out
}

// push puts siblings on the stack, those alike as one row; together is true for the children of
// processes that share a row, which always share theirs.
func (f *folder) push(siblings []int32, parent int, together bool) {
	from := len(f.stack)
	if f.off || !together && len(siblings) < f.least {
		for _, s := range siblings {
			f.stack = append(f.stack, pending{[]int32{s}, parent})
		}
	} else {
		f.group(siblings, parent, together)
	}
	for i, j := from, len(f.stack)-1; i < j; i, j = i+1, j-1 { // the last is taken first
		f.stack[i], f.stack[j] = f.stack[j], f.stack[i]
	}
}

// group puts one row on the stack for each shape, where its first sibling stands.
func (f *folder) group(siblings []int32, parent int, together bool) {
	count := map[int32]int{}
	for _, s := range siblings {
		count[f.shape[s]]++
	}
	row := map[int32]int{}
	for _, s := range siblings {
		shape := f.shape[s]
		at, known := row[shape]
		if known {
			f.stack[at].members = append(f.stack[at].members, s)
			continue
		}
		if together || count[shape] >= f.least {
			row[shape] = len(f.stack)
		}
		f.stack = append(f.stack, pending{[]int32{s}, parent})
	}
}
