package ptree

import (
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/progress"
)

// A process is numbered by its place in time: event i of the cleaned log has number i, the
// inferred parents follow in the order of their first children.

// links is the outcome of matching every event with its parent.
type links struct {
	matched []int32 // per event: the event that is its parent, -1 when it is inferred
	parent  []int32 // per number: its parent's number, -1 for an inferred process
	kept    []int32 // per number: itself, or the number of the equal process that stands for it
	teller  []int32 // per inferred process: the event that first tells of it
	hasKids []bool  // per number

	kind   []LinkKind // per event: what its link rests on
	forked bool       // some of the processes are forks that had no image of their own
	proven bool       // the log tells more of parents than id, image and time
	born   []int64    // per inferred process: when it was created, in nanoseconds; 0 when nothing tells
}

// identity is a process without its time. Codes are those of identities; name is -2 where the
// schema has no parent names, which then play no part in matching.
type identity struct{ host, pid, name int32 }

func link(events dataframe.DataFrame, s Schema, id *identities, e *evidence, found *Findings, bar *progress.Bar) *links {
	n := events.Nrow()
	stamps := events.Col(s.TimeStamp)
	l := &links{matched: asOf(stamps, id, bar), kind: make([]LinkKind, n)}
	if e == nil || e.told == nil {
		l.refuseReissued(stamps, id, found)
	}
	e.settle(l, found)
	l.forked, l.proven = e != nil && e.told != nil, e.identified()
	l.kept = standIns(stamps, id, found)
	e.merge(l, found)
	refuseSelves(l, found)
	refuseCycles(l, found)
	l.infer(id, e, found)
	l.name(id, e)
	l.hasKids = make([]bool, len(l.parent))
	for i, m := range l.matched {
		if m >= 0 {
			l.parent[i] = l.kept[m]
		}
		l.hasKids[l.parent[i]] = true
	}
	bar.Set(int64(2 * n))
	return l
}

// asOf matches every event with the latest event at or before its time that has the parent's
// identity; among equal times the last in order. Rows without a time match nothing and are
// matched by nothing.
func asOf(stamps dataframe.Column, id *identities, bar *progress.Bar) []int32 {
	nanos := stamps.Nanos()
	n := len(nanos) - stamps.Nulls() // rows without a time come last
	matched := make([]int32, len(nanos))
	for i := n; i < len(matched); i++ {
		matched[i] = -1
	}
	latest := make(map[identity]int32, n)
	for from := 0; from < n; {
		to := from
		for ; to < n && nanos[to] == nanos[from]; to++ {
			if id.pid[to] >= 0 {
				latest[id.own(to)] = int32(to)
			}
		}
		for i := from; i < to; i++ {
			matched[i] = -1
			if m, ok := latest[id.ofParent(i)]; ok && id.parentID[i] >= 0 {
				matched[i] = m
			}
		}
		from = to
		bar.Set(int64(n + from))
	}
	return matched
}

func (id *identities) own(i int) identity {
	if !id.hasParentName {
		return identity{id.host[i], id.pid[i], -2}
	}
	return identity{id.host[i], id.pid[i], id.name[i]}
}

func (id *identities) ofParent(i int) identity {
	if !id.hasParentName {
		return identity{id.host[i], id.parentID[i], -2}
	}
	return identity{id.host[i], id.parentID[i], id.parentName[i]}
}

// standIns finds the events whose key (name, pid, time to 10 microseconds) an earlier event of
// the same host has: they are kept out of the tree and the earlier one stands for them.
func standIns(stamps dataframe.Column, id *identities, found *Findings) []int32 {
	nanos := stamps.Nanos()
	kept := make([]int32, len(nanos))
	for i := range kept {
		kept[i] = int32(i)
		if id.name[i] < 0 || stamps.IsNull(i) {
			found.add(NoKey, int32(i), -1)
		}
	}
	first := map[identity]int32{}
	n := len(nanos) - stamps.Nulls() // rows without a time come last
	for from := 0; from < n; {
		to, moment := from+1, roundedMicros(nanos[from])
		for to < n && roundedMicros(nanos[to]) == moment {
			to++
		}
		if to > from+1 {
			clear(first)
			for i := from; i < to; i++ {
				who := identity{id.host[i], id.pid[i], id.name[i]}
				if f, ok := first[who]; ok && id.name[i] >= 0 {
					kept[i] = f
					found.add(DuplicateKey, int32(i), f)
				} else {
					first[who] = int32(i)
				}
			}
		}
		from = to
	}
	return kept
}

// refuseSelves unlinks events that would be their own parent.
func refuseSelves(l *links, found *Findings) {
	for i, m := range l.matched {
		if m >= 0 && l.kept[m] == l.kept[i] {
			if l.kept[i] == int32(i) {
				found.add(SelfParent, int32(i), m)
			}
			l.matched[i] = -1
		}
	}
}

// refuseCycles unlinks, in every cycle, the event that comes first. Cycles exist only among
// events of one and the same moment, and where identities name each other. Every event is
// walked over once.
func refuseCycles(l *links, found *Findings) {
	walk := make([]int32, len(l.matched)) // the walk that first came by, 0 for none
	for i := range l.matched {
		at, mine := int32(i), int32(i)+1
		for at >= 0 && walk[at] == 0 {
			walk[at] = mine
			at = l.up(at)
		}
		if at < 0 || walk[at] != mine {
			continue
		}
		first := at
		for next := l.up(at); next != at; next = l.up(next) {
			first = min(first, next)
		}
		found.add(CycleRefused, first, l.matched[first])
		l.matched[first] = -1
	}
}

// up is one step towards the root, -1 beyond it.
func (l *links) up(i int32) int32 {
	if i < 0 || l.matched[i] < 0 {
		return -1
	}
	return l.kept[l.matched[i]]
}

// infer makes a process for every parent that no event is. As in msticpy the same parent told
// of with another logon session or spelling takes a number of its own, and only the first stays.
func (l *links) infer(id *identities, e *evidence, found *Findings) {
	type known struct {
		identity
		mark int64 // tells apart several parents of one id and image, where identities are logged
	}
	type telling struct {
		known
		image, logon int32
	}
	n := len(l.matched)
	logons, _ := asText(id.logon).Codes()
	images := make([]int32, n)
	if id.hasParentName {
		images, _ = id.parentImage.Codes()
	}
	seen := map[telling]bool{}
	first := map[known]int32{}
	l.parent = make([]int32, n, n+n/16+1)
	for i := range n {
		if l.matched[i] >= 0 {
			continue
		}
		mark, born := e.parentMark(i)
		who := known{identity{id.host[i], id.parentID[i], id.parentName[i]}, mark}
		tell := telling{who, images[i], logons[i]}
		if !seen[tell] {
			seen[tell] = true
			number := int32(n + len(l.teller))
			l.teller = append(l.teller, int32(i))
			stays, known := first[who]
			if !known {
				stays = number
				first[who] = number
				found.add(InferredParent, int32(i), -1)
			}
			l.kept = append(l.kept, stays)
			l.parent = append(l.parent, -1)
			l.born = append(l.born, born)
		}
		l.parent[i] = first[who]
	}
}
