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
	latest []latest         // by span
	twins  []map[twin]int32 // by span
	wanted wanted

	scratch []int32 // by event
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
	if m.scratch = resized(m.scratch, n); k.most(n) {
		k.scratch = m.scratch
	}
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
		m.latest = append(m.latest, latest{})
	}
	m.namedAsParents()
	m.across(func(i int, s part) { m.matchWithin(&m.latest[i], s) })
	if len(m.spans.of) > 1 {
		m.across(m.matchBefore)
	}
}

// namedAsParents notes who is named as a parent.
func (m *machine) namedAsParents() {
	m.wanted.reset(m.timed)
	w := m.wanted
	for i := range m.of[:m.timed] {
		e := &m.of[i]
		w.add(e.parentID, e.parentName&m.image)
	}
}

// matchWithin matches the events of a span with those of the same.
func (m *machine) matchWithin(t *latest, s part) {
	if s.from >= m.timed {
		for i := s.from; i < s.to; i++ {
			m.matched[i] = -1
		}
		return
	}
	of, image, w, n := m.of[s.from:s.to], m.image, m.wanted, 0
	for i := range of {
		n += w.has(of[i].pid, of[i].name&image)
	}
	t.reset(n, len(of))
	for from := 0; from < len(of); {
		to := from
		for moment := of[from].nanos; to < len(of) && of[to].nanos == moment; to++ {
			if e := &of[to]; e.pid >= 0 && w.has(e.pid, e.name&image) != 0 {
				t.put(e.pid, e.name&image, int32(to))
			}
		}
		for i := from; i < to; i++ {
			m.matched[s.from+i] = -1
			if e := &of[i]; e.parentID >= 0 {
				m.matched[s.from+i] = s.place(t.find(e.parentID, e.parentName&image))
			}
		}
		from = to
	}
}

// matchBefore matches those that are left with events of the spans before.
func (m *machine) matchBefore(span int, s part) {
	for i := s.from; i < min(s.to, m.timed); i++ {
		e := &m.of[i]
		for k := span - 1; k >= 0 && m.matched[i] < 0 && e.parentID >= 0; k-- {
			m.matched[i] = m.spans.of[k].place(m.latest[k].find(e.parentID, e.parentName&m.image))
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
