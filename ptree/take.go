package ptree

import "slices"

// Take returns the processes at places of the tree, counted from 0 as [Tree.At] counts, in the
// order of the places. A place that the tree does not have is a panic, a negative one too.
func (t Tree) Take(places []int32) Tree {
	rows := make([]int32, len(places))
	for i, at := range places {
		if at < 0 || int(at) >= t.Len() {
			panic(noPlace(int(at), t.Len()))
		}
		rows[i] = t.position(int(at))
	}
	if t.forest == nil {
		return Tree{}
	}
	return t.forest.pick(rows)
}

// Place returns where in the tree a process is, counted from 0; -1 when it is not in it. The
// source is a process, a row of a tree's table or a key, as for [GetProcess].
func (t Tree) Place(source any) int {
	p := t.process(source).position
	if t.rows == nil {
		if p < t.from || p >= t.to {
			return -1
		}
		return int(p - t.from)
	}
	return slices.Index(t.rows, p)
}
