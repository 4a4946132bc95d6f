package ptree

import "slices"

// GetParent returns the process that started the source, the zero Process when the source is a
// root or its parent is not in t.
func GetParent(t Tree, source any) Process {
	p := t.process(source)
	up := t.forest.parent[p.position]
	if up < 0 || !t.has(up) {
		return Process{}
	}
	return t.forest.process(up)
}

// GetAncestors returns who started the source, who started that, and so on up to the root:
// the root first, the source last.
func GetAncestors(t Tree, source any, query ...Query) Tree {
	q := only("GetAncestors", query)
	at := t.process(source).position
	if q.ExcludeSource {
		at = t.forest.parent[at]
	}
	var rows []int32
	for ; at >= 0; at = t.forest.parent[at] {
		if t.has(at) {
			rows = append(rows, at)
		}
	}
	slices.Reverse(rows)
	return t.forest.pick(rows)
}
