package ptree

// machine is one host's events side by side in memory, where linking them touches nothing else.
// Events are counted within the host here, in the order of time.
type machine struct {
	hosts  *byHost
	from   int32 // the place of the first event
	of     []entry
	timed  int   // events with a time; those without come last
	image  int32 // leaves the part of a name that must agree: all of it, or, without parents' names, nothing
	copied []entry

	matched, kept []int32 // as in links
	spans
	named  numbering        // who is named as a parent: most processes are nobody's, and need no number
	latest [][]int32        // by span
	twins  []map[twin]int32 // by span

	inference
}

// twin is what two events of a moment may have in common.
type twin struct{ pid, name int32 }

// load brings a host's events together. Where they follow each other, the links have the machine's
// own numbers in their places until they are stored.
func (m *machine) load(k *linker, h int) {
	m.hosts, m.from, m.image = k.hosts, k.hosts.from[h], 0
	if k.id.hasParentName {
		m.image = -1
	}
	to := k.hosts.from[h+1]
	n := int(to - m.from)
	if m.hosts.events == nil {
		m.of, m.matched, m.kept = k.id.of[m.from:to], k.links.matched[m.from:to], k.links.kept[m.from:to]
	} else {
		m.copied, m.matched, m.kept = resized(m.copied, n), resized(m.matched, n), resized(m.kept, n)
		m.of = m.copied
		for i, event := range m.hosts.events[m.from:to] {
			m.of[i] = k.id.of[event]
		}
	}
	for m.timed = n; m.timed > 0 && !k.events.known(int(m.number(int32(m.timed-1)))); m.timed-- {
	}
	m.cut(m.of, m.timed, k.most(n))
}

// scratch is memory for n numbers: that of the table which only matching needs.
func (m *machine) scratch(n int) []int32 {
	m.named.slots = resized(m.named.slots, n)
	return m.named.slots
}

// number is the number of the machine's event i.
func (m *machine) number(i int32) int32 { return m.hosts.number(m.from + i) }

func resized[T any](s []T, n int) []T {
	switch {
	case cap(s) >= n:
		return s[:n]
	case cap(s) == 0:
		return make([]T, n)
	}
	return make([]T, n, n+n/4)
}

// asOf matches every event with the latest event at or before its time that has the parent's
// identity; among equal times the last in order. Rows without a time match nothing and are
// matched by nothing.
func (m *machine) asOf() {
	for len(m.latest) < len(m.spans.of) {
		m.latest = append(m.latest, nil)
	}
	m.named.reset(m.timed)
	m.named.numberParents(m.of[:m.timed], m.image, m.matched)
	m.across(m.matchWithin)
	if len(m.spans.of) > 1 {
		m.across(m.matchBefore)
	}
}

// matchWithin matches the events of a span, which have their parents' numbers, with those of the same.
// Where it finds no parent, it leaves the complement of the number.
func (m *machine) matchWithin(k int, s part) {
	m.latest[k] = resized(m.latest[k], int(m.named.next))
	latest := m.latest[k] // by number, the last event that has it
	for n := range latest {
		latest[n] = ^int32(n)
	}
	if s.from >= m.timed {
		for i := s.from; i < s.to; i++ {
			m.matched[i] = ^nobody
		}
		return
	}
	own := m.kept // until those are known
	m.named.find(m.of[s.from:s.to], m.image, own[s.from:s.to])
	for from := s.from; from < s.to; {
		to := from
		for moment := m.of[from].nanos; to < s.to && m.of[to].nanos == moment; to++ {
			latest[own[to]] = int32(to)
		}
		for ; from < to; from++ {
			m.matched[from] = latest[m.matched[from]]
		}
	}
}

// matchBefore matches those that are left with events of the spans before.
func (m *machine) matchBefore(span int, s part) {
	for i := s.from; i < s.to; i++ {
		for k := span - 1; k >= 0 && m.matched[i] < 0; k-- {
			m.matched[i] = m.latest[k][^m.matched[i]]
		}
	}
}

// standIns finds the events whose key (name, pid, time to 10 microseconds) an earlier event has:
// they are kept out of the tree and the earlier one stands for them.
func (m *machine) standIns(n *notes) {
	for len(m.twins) < len(m.spans.of) {
		m.twins = append(m.twins, map[twin]int32{})
	}
	m.noting(n, func(k int, s part, n *notes) {
		for i := s.from; i < s.to; i++ {
			m.kept[i] = int32(i)
			if m.of[i].name < 0 || i >= m.timed {
				n.add(NoKey, m.number(int32(i)), -1)
			}
		}
		for from := s.from; from < min(s.to, m.timed); {
			to, first := from+1, m.of[from].nanos
			for to < s.to && sameMicros(first, m.of[to].nanos) {
				to++
			}
			if to > from+1 {
				m.standInsOf(from, to, m.twins[k], n)
			}
			from = to
		}
	})
}

// standInsOf finds them among the events of one moment.
func (m *machine) standInsOf(from, to int, first map[twin]int32, n *notes) {
	clear(first)
	for i := from; i < to; i++ {
		who := twin{m.of[i].pid, m.of[i].name}
		if f, ok := first[who]; ok && who.name >= 0 {
			m.kept[i] = f
			n.add(DuplicateKey, m.number(int32(i)), m.number(f))
		} else {
			first[who] = int32(i)
		}
	}
}

// store hands the outcome on, in numbers.
func (m *machine) store(l *links) {
	switch {
	case m.hosts.events == nil && m.from == 0:
	case m.hosts.events == nil:
		for i, p := range m.matched {
			if p >= 0 {
				m.matched[i] = p + m.from
			}
			m.kept[i] += m.from
		}
	default:
		for i, p := range m.matched {
			e := m.number(int32(i))
			l.matched[e] = -1
			if p >= 0 {
				l.matched[e] = m.number(p)
			}
			l.kept[e] = m.number(m.kept[i])
		}
	}
}

// name says what every link rests on, where that is id, image and time alone.
func (m *machine) name(l *links) {
	for i, p := range m.matched {
		kind := InferredByName
		switch {
		case p >= 0:
			kind = ByName
		case m.of[i].parentID < 0:
			kind = InferredByNone
		}
		l.kind[m.number(int32(i))] = kind
	}
}

// recall takes the outcome back that evidence has corrected. No link leads to another host.
func (m *machine) recall(l *links) {
	for i := range m.matched {
		e := m.number(int32(i))
		p := l.matched[e]
		m.matched[i] = -1
		if p >= 0 {
			if at := m.hosts.place(p) - m.from; at >= 0 && int(at) < len(m.matched) {
				m.matched[i] = at
			}
		}
		m.kept[i] = m.hosts.place(l.kept[e]) - m.from
	}
}
