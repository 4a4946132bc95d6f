package ptree

import (
	"slices"
	"sync"
)

// hostIndex tells which of a forest's processes and findings are of which host. It is made when somebody asks.
type hostIndex struct {
	names []string         // of all hosts, sorted; "", where none is named, is the first
	place map[string]int32 // the other way round
	of    []int32          // by code of a process's host plus one: its place
	rows  []int32          // by row of the log: the code of its host there; nil where the log names no hosts
	ofRow []int32          // by that code plus one: its place

	processes    grouped // positions
	findingsOnce sync.Once
	findings     grouped // places in the list
}

// grouped are numbers from 0 on, group by group, those of one in their order.
type grouped struct {
	from    []int32 // by group, and the end of the last
	members []int32
}

// group puts n numbers in groups; of says in which, -1 for none.
func group(n, groups int, of func(i int32) int32) grouped {
	g := grouped{from: make([]int32, groups+2)}
	for i := range int32(n) {
		g.from[of(i)+2]++
	}
	none := g.from[1]
	g.from = g.from[1:]
	g.from[0] = 0
	for k := range groups {
		g.from[k+1] += g.from[k]
	}
	g.members = make([]int32, n-int(none))
	next := slices.Clone(g.from)
	for i := range int32(n) {
		if k := of(i); k >= 0 {
			g.members[next[k]] = i
			next[k]++
		}
	}
	return g
}

func (g *grouped) group(k int32) []int32 { return g.members[g.from[k]:g.from[k+1]] }

// hosts makes the index, but for the findings, of which some are made when somebody asks, too.
func (f *Forest) hosts() *hostIndex {
	f.hostsOnce.Do(func() {
		x := &hostIndex{}
		var words []string
		if f.schema.HostName != "" {
			x.rows, words = asText(f.log.Col(f.schema.HostName)).Codes()
		}
		x.names = append(slices.Concat(f.id.hostNames, words), "")
		slices.Sort(x.names)
		x.names = slices.Compact(x.names)
		x.place = make(map[string]int32, len(x.names))
		for i, name := range x.names {
			x.place[name] = int32(i)
		}
		x.of, x.ofRow = x.places(f.id.hostNames), x.places(words)
		x.processes = group(len(f.number), len(x.names), func(p int32) int32 { return f.hostPlace(x, p) })
		f.hostIndex = x
	})
	return f.hostIndex
}

// places are those of names, by code plus one; the code -1 is that of no name.
func (x *hostIndex) places(names []string) []int32 {
	out := make([]int32, len(names)+1)
	for code, name := range names {
		out[code+1] = x.place[name]
	}
	return out
}

// hostPlace is the place of a process's host among all.
func (f *Forest) hostPlace(x *hostIndex, p int32) int32 {
	if !f.id.hosts {
		return 0
	}
	return x.of[f.id.of[f.teller(p)].host+1]
}

// findingsOf are the places in the list of a host's findings.
func (x *hostIndex) findingsOf(list []Finding, place int32) []int32 {
	x.findingsOnce.Do(func() {
		x.findings = group(len(list), len(x.names), func(i int32) int32 {
			switch row := list[i].Row; {
			case row < 0:
				return -1
			case x.rows == nil:
				return 0
			default:
				return x.ofRow[x.rows[row]+1]
			}
		})
	})
	return x.findings.group(place)
}
