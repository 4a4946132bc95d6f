package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Tree is an immutable set of processes of one forest, in the tree's order: what
// [BuildProcessTree] and every query return. Making one costs its rows at most; its table is
// made when asked for. The zero value is a tree of no processes.
type Tree struct {
	forest *Forest
	rows   []int32 // positions; nil when they are from to to-1
	from   int32
	to     int32
}

func (f *Forest) tree() Tree { return Tree{forest: f, to: int32(len(f.number))} }

func (f *Forest) span(from, to int32) Tree { return Tree{forest: f, from: from, to: to} }

func (f *Forest) pick(rows []int32) Tree {
	if rows == nil {
		rows = []int32{}
	}
	return Tree{forest: f, rows: rows}
}

// Len returns the number of processes.
func (t Tree) Len() int {
	if t.rows != nil {
		return len(t.rows)
	}
	return int(t.to - t.from)
}

// position returns the forest position of the i-th process.
func (t Tree) position(i int) int32 {
	if t.rows != nil {
		return t.rows[i]
	}
	return t.from + int32(i)
}

// positions returns all of them, in the tree's order.
func (t Tree) positions() []int32 {
	if t.rows != nil {
		return t.rows
	}
	out := make([]int32, t.Len())
	for i := range out {
		out[i] = t.from + int32(i)
	}
	return out
}

// has reports whether the process at a forest position is in the tree. A tree that [Tree.Sort]
// put in another order is searched from end to end.
func (t Tree) has(p int32) bool {
	if t.rows == nil {
		return p >= t.from && p < t.to
	}
	if _, ok := slices.BinarySearch(t.rows, p); ok {
		return true
	}
	return slices.Contains(t.rows, p)
}

// within returns the tree's processes at forest positions from to to-1, in the tree's order.
func (t Tree) within(from, to int32) Tree {
	if t.rows == nil {
		from, to = max(from, t.from), min(to, t.to)
		return t.forest.span(from, max(from, to))
	}
	return t.only(func(p int32) bool { return p >= from && p < to })
}

// only returns the processes for which keep is true.
func (t Tree) only(keep func(p int32) bool) Tree {
	var rows []int32
	for i := range t.Len() {
		if p := t.position(i); keep(p) {
			rows = append(rows, p)
		}
	}
	return t.forest.pick(rows)
}

// At returns process i, counted from 0; a negative i counts from the end.
func (t Tree) At(i int) Process {
	n := t.Len()
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		panic(noPlace(i, n))
	}
	return t.forest.process(t.position(i))
}

func noPlace(i, n int) *dataframe.UsageError {
	return &dataframe.UsageError{Message: "process " + itoa(i) + " of a tree with " + itoa(n) + " processes"}
}

// Loc returns the process with that key; an unknown key is a panic with a
// [*dataframe.KeyError], one that several hosts have a panic that names them.
func (t Tree) Loc(key string) Process { return GetProcess(t, key) }

// Keys returns every process's key.
func (t Tree) Keys() []string {
	out := make([]string, t.Len())
	for i := range out {
		out[i] = t.forest.key(t.position(i))
	}
	return out
}

// Depths returns the number of ancestors of every process, 0 for a root of the forest.
func (t Tree) Depths() []int32 {
	out := make([]int32, t.Len())
	for i := range out {
		out[i] = t.forest.depth[t.position(i)]
	}
	return out
}

// Positions returns every process's place in the forest, 0 for its first: a process comes before
// its descendants, and they follow it without a gap.
func (t Tree) Positions() []int32 { return slices.Clone(t.positions()) }

// Inferred returns whether every process is missing in the log and known from its children only.
func (t Tree) Inferred() []bool {
	out := make([]bool, t.Len())
	for i := range out {
		out[i] = t.forest.inferred(t.position(i))
	}
	return out
}

// Parents returns, for every process, the place in t of its nearest ancestor that is in t, -1
// when none is. In a tree that was sorted otherwise, the parent's place may come later.
func (t Tree) Parents() []int32 {
	place := make(map[int32]int32, t.Len())
	for i := range t.Len() {
		place[t.position(i)] = int32(i)
	}
	out := make([]int32, t.Len())
	for i := range out {
		out[i] = -1
		for p := t.forest.parent[t.position(i)]; p >= 0; p = t.forest.parent[p] {
			if at, ok := place[p]; ok {
				out[i] = at
				break
			}
			if t.rows == nil && p < t.from {
				break
			}
		}
	}
	return out
}

// Head returns the first processes, 5 by default.
func (t Tree) Head(n ...int) Tree { return t.cut(0, count(n, t.Len())) }

// Tail returns the last processes, 5 by default.
func (t Tree) Tail(n ...int) Tree { return t.cut(t.Len()-count(n, t.Len()), t.Len()) }

func count(n []int, most int) int {
	if len(n) == 0 {
		return min(5, most)
	}
	return max(0, min(n[0], most))
}

func (t Tree) cut(from, to int) Tree {
	if t.rows != nil {
		return t.forest.pick(t.rows[from:to])
	}
	return t.forest.span(t.from+int32(from), t.from+int32(to))
}

// Where returns the processes whose rows satisfy every predicate, as [dataframe.DataFrame.Where] does.
func (t Tree) Where(predicates ...dataframe.Predicate) Tree {
	hits := t.DataFrame().Rows(predicates...)
	rows := make([]int32, len(hits))
	for i, h := range hits {
		rows[i] = t.position(int(h))
	}
	return t.forest.pick(rows)
}

// Sort returns the same processes in another order: by column names, or [dataframe.Desc] of one.
func (t Tree) Sort(by ...any) Tree {
	df := t.DataFrame()
	place := make([]int64, df.Nrow())
	for i := range place {
		place[i] = int64(i)
	}
	sorted := df.WithIndex(dataframe.Ints("", place)).Sort(by...)
	rows := make([]int32, len(place))
	for i, p := range sorted.Index().Ints() {
		rows[i] = t.position(int(p))
	}
	return t.forest.pick(rows)
}

// Schema returns the schema that the forest was built with; roles whose column the log lacks are empty.
func (t Tree) Schema() Schema {
	if t.forest == nil {
		return Schema{}
	}
	return t.forest.schema
}

// Findings returns what building the forest met: dropped, inferred and refused things.
func (t Tree) Findings() *Findings {
	if t.forest == nil {
		return &Findings{}
	}
	t.forest.judgements()
	return t.forest.findings
}

// Nrow, Ncol and Names make a Tree a [dataframe.Frame]: it can be given wherever a frame can.

// Nrow returns the number of processes.
func (t Tree) Nrow() int { return t.Len() }

// Ncol returns the number of columns of the table.
func (t Tree) Ncol() int { return t.DataFrame().Ncol() }

// Names returns the names of the table's columns.
func (t Tree) Names() []string { return t.DataFrame().Names() }

// Col returns a column of the table, in the tree's order. Only that column is made. An unknown
// name is a panic with a [*dataframe.ColumnError].
func (t Tree) Col(name string) dataframe.Column {
	if t.forest == nil || !slices.Contains(t.forest.columnNames(), name) && name != linkKindColumn && name != linkConfidenceColumn {
		return t.DataFrame().Col(name)
	}
	return t.forest.column(name, t.positions())
}
