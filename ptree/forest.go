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
	log    dataframe.DataFrame // as it was given; findings.row says which row an event is
	events *creations          // in time order; event i is process number i
	id     *identities
	links  *links
	bare   map[int32]bool // positions whose only children were kept out of the tree

	number []int32 // by position: the process's number
	parent []int32 // by position: the parent's position, -1 for a root
	size   []int32 // by position: processes in its subtree, itself included
	depth  []int32 // by position: 0 for a root

	position []int32 // by number: its position, -1 for a process kept out of the tree
	findings *Findings
	judged   judgements

	testimonies map[int32][]Testimony // by row of the log; nil without witnesses
	ends        []int64               // per event: when its process ended; nil when the log does not tell

	keyOnce sync.Once
	keys    map[string][]int32 // positions of the processes that cannot be found by their time

	tableOnce sync.Once
	table     dataframe.DataFrame

	hostsOnce sync.Once
	hostIndex *hostIndex

	printOnce sync.Once
	print     [fingerprintSize]byte
}

// plant puts the trees of all hosts into one order: that of the inferred processes at their roots.
func (k *linker) plant(s Schema) *Forest {
	f := &Forest{schema: s, events: k.events, id: k.id, links: k.links, findings: k.found}
	begin := k.places()
	n := begin[len(begin)-1]
	allot(len(k.links.kept), &f.position, &f.number, &f.parent, &f.size, &f.depth)
	f.number, f.parent, f.size, f.depth = f.number[:n], f.parent[:n], f.size[:n], f.depth[:n]
	bare := make([][]int32, len(k.groves))
	each(len(k.groves), int(n), func(b *bed, h int) {
		b.forest, b.hosts, b.from, b.grove = f, k.hosts, k.hosts.from[h], k.groves[h]
		if b.parents = k.parents[b.from:k.hosts.from[h+1]]; k.most(len(b.parents)) {
			b.next = k.scratch
		}
		bare[h] = b.plant(begin)
	})
	for _, positions := range bare {
		for _, p := range positions {
			if f.bare == nil {
				f.bare = map[int32]bool{}
			}
			f.bare[p] = true
		}
	}
	return f
}

// places is where the trees begin, by inferred process, and behind them how many processes there are.
func (k *linker) places() []int32 {
	events := len(k.links.matched)
	begin := make([]int32, len(k.links.teller)+1)
	for _, g := range k.groves {
		for i, in := range g.inferred {
			begin[int(in.number)-events+1] = g.size[i]
		}
	}
	for i := range begin[1:] {
		begin[i+1] += begin[i]
	}
	return begin
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
	code := f.id.of[f.teller(p)].pid
	if f.inferred(p) {
		code = f.id.of[f.teller(p)].parentID
	}
	if code < 0 {
		return "None", false
	}
	return f.id.pids.text(code), true
}

// lowerName returns the lower-case image, "" when the log has none.
func (f *Forest) lowerName(p int32) string {
	code := f.id.of[f.teller(p)].name
	if f.inferred(p) {
		code = f.id.of[f.teller(p)].parentName
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
		return f.id.parentImage().Text(int(f.teller(p)))
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
	nanos, known := f.events.time(f.number[p])
	if !known {
		return time.Time{}
	}
	return time.Unix(0, nanos).UTC()
}

func (f *Forest) key(p int32) string {
	pid, _ := f.pid(p)
	if f.inferred(p) {
		if born := f.born(p); born != 0 {
			return processKey(f.lowerName(p), pid, born, true)
		}
		return f.lowerName(p) + "|" + pid + "|" + epochKey
	}
	nanos, known := f.events.time(f.number[p])
	return processKey(f.lowerName(p), pid, nanos, known)
}

func (f *Forest) isRoot(p int32) bool { return f.parent[p] < 0 }
func (f *Forest) isLeaf(p int32) bool { return f.size[p] == 1 && !f.bare[p] }
