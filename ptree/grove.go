package ptree

// grove holds the trees of one host: its processes in preorder, as counted on the host (events,
// then inferred ones).
type grove struct {
	events   int // of the host; nodes beyond them are inferred
	inferred []inferred
	node     []int32 // by position in the grove
	parent   []int32 // by position: the parent's position, -1 for a root
	size     []int32 // by position: processes in its subtree, itself included
	depth    []int32 // by position: 0 for a root
	bare     []int32 // nodes whose only children were kept out of the tree
}

// planter is a machine's scratch memory for growing.
type planter struct {
	walk        []int32
	parents     []int32 // by node
	child, next []int32 // by node: its first child, and the next one of its parent's
	place       []int32 // by node: its position
}

// grow infers the parents that are not in the log and orders a host's processes into trees.
func (m *machine) grow(k *linker, n *notes) grove {
	m.refuseSelves(n)
	m.refuseCycles(n)
	m.parents = resized(m.parents, 2*len(m.matched)) // each may have an inferred parent of its own
	g := grove{events: len(m.matched), inferred: m.infer(k, m.parents, n)}
	m.place = resized(m.place, len(m.matched)+len(g.inferred))
	kept := m.children(&g)
	slab := make([]int32, 4*kept)
	g.node, g.parent, g.depth, g.size = slab[:0:kept], slab[kept:kept:2*kept], slab[2*kept:2*kept:3*kept], slab[3*kept:]
	for i, in := range g.inferred {
		if int(in.stays) == i {
			m.descend(&g, int32(len(m.matched)+i))
		}
	}
	for p := kept - 1; p >= 0; p-- {
		g.size[p]++
		if g.parent[p] >= 0 {
			g.size[g.parent[p]] += g.size[p]
		}
	}
	return g
}

// children lists the kept processes below each node: child[p], then next[…], in their order. It
// returns how many processes the trees have.
func (m *machine) children(g *grove) (kept int) {
	n := len(m.matched)
	all := n + len(g.inferred)
	m.child, m.next = resized(m.child, all), resized(m.next, all)
	for i := range m.child {
		m.child[i], m.next[i] = -1, -1
	}
	for i, in := range g.inferred {
		m.parents[n+i] = -1
		if int(in.stays) == i {
			kept++
		}
	}
	for i := n - 1; i >= 0; i-- {
		if m.kept[i] == int32(i) {
			kept++
			p := m.parents[i]
			m.next[i], m.child[p] = m.child[p], int32(i)
		}
	}
	for i, stands := range m.kept {
		if p := m.parents[i]; stands != int32(i) && m.child[p] < 0 {
			g.bare = append(g.bare, p)
		}
	}
	return kept
}

// descend lays one tree out. It keeps no stack: the way back up is the parent's.
func (m *machine) descend(g *grove, root int32) {
	for at := root; at >= 0; {
		up, depth := int32(-1), int32(0)
		if p := m.parents[at]; p >= 0 {
			up = m.place[p]
			depth = g.depth[up] + 1
		}
		m.place[at] = int32(len(g.node))
		g.node, g.parent, g.depth = append(g.node, at), append(g.parent, up), append(g.depth, depth)
		if m.child[at] >= 0 {
			at = m.child[at]
			continue
		}
		for at >= 0 && m.next[at] < 0 {
			at = m.parents[at]
		}
		if at >= 0 {
			at = m.next[at]
		}
	}
}
