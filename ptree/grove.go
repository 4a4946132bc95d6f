package ptree

// grove is what is known of one host's trees before they have a place in the forest. Its nodes are
// the host's events, then the inferred processes, at the roots.
type grove struct {
	inferred []inferred
	size     []int32 // by inferred process: those of its tree, itself included; 0 where another stands for it
}

// grow infers the parents that are not in the log, and weighs the trees.
func (m *machine) grow(k *linker, n *notes) grove {
	m.refuseCycles(m.refuseSelves(n), n)
	parents := k.parents[m.from:][:len(m.matched)]
	g := grove{inferred: m.infer(k, parents, n)}
	g.size = make([]int32, len(g.inferred))
	for i, in := range g.inferred {
		if int(in.stays) == i {
			g.size[i] = 1
		}
	}
	root := m.scratch // by event: the inferred process above it, -1 while that is not known
	for i := range root {
		root[i] = -1
	}
	for i, p := range parents {
		switch at := int(p) - len(parents); {
		case at >= 0:
			root[i] = int32(at)
		case root[p] >= 0:
			root[i] = root[p]
		default:
			climb(int32(i), parents, root)
		}
		if m.kept[i] == int32(i) {
			g.size[root[i]]++
		}
	}
	return g
}

// climb finds the inferred process at the root above an event whose parent stands behind it.
func climb(event int32, parents, root []int32) {
	n, at := int32(len(parents)), event
	for at < n && root[at] < 0 {
		at = parents[at]
	}
	top := at - n
	if at < n {
		top = root[at]
	}
	for at = event; at < n && root[at] < 0; at = parents[at] {
		root[at] = top
	}
}

// bed is where a host's trees are laid out in the forest. Its events are counted within the host.
type bed struct {
	forest   *Forest
	hosts    *byHost
	from     int32
	inferred []inferred
	alone    bool    // it has most of the events, so that all processors are here
	child    []int32 // by event: its first child, -1 for none
	next     []int32 // by event: its parent as a node, then the parent's next child, -1 for none
}

// number is the number of an event's process.
func (b *bed) number(event int32) int32 { return b.hosts.number(b.from + event) }

// plant lays out a host's trees at the positions where they begin, by inferred process. It returns
// the positions of those whose only children were kept out of the tree.
func (b *bed) plant(begin []int32) (bare []int32) {
	childless := b.children()
	roots := parted(len(b.inferred), 1)
	if b.alone {
		roots = parted(len(b.inferred), len(b.inferred)/bedTrees+1)
	}
	each(len(roots), len(b.next), func(_ *struct{}, k int) { b.layOut(roots[k], begin) })
	for _, node := range childless {
		if i := int(node) - len(b.next); i >= 0 {
			bare = append(bare, b.forest.position[b.inferred[i].number])
		} else {
			bare = append(bare, b.forest.position[b.number(node)])
		}
	}
	return bare
}

// bedTrees are enough trees for a processor to take them on.
const bedTrees = 64

// layOut lays out some of the trees.
func (b *bed) layOut(p part, begin []int32) {
	for i := p.from; i < p.to; i++ {
		if in := &b.inferred[i]; int(in.stays) == i {
			b.descend(in, begin[int(in.number)-len(b.forest.links.matched)])
		} else {
			b.forest.position[in.number] = -1
		}
	}
}

// children lists the kept processes below each node, in their order. It returns the nodes whose
// only children are others, which have no position.
func (b *bed) children() (childless []int32) {
	for i := range b.child {
		b.child[i] = -1
	}
	out := false
	for i := int32(len(b.next)) - 1; i >= 0; i-- {
		if e := b.number(i); b.forest.links.kept[e] != e {
			b.forest.position[e], out = -1, true
			continue
		}
		first := b.first(b.next[i])
		b.next[i], *first = *first, i
	}
	if !out {
		return nil
	}
	for i, p := range b.next {
		if e := b.number(int32(i)); b.forest.links.kept[e] != e && *b.first(p) < 0 {
			childless = append(childless, p)
		}
	}
	return childless
}

// first is a node's first child.
func (b *bed) first(node int32) *int32 {
	if i := int(node) - len(b.child); i >= 0 {
		return &b.inferred[i].child
	}
	return &b.child[node]
}

// descend lays one tree out from a position on. It keeps no stack: the way back up is the parent's.
func (b *bed) descend(root *inferred, at int32) {
	f, top := b.forest, at
	f.number[at], f.parent[at], f.depth[at], f.position[root.number] = root.number, -1, 0, at
	at++
	for event, up, depth := root.child, top, int32(1); event >= 0; {
		number := b.number(event)
		f.number[at], f.parent[at], f.depth[at], f.position[number] = number, up, depth, at
		if child := b.child[event]; child >= 0 {
			event, up, depth = child, at, depth+1
			at++
			continue
		}
		f.size[at] = 1
		at++
		event = b.next[event]
		for event < 0 && up != top {
			f.size[up] = at - up
			event = b.next[b.hosts.place(f.number[up])-b.from]
			up, depth = f.parent[up], depth-1
		}
	}
	f.size[top] = at - top
}
