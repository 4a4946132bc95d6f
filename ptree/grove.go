package ptree

import "slices"

// grove is what is known of one host's trees before they have a place in the forest. Its nodes are
// the host's events, then the inferred processes, at the roots.
type grove struct {
	inferred []inferred
	size     []int32 // by inferred process: those of its tree, itself included; 0 where another stands for it
	order    []int32 // the events, none before its parent; nil where they stand so already
}

// grow infers the parents that are not in the log, and weighs the trees.
func (m *machine) grow(k *linker, n *notes) grove {
	ahead := m.refuseSelves(n)
	m.refuseCycles(ahead, n)
	parents := k.parents[m.from:][:len(m.matched)]
	g := grove{inferred: m.infer(k, parents, n)}
	if len(ahead) > 0 {
		g.order = downwards(parents, m.scratch(len(parents)))
	}
	size := m.scratch(len(parents) + len(g.inferred))
	if k.most(len(parents)) {
		k.scratch = size
	}
	weigh(size, parents, g.order)
	g.size = slices.Clone(size[len(parents):])
	for i, in := range g.inferred {
		if int(in.stays) == i {
			g.size[i]++
		}
	}
	return g
}

// weigh counts the processes in the subtree of every event, itself included, and those below every
// inferred process. An event that is kept out of the tree has the complement of its parent, and no children.
func weigh(size, parents, order []int32) {
	clear(size)
	for k := len(parents) - 1; k >= 0; k-- {
		i := int32(k)
		if order != nil {
			i = order[k]
		}
		if p := parents[i]; p >= 0 {
			size[i]++
			size[p] += size[i]
		}
	}
}

// downwards lists the events by depth, and those of one depth in their order. depth is scratch memory.
func downwards(parents, depth []int32) []int32 {
	n, deepest := int32(len(parents)), int32(0)
	clear(depth) // of the events, from 1 on
	for i := range parents {
		steps, at := int32(0), int32(i)
		for ; at < n && depth[at] == 0; at = parent(parents, at) {
			steps++
		}
		if at < n {
			steps += depth[at]
		}
		deepest = max(deepest, steps)
		for at = int32(i); at < n && depth[at] == 0; at = parent(parents, at) {
			depth[at] = steps
			steps--
		}
	}
	next := make([]int32, deepest+2) // by depth: where its next event goes
	for _, d := range depth {
		next[d+1]++
	}
	for d := range deepest {
		next[d+1] += next[d]
	}
	order := make([]int32, n)
	for i, d := range depth {
		order[next[d]] = int32(i)
		next[d]++
	}
	return order
}

// parent is the parent of an event, whether it is kept out of the tree or not.
func parent(parents []int32, event int32) int32 {
	p := parents[event]
	return max(p, ^p)
}

// bed is where a host's trees are laid out in the forest. Its events are counted within the host.
type bed struct {
	grove
	forest  *Forest
	hosts   *byHost
	from    int32   // the place of the first event
	parents []int32 // by event, see [weigh]
	next    []int32 // by node: the processes in its subtree, until it has its place; then the place of its next child
}

// plant lays out a host's trees at the positions where they begin, by inferred process: parents before
// their children, each child after the subtrees of those before it. It returns the positions of
// those whose only children were kept out of the tree.
func (b *bed) plant(begin []int32) (bare []int32) {
	b.next = resized(b.next, len(b.parents)+len(b.inferred))
	weigh(b.next, b.parents, b.order)
	b.plantRoots(begin)
	f := b.forest
	for k := range b.parents {
		i := int32(k)
		if b.order != nil {
			i = b.order[k]
		}
		number, above := b.number(i), parent(b.parents, i)
		up := f.position[b.number(above)]
		if b.parents[i] < 0 {
			f.position[number] = -1
			if f.size[up] == 1 {
				bare = append(bare, up)
			}
			continue
		}
		at, size := b.next[above], b.next[i]
		b.next[above], b.next[i] = at+size, at+1
		f.position[number], f.number[at], f.parent[at] = at, number, up
		f.size[at], f.depth[at] = size, f.depth[up]+1
	}
	return bare
}

// plantRoots lays out the inferred processes.
func (b *bed) plantRoots(begin []int32) {
	f := b.forest
	for i, in := range b.inferred {
		if int(in.stays) != i {
			f.position[in.number] = -1
			continue
		}
		at, next := begin[int(in.number)-len(f.links.matched)], &b.next[len(b.parents)+i]
		f.position[in.number], f.number[at], f.parent[at] = at, in.number, -1
		f.size[at], f.depth[at] = *next+1, 0
		*next = at + 1
	}
}

// number is the number of a node's process.
func (b *bed) number(node int32) int32 {
	if i := int(node) - len(b.parents); i >= 0 {
		return b.inferred[i].number
	}
	return b.hosts.number(b.from + node)
}
