package ptree

// GetSiblings returns the processes that the source's parent started, the source among them,
// in the order of their creation. The siblings of a root are the other roots of its host.
func GetSiblings(t Tree, source any, query ...Query) Tree {
	q := only("GetSiblings", query)
	p := t.process(source)
	var all Tree
	if up := t.forest.parent[p.position]; up >= 0 {
		all = t.childrenOf(up)
	} else {
		host := p.Host()
		all = t.only(func(r int32) bool { return t.forest.isRoot(r) && t.forest.host(r) == host })
	}
	if !q.ExcludeSource {
		return all
	}
	return all.only(func(r int32) bool { return r != p.position })
}
