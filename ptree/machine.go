package ptree

// machine is one host's events side by side in memory, where linking them touches nothing else.
// Events are counted within the host here, in the order of time.
type machine struct {
	hosts  *byHost
	from   int32 // the place of the first event
	of     []entry
	timed  int  // events with a time; those without come last
	named  bool // a parent's image must agree
	copied []entry

	matched, kept []int32 // as in links
	ahead         bool    // an event may stand after one that is its child
	latest        latest
	twins         map[[2]int32]int32

	planter
	inference
}

// load brings a host's events together.
func (m *machine) load(k *linker, h int) {
	m.hosts, m.from, m.named = k.hosts, k.hosts.from[h], k.id.hasParentName
	to := k.hosts.from[h+1]
	n := int(to - m.from)
	m.matched, m.kept = resized(m.matched, n), resized(m.kept, n)
	if m.hosts.events == nil {
		m.of = k.id.of[m.from:to]
	} else { // they stand apart from each other
		m.copied = resized(m.copied, n)
		m.of = m.copied
		for i, event := range m.hosts.events[m.from:to] {
			m.of[i] = k.id.of[event]
		}
	}
	for m.timed = n; m.timed > 0 && !k.events.known(int(m.number(int32(m.timed-1)))); m.timed-- {
	}
}

// number is the number of the machine's event i.
func (m *machine) number(i int32) int32 { return m.hosts.number(m.from + i) }

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// asOf matches every event with the latest event at or before its time that has the parent's
// identity; among equal times the last in order. Rows without a time match nothing and are
// matched by nothing.
func (m *machine) asOf() {
	for i := m.timed; i < len(m.matched); i++ {
		m.matched[i] = -1
	}
	m.latest.reset(m.timed)
	for from := 0; from < m.timed; {
		to := from
		for moment := m.of[from].nanos; to < m.timed && m.of[to].nanos == moment; to++ {
			if e := &m.of[to]; e.pid >= 0 {
				m.latest.put(e.pid, m.image(e.name), int32(to))
			}
		}
		for i := from; i < to; i++ {
			m.matched[i] = -1
			if e := &m.of[i]; e.parentID >= 0 {
				m.matched[i] = m.latest.find(e.parentID, m.image(e.parentName))
			}
		}
		from = to
	}
}

// image is the name that plays a part in matching: without parents' names none does.
func (m *machine) image(name int32) int32 {
	if !m.named {
		return 0
	}
	return name
}

// standIns finds the events whose key (name, pid, time to 10 microseconds) an earlier event has:
// they are kept out of the tree and the earlier one stands for them.
func (m *machine) standIns(n *notes) {
	for i := range m.kept {
		m.kept[i] = int32(i)
		if m.of[i].name < 0 || i >= m.timed {
			n.add(NoKey, m.number(int32(i)), -1)
		}
	}
	for from := 0; from < m.timed; {
		to, first := from+1, m.of[from].nanos
		for to < m.timed && sameMicros(first, m.of[to].nanos) {
			to++
		}
		if to > from+1 {
			m.standInsOf(from, to, n)
		}
		from = to
	}
}

// standInsOf finds them among the events of one moment.
func (m *machine) standInsOf(from, to int, n *notes) {
	if m.twins == nil {
		m.twins = map[[2]int32]int32{}
	}
	clear(m.twins)
	for i := from; i < to; i++ {
		who := [2]int32{m.of[i].pid, m.of[i].name}
		if f, ok := m.twins[who]; ok && who[1] >= 0 {
			m.kept[i] = f
			n.add(DuplicateKey, m.number(int32(i)), m.number(f))
		} else {
			m.twins[who] = int32(i)
		}
	}
}

// store hands the outcome on, in numbers.
func (m *machine) store(l *links) {
	for i, p := range m.matched {
		e := m.number(int32(i))
		l.matched[e] = -1
		if p >= 0 {
			l.matched[e] = m.number(p)
		}
		l.kept[e] = m.number(m.kept[i])
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
		m.matched[i] = -1
		if p := l.matched[e]; p >= 0 {
			if at := m.hosts.place(p) - m.from; at >= 0 && int(at) < len(m.matched) {
				m.matched[i] = at
			}
		}
		m.kept[i] = m.hosts.place(l.kept[e]) - m.from
	}
}

// refuseSelves unlinks events that would be their own parent.
func (m *machine) refuseSelves(n *notes) {
	m.ahead = false
	for i, p := range m.matched {
		if p < 0 {
			continue
		}
		up := m.kept[p]
		m.ahead = m.ahead || up > int32(i)
		if up == m.kept[i] {
			if up == int32(i) {
				n.add(SelfParent, m.number(int32(i)), m.number(p))
			}
			m.matched[i] = -1
		}
	}
}

// refuseCycles unlinks, in every cycle, the event that comes first. Cycles exist only among
// events of one and the same moment, and where identities name each other. Every event is
// walked over once, and none where every parent stands before its children.
func (m *machine) refuseCycles(n *notes) {
	if !m.ahead {
		return
	}
	m.walk = resized(m.walk, len(m.matched)) // the walk that first came by, 0 for none
	clear(m.walk)
	for i := range m.matched {
		at, mine := int32(i), int32(i)+1
		for at >= 0 && m.walk[at] == 0 {
			m.walk[at] = mine
			at = m.up(at)
		}
		if at < 0 || m.walk[at] != mine {
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
