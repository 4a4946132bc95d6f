package plotting

import (
	"encoding/binary"
	"hash/maphash"
	"sort"
)

// group is several siblings that look alike: equal names, and equal trees of names under them.
type group struct {
	members []int32 // units
	saves   int     // rows
}

const fewestAlike = 3

// groupAlike replaces siblings that look alike by a row that counts them, those groups first
// that save most rows, until the outline has at most a number of rows or nothing is alike. Of
// processes with children, the first is kept as the example.
func groupAlike(p *processes, o *outline, most int) {
	rows := len(p.parent)
	gone := make([]bool, len(o.process))
	instead := map[int32]int32{}
	for _, g := range alikeGroups(p, o) {
		if rows <= most {
			break
		}
		if gone[g.members[0]] {
			continue
		}
		o.merge(p, g, instead, gone)
		rows -= g.saves
	}
	o.drop(instead, gone)
}

// alikeGroups lists the groups, the largest saving first, then in the order of the tree. A group
// within a member of a larger one always follows it.
func alikeGroups(p *processes, o *outline) []group {
	shapes := shapesOf(p)
	var out []group
	for up := range o.children {
		if len(o.children[up]) < fewestAlike {
			continue
		}
		members := map[uint64][]int32{}
		for _, u := range o.children[up] {
			shape := shapes[o.process[u]]
			members[shape] = append(members[shape], u)
		}
		for _, m := range members {
			if len(m) < fewestAlike {
				continue
			}
			saves := len(m) - 1
			if size := o.weight[m[0]]; size > 1 {
				saves = (len(m)-1)*size - 1
			}
			out = append(out, group{m, saves})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].saves != out[j].saves {
			return out[i].saves > out[j].saves
		}
		return out[i].members[0] < out[j].members[0]
	})
	return out
}

var shapeSeed = maphash.MakeSeed()

// shapesOf gives every process a number that is equal for equal trees of names. The seed is
// random, so that no log can be written to collide; only equality is used.
func shapesOf(p *processes) []uint64 {
	n := len(p.parent)
	under := make([]uint64, n) // sum over the children, so that their order does not matter
	shapes := make([]uint64, n)
	for i := n - 1; i >= 0; i-- {
		sum := binary.LittleEndian.AppendUint64(nil, under[i])
		sum = binary.LittleEndian.AppendUint64(sum, uint64(p.size[i]))
		shapes[i] = maphash.Bytes(shapeSeed, append(sum, p.name[i]...))
		if up := p.parent[i]; up >= 0 {
			under[up] += shapes[i]
		}
	}
	return shapes
}

// merge makes one unit that stands for a group's members, or for all but the first where they
// have children, which then serves as the example.
func (o *outline) merge(p *processes, g group, instead map[int32]int32, gone []bool) {
	folded := g.members
	if o.weight[folded[0]] > 1 {
		folded = folded[1:]
	}
	for _, u := range folded {
		for k := u; k < u+p.size[o.process[u]]; k++ {
			gone[k] = true
		}
	}
	instead[folded[0]] = o.append(folded)
}

// drop takes the units that are gone out of the lists of children, all in one pass.
func (o *outline) drop(instead map[int32]int32, gone []bool) {
	for up, children := range o.children {
		var kept []int32
		for _, u := range children {
			if stands, ok := instead[u]; ok {
				kept = append(kept, stands)
			} else if !gone[u] {
				kept = append(kept, u)
			}
		}
		o.children[up], o.shown[up] = kept, len(kept)
	}
}

// append adds a unit that stands for others.
func (o *outline) append(folded []int32) int32 {
	hidden := 0
	processes := make([]int32, len(folded))
	for i, u := range folded {
		hidden += o.weight[u]
		processes[i] = o.process[u]
	}
	o.process = append(o.process, o.process[folded[0]])
	o.hidden = append(o.hidden, hidden)
	o.alike = append(o.alike, processes)
	o.children = append(o.children, nil)
	o.weight = append(o.weight, hidden)
	o.shown = append(o.shown, 0)
	return int32(len(o.process) - 1)
}
