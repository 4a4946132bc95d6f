package ptree

// GetDescendents returns what the source started, what that started, and so on, in the tree's
// order, with the source first. Its cost is the size of the result.
func GetDescendents(t Tree, source any, query ...Query) Tree {
	q := only("GetDescendents", query)
	p := t.process(source)
	f, at := t.forest, p.position
	below := t.within(at+1, at+f.size[at])
	if q.MaxLevels != 0 {
		deepest := f.depth[at] + int32(max(0, q.MaxLevels))
		below = below.only(func(p int32) bool { return f.depth[p] <= deepest })
	}
	return t.withSource(p, q).joined(below)
}

// withSource is the source alone, or nothing when the query excludes it.
func (t Tree) withSource(p Process, q Query) Tree {
	if q.ExcludeSource {
		return t.forest.span(p.position, p.position)
	}
	return t.forest.span(p.position, p.position+1)
}

// joined puts another tree's processes behind this one's.
func (t Tree) joined(more Tree) Tree {
	switch {
	case t.Len() == 0:
		return more
	case more.Len() == 0:
		return t
	case t.rows == nil && more.rows == nil && t.to == more.from:
		return t.forest.span(t.from, more.to)
	}
	return t.forest.pick(append(append([]int32{}, t.positions()...), more.positions()...))
}
