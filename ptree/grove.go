package ptree

// grove is what is known of one host's trees before they have a place in the forest. Its nodes are
// the host's events, then the inferred processes, at the roots.
type grove struct {
	inferred []inferred
	size     []int32 // by inferred process: those of its tree, itself included; 0 where another stands for it
}

// planter is a machine's scratch memory for growing.
type planter struct {
	walk []int32
	root []int32 // by event: the inferred process above it, -1 while that is not known
}

// grow infers the parents that are not in the log, and weighs the trees.
func (m *machine) grow(k *linker, n *notes) grove {
	m.refuseSelves(n)
	m.refuseCycles(n)
	parents := k.parents[m.from:][:len(m.matched)]
	g := grove{inferred: m.infer(k, parents, n)}
	g.size = make([]int32, len(g.inferred))
	for i, in := range g.inferred {
		if int(in.stays) == i {
			g.size[i] = 1
		}
	}
	m.root = resized(m.root, len(parents))
	for i := range m.root {
		m.root[i] = -1
	}
	for i := range parents {
		if m.kept[i] == int32(i) {
			g.size[m.above(int32(i), parents)]++
		}
	}
	return g
}

// above is the inferred process at the root above an event. Every event is climbed from once.
func (m *machine) above(event int32, parents []int32) int32 {
	n, at := int32(len(parents)), event
	for at < n && m.root[at] < 0 {
		at = parents[at]
	}
	root := at - n
	if at < n {
		root = m.root[at]
	}
	for at = event; at < n && m.root[at] < 0; at = parents[at] {
		m.root[at] = root
	}
	return root
}

// bed is where a host's trees are laid out in the forest.
type bed struct {
	forest   *Forest
	hosts    *byHost
	from     int32
	parents  []int32 // by event: its parent's node
	inferred []inferred
	below    []kin // by node
}

// kin is where a node leads: to its first child and to the next one of its parent's, -1 for none.
type kin struct{ child, next int32 }

// number is the number of a node's process.
func (b *bed) number(node int32) int32 {
	if i := int(node) - len(b.parents); i >= 0 {
		return b.inferred[i].number
	}
	return b.hosts.number(b.from + node)
}

// plant lays out a host's trees at the positions where they begin, by inferred process. It returns
// the positions of those whose only children were kept out of the tree.
func (b *bed) plant(begin []int32) (bare []int32) {
	childless := b.children()
	for i, in := range b.inferred {
		if int(in.stays) == i {
			b.descend(int32(len(b.parents)+i), begin[int(in.number)-len(b.forest.links.matched)])
		} else {
			b.forest.position[in.number] = -1
		}
	}
	for _, node := range childless {
		bare = append(bare, b.forest.position[b.number(node)])
	}
	return bare
}

// children lists the kept processes below each node, in their order. It returns the nodes whose
// only children are others, which have no position.
func (b *bed) children() (childless []int32) {
	b.below = resized(b.below, len(b.parents)+len(b.inferred))
	for i := range b.below {
		b.below[i] = kin{-1, -1}
	}
	out := false
	for i := int32(len(b.parents)) - 1; i >= 0; i-- {
		if e := b.number(i); b.forest.links.kept[e] != e {
			b.forest.position[e], out = -1, true
			continue
		}
		p := &b.below[b.parents[i]]
		b.below[i].next, p.child = p.child, i
	}
	if !out {
		return nil
	}
	for i, p := range b.parents {
		if e := b.number(int32(i)); b.forest.links.kept[e] != e && b.below[p].child < 0 {
			childless = append(childless, p)
		}
	}
	return childless
}

// descend lays one tree out from a position on. It keeps no stack: the way back up is the parent's.
func (b *bed) descend(root, at int32) {
	f, node, up, depth := b.forest, root, int32(-1), int32(0)
	for {
		number := b.number(node)
		f.number[at], f.parent[at], f.depth[at], f.position[number] = number, up, depth, at
		if child := b.below[node].child; child >= 0 {
			node, up, depth = child, at, depth+1
			at++
			continue
		}
		f.size[at] = 1
		at++
		for b.below[node].next < 0 {
			if up < 0 {
				return
			}
			f.size[up] = at - up
			if up = f.parent[up]; up < 0 {
				return
			}
			node, depth = b.parents[node], depth-1
		}
		node = b.below[node].next
	}
}
