package ptree

import (
	"math"
	"math/bits"
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

// buckets are the entries of a log by host, in the order of the hosts' names, and a host's by ranges
// of time. The last bucket of a host has its entries without a time.
type buckets struct {
	entries []entry
	from    []int32 // by bucket, and the end of the last
	first   []int32 // bucket, by place of the host, and the end of the last
	host    []int32 // code by place
}

func (b *buckets) hosts() int              { return len(b.host) }
func (b *buckets) bucket(at int32) []entry { return b.entries[b.from[at]:b.from[at+1]] }
func (b *buckets) untimed(h int) []entry   { return b.bucket(b.first[h+1] - 1) }

// mostRanges bounds the places that one pass writes to, so that they stay in a processor's cache.
const mostRanges = 1 << 14

// eachRange is how many entries a range of time has on average, of a host that has all.
const eachRange = 8

// fewHosts are put into ranges of time at once; every one of more hosts fits a processor's cache.
const fewHosts = 64

// timeline is how times become numbers of ranges: by what is above the shift, from low on.
type timeline struct {
	low   int64
	shift int
}

func (t timeline) rangeOf(nanos int64) int32 {
	return int32((uint64(nanos) - uint64(t.low)) >> t.shift)
}

// rangesFor makes about as many ranges as there are events, all equally long.
func rangesFor(n int, low, high int64) (t timeline, ranges int) {
	width := bits.Len64(uint64(high) - uint64(low))
	t = timeline{low, max(0, width-bits.Len(uint(min(n, mostRanges))))}
	return t, int(t.rangeOf(high)) + 1
}

// scattering puts the rows of a log into buckets.
type scattering struct {
	*buckets
	timeline
	several bool // ranges of time
	nanos   []int64
	from    identityCoding
	untimed func(row int) bool // nil when all rows have a time
	leave   []bool             // rows to be left out; nil for none
	bucket  []int32            // a host's first, by its code plus one
	last    []int32            // and its last
	ends    [][]int32          // by part of the log, then by bucket: where its next entry goes
}

// scatter fills the buckets in the order of the log's rows, but for those to be left out.
func scatter(stamps dataframe.Column, id *identities, from identityCoding, leave []bool) *buckets {
	b := &buckets{host: hostOrder(id, from.host)}
	s := &scattering{buckets: b, nanos: stamps.Nanos(), from: from, leave: leave}
	if stamps.Nulls() > 0 {
		s.untimed = stamps.IsNull
	}
	s.divide()
	parts := parted(len(s.nanos), runtime.GOMAXPROCS(0))
	s.ends = make([][]int32, len(parts))
	each(len(parts)+1, len(s.nanos), func(_ *struct{}, k int) {
		if k == 0 { // clearing new memory takes as long as counting
			b.entries = make([]entry, len(s.nanos))
		} else {
			s.ends[k-1] = s.count(parts[k-1])
		}
	})
	b.entries = b.entries[:s.places()]
	each(len(parts), len(s.nanos), func(_ *struct{}, k int) { s.put(parts[k], s.ends[k]) })
	return b
}

// divide gives every host its buckets.
func (s *scattering) divide() {
	ranges := 1
	if s.hosts() <= fewHosts && len(s.nanos) > 0 {
		low, high := s.period()
		s.timeline, ranges = rangesFor(min(len(s.nanos)/eachRange, mostRanges/s.hosts()), low, high)
	}
	s.several = ranges > 1
	s.bucket, s.last = make([]int32, len(s.host)+2), make([]int32, len(s.host)+2)
	s.first = make([]int32, 1, len(s.host)+1)
	for place, code := range s.host {
		at := s.first[place]
		s.bucket[code+1], s.last[code+1] = at, at+int32(ranges)
		s.first = append(s.first, at+int32(ranges)+1)
	}
}

// period is from when to when the rows are that have a time.
func (s *scattering) period() (low, high int64) {
	low, high = math.MaxInt64, math.MinInt64
	for row, at := range s.nanos {
		if s.untimed == nil || !s.untimed(row) {
			low, high = min(low, at), max(high, at)
		}
	}
	return min(low, high), high
}

// count tells how many rows of a part of the log each bucket gets.
func (s *scattering) count(p part) []int32 {
	out := make([]int32, s.first[s.hosts()])
	var b codedBlock
	for from := p.from; from < p.to; from += blockRows {
		n := min(blockRows, p.to-from)
		s.from.host.fill(b.host[:n], from)
		s.sortOut(&b, from, n)
		for _, at := range b.bucket[:n] {
			if at >= 0 {
				out[at]++
			}
		}
	}
	return out
}

// sortOut finds the buckets of a block of rows, -1 for those that are left out.
func (s *scattering) sortOut(b *codedBlock, from, n int) {
	bucket, nanos := b.bucket[:n], s.nanos[from:from+n]
	for i, code := range b.host[:n] {
		bucket[i] = s.bucket[code+1]
	}
	if s.several {
		for i, at := range nanos {
			bucket[i] += s.rangeOf(at)
		}
	}
	if s.untimed != nil {
		for i := range bucket {
			if s.untimed(from + i) {
				bucket[i] = s.last[b.host[i]+1]
			}
		}
	}
	if s.leave != nil {
		for i, leave := range s.leave[from : from+n] {
			if leave {
				bucket[i] = -1
			}
		}
	}
}

// places gives every bucket its place, makes the counts the places where the parts of the log
// begin to write, and returns how many entries there are.
func (s *scattering) places() int32 {
	s.buckets.from = make([]int32, s.first[s.hosts()]+1)
	sum := int32(0)
	for at := range s.first[s.hosts()] {
		s.buckets.from[at] = sum
		for k := range s.ends {
			s.ends[k][at], sum = sum, sum+s.ends[k][at]
		}
	}
	s.buckets.from[s.first[s.hosts()]] = sum
	return sum
}

// put writes the entries of a part of the log.
func (s *scattering) put(p part, place []int32) {
	var b codedBlock
	for from := p.from; from < p.to; from += blockRows {
		n := min(blockRows, p.to-from)
		b.read(&s.from, from, n)
		s.sortOut(&b, from, n)
		nanos := s.nanos[from : from+n]
		for i, at := range b.bucket[:n] {
			if at < 0 {
				continue
			}
			to := &place[at]
			e := &s.entries[*to]
			*to++
			// field by field: a whole entry would be put together elsewhere, and reading it from there waits for that
			e.nanos, e.row = nanos[i], int32(from+i)
			b.put(e, i)
		}
	}
}

// hostOrder lists the codes of hosts in the order of their names, the unknown one first, if there
// is one. Without a column of hosts all have the code 0.
func hostOrder(id *identities, of coding) []int32 {
	if !id.hosts {
		return []int32{0}
	}
	var out []int32
	if of.nulls {
		out = append(out, -1)
	}
	known := len(out)
	for code := range id.hostNames {
		out = append(out, int32(code))
	}
	slices.SortFunc(out[known:], func(a, b int32) int { return strings.Compare(id.hostNames[a], id.hostNames[b]) })
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

// hand makes the entries the events.
func (b *buckets) hand(e *creations) {
	e.entries, e.hosts = b.entries, &byHost{from: []int32{0}}
	for h := range b.hosts() {
		end := b.from[b.first[h+1]]
		e.hosts.from = append(e.hosts.from, end)
		if len(b.untimed(h)) == 0 {
			continue
		}
		if e.untimed == nil {
			e.untimed = make([]bool, len(b.entries))
		}
		for i := end - int32(len(b.untimed(h))); i < end; i++ {
			e.untimed[i] = true
		}
	}
}
