package ptree

// GetChildren returns the processes that the source itself started, in the order of their
// creation, with the source first.
func GetChildren(t Tree, source any, query ...Query) Tree {
	q := only("GetChildren", query)
	p := t.process(source)
	return t.withSource(p, q).joined(t.childrenOf(p.position))
}

// childrenOf steps from child to child over their subtrees.
func (t Tree) childrenOf(p int32) Tree {
	f := t.forest
	var rows []int32
	for c := p + 1; c < p+f.size[p]; c += f.size[c] {
		if t.has(c) {
			rows = append(rows, c)
		}
	}
	return f.pick(rows)
}
