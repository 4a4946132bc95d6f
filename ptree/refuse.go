package ptree

import "slices"

// refuseSelves unlinks events that would be their own parent, and returns those whose parent stands
// behind them: both are of one moment, or evidence links them.
func (m *machine) refuseSelves(n *notes) (ahead []int32) {
	by := make([][]int32, len(m.spans.of))
	m.noting(n, func(k int, s part, n *notes) {
		for i := s.from; i < s.to; i++ {
			p := m.matched[i]
			if p < 0 {
				continue
			}
			up := m.kept[p]
			if up > int32(i) {
				by[k] = append(by[k], int32(i))
			}
			if up == m.kept[i] {
				if up == int32(i) {
					n.add(SelfParent, m.number(int32(i)), m.number(p))
				}
				m.matched[i] = -1
			}
		}
	})
	return slices.Concat(by...)
}

// refuseCycles unlinks, in every cycle, the event that comes first. Every cycle leads ahead
// somewhere, so that walks begin there alone, and every event is walked over once.
func (m *machine) refuseCycles(ahead []int32, n *notes) {
	if len(ahead) == 0 {
		return
	}
	walk := m.scratch(len(m.matched)) // by event: the walk that first came by, 0 for none
	clear(walk)
	for _, i := range ahead {
		at, mine := i, i+1
		for at >= 0 && walk[at] == 0 {
			walk[at] = mine
			at = m.up(at)
		}
		if at < 0 || walk[at] != mine {
			continue
		}
		first := at
		for next := m.up(at); next != at; next = m.up(next) {
			first = min(first, next)
		}
		n.add(CycleRefused, m.number(first), m.number(m.matched[first]))
		m.matched[first] = -1
	}
}

// up is one step towards the root, -1 beyond it.
func (m *machine) up(i int32) int32 {
	if i < 0 || m.matched[i] < 0 {
		return -1
	}
	return m.kept[m.matched[i]]
}
