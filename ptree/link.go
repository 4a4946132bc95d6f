package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/internal/progress"
)

// A process is numbered by its place in time: event i of the cleaned log has number i, the
// inferred parents follow in the order of their first children.

// links is the outcome of matching every event with its parent.
type links struct {
	matched []int32 // per event: the event that is its parent, negative when it is inferred
	kept    []int32 // per number: itself, or the number of the equal process that stands for it
	teller  []int32 // per inferred process: the event that first tells of it

	kind   []LinkKind // per event: what its link rests on
	forked bool       // some of the processes are forks that had no image of their own
	proven bool       // the log tells more of parents than id, image and time
	born   []int64    // per inferred process: when it was created, in nanoseconds; 0 when nothing tells
}

// linker links the events of one log, all machines at once: no link leads from one to another.
type linker struct {
	events   *creations
	id       *identities
	evidence *evidence
	telling  func(event int32) told // what a row tells of its parent beside id and name
	hosts    *byHost
	links    *links
	parents  []int32 // by place: the parent as a node of the host's grove, see [weigh]
	scratch  []int32 // by event, of the host that has most of them; it goes from one step to the next
	groves   []grove
	notes    []notes
	found    *Findings
	bar      *progress.Bar
}

// link finds every event's parent and grows the trees of every host.
func link(events *creations, s Schema, id *identities, e *evidence, found *Findings, bar *progress.Bar) *linker {
	n := events.Nrow()
	k := &linker{events: events, id: id, evidence: e, telling: parentTellings(events, s), hosts: events.byHost(), found: found, bar: bar,
		links: &links{kind: make([]LinkKind, n)}}
	abreast(n,
		func() { k.links.kept = make([]int32, n, n+n/8) }, // inferred ones follow
		func() { allot(n, &k.links.matched, &k.parents) },
	)
	k.groves, k.notes = make([]grove, k.hosts.len()), make([]notes, k.hosts.len())
	k.links.forked, k.links.proven = e != nil && e.told != nil, e.identified()
	if e == nil && id.hasParentName {
		k.linkByName()
	} else {
		k.linkByEvidence()
		k.links.name(id, e)
	}
	k.numberInferred()
	return k
}

// linkByName links logs that tell a parent's id and image and nothing more: everything happens
// within a host, while its events are at hand.
func (k *linker) linkByName() {
	each(k.hosts.len(), len(k.links.matched), func(m *machine, h int) {
		m.load(k, h)
		m.asOf()
		m.standIns(&k.notes[h])
		k.advance(h)
		k.groves[h] = m.grow(k, &k.notes[h])
		m.name(k.links)
		m.store(k.links)
		k.advance(h)
	})
	k.found.take(k.notes)
}

// linkByEvidence lets what else the log tells correct the links by id, image and time.
func (k *linker) linkByEvidence() {
	l, e := k.links, k.evidence
	each(k.hosts.len(), len(k.links.matched), func(m *machine, h int) {
		m.load(k, h)
		m.asOf()
		m.standIns(&k.notes[h])
		m.store(l)
		k.advance(h)
	})
	if e == nil || e.told == nil {
		l.refuseReissued(k.events, k.id, k.found)
	}
	e.settle(l, k.found)
	k.found.take(k.notes)
	e.merge(l, k.found)
	each(k.hosts.len(), len(k.links.matched), func(m *machine, h int) {
		m.load(k, h)
		m.recall(l)
		k.notes[h] = nil
		k.groves[h] = m.grow(k, &k.notes[h])
		m.store(l)
		k.advance(h)
	})
	k.found.take(k.notes)
}

// advance says that a step with a host's events is done.
func (k *linker) advance(h int) { k.bar.Add(int64(k.hosts.from[h+1] - k.hosts.from[h])) }

// most reports whether a host with so many events has more than all others.
func (k *linker) most(events int) bool { return events > len(k.id.of)/2 }

// numberInferred numbers the inferred parents of all hosts in the order of their first children.
func (k *linker) numberInferred() {
	type place struct{ event, host, i int32 }
	count := 0
	for _, g := range k.groves {
		count += len(g.inferred)
	}
	all := make([]place, 0, count)
	for h, g := range k.groves {
		for i, in := range g.inferred {
			all = append(all, place{in.teller, int32(h), int32(i)})
		}
	}
	slices.SortFunc(all, func(a, b place) int { return k.events.compare(a.event, b.event) })
	n, l := int32(len(k.links.matched)), k.links
	l.teller, l.born = make([]int32, 0, count), make([]int64, 0, count)
	for i, p := range all {
		in := &k.groves[p.host].inferred[p.i]
		in.number = n + int32(i)
		l.teller, l.born = append(l.teller, in.teller), append(l.born, in.born)
		// the one that stays told of it first, so that it has its number already
		l.kept = append(l.kept, k.groves[p.host].inferred[in.stays].number)
	}
}

// name says what every link rests on that nothing special settled.
func (l *links) name(id *identities, e *evidence) {
	real, guessed := ByProcessID, InferredByID
	if id.hasParentName {
		real, guessed = ByName, InferredByName
	}
	stretches(len(l.matched), func(from, to int) {
		for i := from; i < to; i++ {
			switch {
			case l.matched[i] >= 0:
				if l.kind[i] == NoLink {
					l.kind[i] = real
				}
			case id.of[i].parentID < 0:
				l.kind[i] = InferredByNone
			default:
				l.kind[i] = guessed
				if mark, _ := e.parentMark(i); mark != 0 {
					l.kind[i] = InferredByGUID
				}
			}
		}
	})
}
