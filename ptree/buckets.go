package ptree

import (
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// entry is one process creation of a log with what linking needs, in half a cache line: its time,
// its row of the log, and who it is as codes, see [identities].
type entry struct {
	nanos            int64
	row              int32
	host             int32
	pid, parentID    int32
	name, parentName int32
}

// buckets are the entries of a log by host, in the order of the hosts' names. Bucket 2h has
// those with a time, bucket 2h+1 those without.
type buckets struct {
	entries []entry
	from    []int32 // and the end of the last
	host    []int32 // code by place
}

func (b *buckets) hosts() int            { return len(b.host) }
func (b *buckets) timed(h int) []entry   { return b.entries[b.from[2*h]:b.from[2*h+1]] }
func (b *buckets) untimed(h int) []entry { return b.entries[b.from[2*h+1]:b.from[2*h+2]] }

// scattering puts the rows of a log into buckets.
type scattering struct {
	*buckets
	nanos   []int64
	from    identityCoding
	untimed func(row int) bool // nil when all rows have a time
	leave   []bool             // rows to be left out; nil for none
	bucket  []int32            // by the host's code plus one
	ends    [][]int32          // by part of the log, then by bucket: where its next entry goes
}

// scatter fills the buckets in the order of the log's rows, but for those to be left out.
func scatter(stamps dataframe.Column, id *identities, from identityCoding, leave []bool) *buckets {
	b := &buckets{host: hostOrder(id)}
	s := &scattering{buckets: b, nanos: stamps.Nanos(), from: from, leave: leave, bucket: make([]int32, len(b.host)+1)}
	for place, code := range b.host {
		s.bucket[code+1] = 2 * int32(place)
	}
	if stamps.Nulls() > 0 {
		s.untimed = stamps.IsNull
	}
	parts := parted(len(s.nanos), runtime.GOMAXPROCS(0))
	s.ends = make([][]int32, len(parts))
	each(len(parts)+1, func(_ *struct{}, k int) {
		if k == 0 { // clearing new memory takes as long as counting
			b.entries = make([]entry, len(s.nanos))
		} else {
			s.ends[k-1] = s.count(parts[k-1])
		}
	})
	b.entries = b.entries[:s.places()]
	each(len(parts), func(_ *struct{}, k int) { s.put(parts[k], s.ends[k]) })
	return b
}

// count tells how many rows of a part of the log each bucket gets.
func (s *scattering) count(p part) []int32 {
	out := make([]int32, 2*s.hosts())
	var host [blockRows]int32
	for from := p.from; from < p.to; from += blockRows {
		in := host[:min(blockRows, p.to-from)]
		s.from.host.fill(in, from)
		for i, code := range in {
			if at := s.at(code, from+i); at >= 0 {
				out[at]++
			}
		}
	}
	return out
}

// at is a row's bucket, -1 for one that is left out.
func (s *scattering) at(host int32, row int) int32 {
	switch {
	case s.leave != nil && s.leave[row]:
		return -1
	case s.untimed != nil && s.untimed(row):
		return s.bucket[host+1] + 1
	}
	return s.bucket[host+1]
}

// places gives every bucket its place, makes the counts the places where the parts of the log
// begin to write, and returns how many entries there are.
func (s *scattering) places() int32 {
	s.buckets.from = make([]int32, 2*s.hosts()+1)
	sum := int32(0)
	for at := range 2 * s.hosts() {
		s.buckets.from[at] = sum
		for k := range s.ends {
			s.ends[k][at], sum = sum, sum+s.ends[k][at]
		}
	}
	s.buckets.from[2*s.hosts()] = sum
	return sum
}

// put writes the entries of a part of the log.
func (s *scattering) put(p part, place []int32) {
	var b codedBlock
	for from := p.from; from < p.to; from += blockRows {
		n := min(blockRows, p.to-from)
		b.read(&s.from, from, n)
		for i := range n {
			at := s.at(b.host[i], from+i)
			if at < 0 {
				continue
			}
			s.entries[place[at]] = entry{s.nanos[from+i], int32(from + i), b.host[i], b.pid[i], b.parentID[i], b.name[i], b.parentName[i]}
			place[at]++
		}
	}
}

// hostOrder lists the codes of hosts in the order of their names, the unknown one first. Without
// a column of hosts all have the code 0.
func hostOrder(id *identities) []int32 {
	if !id.hosts {
		return []int32{0}
	}
	out := []int32{-1}
	for code := range id.hostNames {
		out = append(out, int32(code))
	}
	slices.SortFunc(out[1:], func(a, b int32) int { return strings.Compare(id.hostNames[a], id.hostNames[b]) })
	return out
}

// part is a stretch of rows.
type part struct{ from, to int }

func parted(n, parts int) []part {
	out := make([]part, parts)
	for k := range out {
		out[k] = part{n * k / parts, n * (k + 1) / parts}
	}
	return out
}

// drop takes rows out, and reports whether there were any.
func (b *buckets) drop(rows map[int32]bool) bool {
	if len(rows) == 0 {
		return false
	}
	gone := make([]bool, slices.Max(slices.Collect(maps.Keys(rows)))+1)
	for row := range rows {
		gone[row] = true
	}
	to := int32(0)
	for at := range len(b.from) - 1 {
		from := b.from[at]
		b.from[at] = to
		for _, e := range b.entries[from:b.from[at+1]] {
			if int(e.row) >= len(gone) || !gone[e.row] {
				b.entries[to] = e
				to++
			}
		}
	}
	b.from[len(b.from)-1] = to
	b.entries = b.entries[:to]
	return true
}

// hand makes the entries the events; rows are theirs.
func (b *buckets) hand(e *creations, rows []int32) {
	e.entries, e.rows, e.hosts = b.entries, rows, &byHost{from: []int32{0}}
	for h := range b.hosts() {
		e.hosts.from = append(e.hosts.from, b.from[2*h+2])
		if len(b.untimed(h)) == 0 {
			continue
		}
		if e.untimed == nil {
			e.untimed = make([]bool, len(b.entries))
		}
		for i := b.from[2*h+1]; i < b.from[2*h+2]; i++ {
			e.untimed[i] = true
		}
	}
}

// rowsOf writes down the rows of a host, and reports whether all of them tell the ids of the process
// and of its parent.
func (b *buckets) rowsOf(h int, rows []int32) (complete bool) {
	complete = true
	for i := b.from[2*h]; i < b.from[2*h+2]; i++ {
		e := &b.entries[i]
		rows[i], complete = e.row, complete && e.pid >= 0 && e.parentID >= 0
	}
	return complete
}
