package plotting

import "sort"

// prune folds subtrees until the outline has at most a number of rows. It goes from the roots
// down, level by level: as many children of every parent get rows as the room allows, the same
// number for each parent; a parent keeps one row for the children that do not.
func (o *outline) prune(most int) {
	parents := []int32{0}
	used := 1 // the row that stands for all roots
	for len(parents) > 0 {
		quota := o.quota(parents, most-used)
		used += o.cost(parents, quota)
		for _, u := range parents {
			o.shown[u] = o.shows(u, quota)
		}
		for _, u := range parents { // what is left goes to the first ones that can use it
			if more := o.rowsAt(u, quota+1) - o.rowsAt(u, quota); used+more <= most {
				used += more
				o.shown[u] = o.shows(u, quota+1)
			}
		}
		var next []int32
		for _, u := range parents {
			for _, c := range o.children[u][:o.shown[u]] {
				if len(o.children[c]) > 0 {
					next = append(next, c)
				}
			}
		}
		parents = next
	}
}

// quota returns the greatest number of children for every parent whose rows fit the room.
func (o *outline) quota(parents []int32, room int) int {
	widest := 0
	for _, u := range parents {
		widest = max(widest, len(o.children[u]))
	}
	return sort.Search(widest, func(q int) bool { return o.cost(parents, q+1) > room })
}

// cost returns how many rows more than none the parents' children take at a quota.
func (o *outline) cost(parents []int32, quota int) int {
	sum := 0
	for _, u := range parents {
		sum += o.rowsAt(u, quota)
	}
	return sum
}

// rowsAt returns how many rows a parent's children take beyond the one that stands for them all:
// themselves, one below each that has children, and one for those that are not shown.
func (o *outline) rowsAt(u int32, quota int) int {
	shown := o.shows(u, quota)
	rows := shown - 1
	for _, c := range o.children[u][:shown] {
		if len(o.children[c]) > 0 {
			rows++
		}
	}
	if shown < len(o.children[u]) {
		rows++
	}
	return rows
}

// shows returns how many children get rows at a quota. A row that would stand for a single
// process without children shows that process instead.
func (o *outline) shows(u int32, quota int) int {
	n := len(o.children[u])
	if quota >= n-1 && n > 0 {
		if last := o.children[u][n-1]; quota >= n || len(o.children[last]) == 0 {
			return n
		}
	}
	return quota
}
