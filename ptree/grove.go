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
	walk    []int32
	parents []int32 // by node
	below   []kin   // by node
}

// kin is where a node leads: to its first child and to the next one of its parent's, -1 for none.
type kin struct{ child, next int32 }

// grow infers the parents that are not in the log and orders a host's processes into trees.
func (m *machine) grow(k *linker, n *notes) grove {
	m.refuseSelves(n)
	m.refuseCycles(n)
	m.parents = resized(m.parents, 2*len(m.matched)) // each may have an inferred parent of its own
	g := grove{events: len(m.matched), inferred: m.infer(k, m.parents, n)}
	kept := m.children(&g)
	slab := make([]int32, 4*kept)
	g.node, g.parent, g.depth, g.size = slab[:kept], slab[kept:2*kept], slab[2*kept:3*kept], slab[3*kept:]
	at := int32(0)
	for i, in := range g.inferred {
		if int(in.stays) == i {
			at = m.descend(&g, int32(len(m.matched)+i), at)
		}
	}
	return g
}

// children lists the kept processes below each node, in their order. It returns how many processes
// the trees have.
func (m *machine) children(g *grove) (kept int) {
	n := len(m.matched)
	all := n + len(g.inferred)
	m.below = resized(m.below, all)
	for i := range m.below {
		m.below[i] = kin{-1, -1}
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
			m.below[i].next, m.below[p].child = m.below[p].child, int32(i)
		}
	}
	for i, stands := range m.kept {
		if p := m.parents[i]; stands != int32(i) && m.below[p].child < 0 {
			g.bare = append(g.bare, p)
		}
	}
	return kept
}

// descend lays one tree out from a position on, and returns the one behind it. It keeps no stack:
// the way back up is the parent's.
func (m *machine) descend(g *grove, root, at int32) int32 {
	node, up, depth := root, int32(-1), int32(0)
	for {
		g.node[at], g.parent[at], g.depth[at] = node, up, depth
		if child := m.below[node].child; child >= 0 {
			node, up, depth = child, at, depth+1
			at++
			continue
		}
		g.size[at] = 1
		at++
		for m.below[node].next < 0 {
			if up < 0 {
				return at
			}
			g.size[up] = at - up
			node, up, depth = g.node[up], g.parent[up], depth-1
		}
		node = m.below[node].next
	}
}
