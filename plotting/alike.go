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
	rows := o.size[0] - 1
	gone := make([]bool, len(o.process))
	instead := map[int32]int32{}
	for _, g := range alikeGroups(p, o) {
		if rows <= most {
			break
		}
		if gone[g.members[0]] {
			continue
		}
		o.merge(g, instead, gone)
		rows -= g.saves
	}
	o.drop(instead, gone)
}

// alikeGroups lists the groups, the largest saving first, then in the order of the tree. A group
// within a member of a larger one always follows it.
func alikeGroups(p *processes, o *outline) []group {
	shapes := shapesOf(p, o)
	var out []group
	for up := range o.children {
		if len(o.children[up]) < fewestAlike {
			continue
		}
		members := map[uint64][]int32{}
		for _, u := range o.children[up] {
			shape := shapes[u]
			members[shape] = append(members[shape], u)
		}
		for _, m := range members {
			if len(m) < fewestAlike {
				continue
			}
			saves := len(m) - 1
			if size := o.size[m[0]]; size > 1 {
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

// shapesOf gives every unit a number that is equal for equal trees of names. The seed is random,
// so that no log can be written to collide; only equality is used.
func shapesOf(p *processes, o *outline) []uint64 {
	shapes := make([]uint64, len(o.process))
	var key []byte
	for u := len(shapes) - 1; u > 0; u-- {
		under := uint64(0) // a sum, so that the order of the children does not matter
		for _, c := range o.children[u] {
			under += shapes[c]
		}
		key = binary.LittleEndian.AppendUint64(key[:0], under)
		key = binary.LittleEndian.AppendUint64(key, uint64(o.size[u]))
		key = binary.LittleEndian.AppendUint64(key, uint64(len(o.cycle[u])))
		shapes[u] = maphash.Bytes(shapeSeed, append(key, p.name[o.process[u]]...))
	}
	return shapes
}

// merge makes one unit that stands for a group's members, or for all but the first where they
// have children, which then serves as the example.
func (o *outline) merge(g group, instead map[int32]int32, gone []bool) {
	folded := g.members
	if o.size[folded[0]] > 1 {
		folded = folded[1:]
	}
	for _, u := range folded {
		for k := int(u); k < int(u)+o.size[u]; k++ {
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
	hidden, repeats := 0, 0
	var processes []int32
	for _, u := range folded {
		hidden += o.weight[u]
		repeats += max(1, o.repeats[u])
		if o.hidden[u] == 0 {
			processes = append(processes, o.process[u])
		}
		processes = append(processes, o.alike[u]...)
	}
	o.process = append(o.process, o.process[folded[0]])
	o.hidden = append(o.hidden, hidden)
	o.alike = append(o.alike, processes)
	o.repeats = append(o.repeats, repeats)
	o.cycle = append(o.cycle, o.cycle[folded[0]])
	o.size = append(o.size, 1)
	o.children = append(o.children, nil)
	o.weight = append(o.weight, hidden)
	o.shown = append(o.shown, 0)
	return int32(len(o.process) - 1)
}
