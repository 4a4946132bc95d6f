package ptree

import (
	"sync"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Forest holds every process of a log once, in preorder: a process stands before its
// descendants, siblings in the order of their creation. So the subtree of position p is the
// range p to p+size[p]-1, descendants are a slice, ancestors a walk up, depth a lookup.
// A process costs four 32-bit numbers beside its row.
type Forest struct {
	schema Schema
	log    dataframe.DataFrame // as it was given; findings.source says which row an event is
	events dataframe.DataFrame // the schema's columns, cleaned, in time order; row i is process number i
	id     *identities
	links  *links

	number []int32 // by position: the process's number
	parent []int32 // by position: the parent's position, -1 for a root
	size   []int32 // by position: processes in its subtree, itself included
	depth  []int32 // by position: 0 for a root

	position []int32 // by number: its position, -1 for a process kept out of the tree
	findings *Findings
	judged   judgements

	testimonies map[int32][]Testimony // by row of the log; nil without witnesses
	ends        []int64               // per event: when its process ended; nil when the log does not tell

	keyOnce  sync.Once
	keyFirst map[string]int32 // first position with a key
	keyTwice map[string]bool  // keys of more than one process (on several hosts)

	tableOnce sync.Once
	table     dataframe.DataFrame

	printOnce sync.Once
	print     [fingerprintSize]byte
}

// plant orders the linked processes into a forest.
func plant(events dataframe.DataFrame, s Schema, id *identities, l *links, found *Findings) *Forest {
	f := &Forest{schema: s, events: events, id: id, links: l, findings: found}
	first, next := l.children()
	n := 0
	for i, k := range l.kept {
		if k == int32(i) {
			n++
		}
	}
	f.number = make([]int32, 0, n)
	f.parent, f.depth = make([]int32, 0, n), make([]int32, 0, n)
	f.size = make([]int32, n)
	f.position = make([]int32, len(l.kept))
	for i := range f.position {
		f.position[i] = -1
	}
	for root := len(l.matched); root < len(l.kept); root++ {
		if l.kept[root] == int32(root) {
			f.descend(int32(root), first, next)
		}
	}
	for p := n - 1; p >= 0; p-- {
		f.size[p]++
		if f.parent[p] >= 0 {
			f.size[f.parent[p]] += f.size[p]
		}
	}
	return f
}

// children lists the kept processes below each number: first[p], then next[…], in their order.
func (l *links) children() (first, next []int32) {
	first, next = make([]int32, len(l.kept)), make([]int32, len(l.kept))
	for i := range first {
		first[i], next[i] = -1, -1
	}
	for i := len(l.kept) - 1; i >= 0; i-- {
		if p := l.parent[i]; p >= 0 && l.kept[i] == int32(i) {
			next[i] = first[p]
			first[p] = int32(i)
		}
	}
	return first, next
}

// descend lays one tree out. It keeps no stack: the way back up is the parent's.
func (f *Forest) descend(root int32, first, next []int32) {
	for at := root; at >= 0; {
		up, depth := int32(-1), int32(0)
		if p := f.links.parent[at]; p >= 0 {
			up = f.position[p]
			depth = f.depth[up] + 1
		}
		f.position[at] = int32(len(f.number))
		f.number = append(f.number, at)
		f.parent = append(f.parent, up)
		f.depth = append(f.depth, depth)
		if first[at] >= 0 {
			at = first[at]
			continue
		}
		for at >= 0 && next[at] < 0 {
			at = f.links.parent[at]
		}
		if at >= 0 {
			at = next[at]
		}
	}
}

// inferred reports whether the process at a position is not in the log.
func (f *Forest) inferred(p int32) bool { return int(f.number[p]) >= len(f.links.matched) }

// born is when the inferred process at a position was created, in nanoseconds; 0 when no row tells.
func (f *Forest) born(p int32) int64 { return f.links.born[int(f.number[p])-len(f.links.matched)] }

// teller returns the event whose row tells of the process at a position: its own, or that of
// the first child of an inferred one.
func (f *Forest) teller(p int32) int32 {
	n := f.number[p]
	if f.inferred(p) {
		return f.links.teller[int(n)-len(f.links.matched)]
	}
	return n
}

// pid returns the process id as text and whether there is one.
func (f *Forest) pid(p int32) (string, bool) {
	code := f.id.pid[f.teller(p)]
	if f.inferred(p) {
		code = f.id.parentID[f.teller(p)]
	}
	if code < 0 {
		return "None", false
	}
	return f.id.pids[code], true
}

// lowerName returns the lower-case image, "" when the log has none.
func (f *Forest) lowerName(p int32) string {
	code := f.id.name[f.teller(p)]
	if f.inferred(p) {
		code = f.id.parentName[f.teller(p)]
	}
	if code < 0 {
		return ""
	}
	return f.id.names[code]
}

// image returns the image path as the log writes it.
func (f *Forest) image(p int32) string {
	if !f.inferred(p) {
		return f.events.Col(f.schema.ProcessName).Text(int(f.number[p]))
	}
	if f.id.hasParentName {
		return f.id.parentImage.Text(int(f.teller(p)))
	}
	return unknownName
}

func (f *Forest) host(p int32) string {
	if !f.id.hosts {
		return ""
	}
	return f.events.Col(f.schema.HostName).Text(int(f.teller(p)))
}

// created returns the creation time, the zero time for a process without. That of an inferred
// process is known where its children's rows tell it.
func (f *Forest) created(p int32) time.Time {
	if f.inferred(p) {
		if born := f.born(p); born != 0 {
			return time.Unix(0, born).UTC()
		}
		return time.Time{}
	}
	stamps := f.events.Col(f.schema.TimeStamp)
	if stamps.IsNull(int(f.number[p])) {
		return time.Time{}
	}
	return time.Unix(0, stamps.Nanos()[f.number[p]]).UTC()
}

func (f *Forest) key(p int32) string {
	pid, _ := f.pid(p)
	if f.inferred(p) {
		if born := f.born(p); born != 0 {
			return processKey(f.lowerName(p), pid, born, true)
		}
		return f.lowerName(p) + "|" + pid + "|" + epochKey
	}
	stamps := f.events.Col(f.schema.TimeStamp)
	n := int(f.number[p])
	return processKey(f.lowerName(p), pid, stamps.Nanos()[n], !stamps.IsNull(n))
}

func (f *Forest) isRoot(p int32) bool { return f.parent[p] < 0 }
func (f *Forest) isLeaf(p int32) bool { return !f.links.hasKids[f.number[p]] }

// find returns the first position with a key; several tells that processes of several hosts have it.
func (f *Forest) find(key string) (p int32, several, ok bool) {
	f.keyOnce.Do(func() {
		f.keyFirst = make(map[string]int32, len(f.number))
		f.keyTwice = map[string]bool{}
		for p := range f.number {
			k := f.key(int32(p))
			if _, known := f.keyFirst[k]; known {
				f.keyTwice[k] = true
			} else {
				f.keyFirst[k] = int32(p)
			}
		}
	})
	p, ok = f.keyFirst[key]
	return p, f.keyTwice[key], ok
}
