package ptree

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// entry is one row of a log with what linking needs, in half a cache line.
type entry struct {
	nanos            int64
	row              int32
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

// scatter fills the buckets in the order of the log's rows, but for those to be left out.
func scatter(stamps dataframe.Column, id *identities, leave []bool) *buckets {
	b := &buckets{host: hostOrder(id)}
	bucket := make([]int32, len(b.host)+1) // by code+1
	for place, code := range b.host {
		bucket[code+1] = 2 * int32(place)
	}
	nanos, gaps := stamps.Nanos(), stamps.Nulls() > 0
	of := func(row int) int32 {
		at := bucket[id.host[row]+1]
		if gaps && stamps.IsNull(row) {
			at++
		}
		return at
	}
	parts := parted(len(nanos), runtime.GOMAXPROCS(0))
	ends := make([][]int32, len(parts)) // by part of the log, then by bucket: where its next entry goes
	each(len(parts), func(_ *struct{}, k int) {
		ends[k] = make([]int32, 2*b.hosts())
		for row := parts[k].from; row < parts[k].to; row++ {
			if leave == nil || !leave[row] {
				ends[k][of(row)]++
			}
		}
	})
	b.from = make([]int32, 2*b.hosts()+1)
	sum := int32(0)
	for at := range 2 * b.hosts() {
		b.from[at] = sum
		for k := range ends {
			ends[k][at], sum = sum, sum+ends[k][at]
		}
	}
	b.from[2*b.hosts()] = sum
	b.entries = make([]entry, sum)
	each(len(parts), func(_ *struct{}, k int) {
		place := ends[k]
		for row := parts[k].from; row < parts[k].to; row++ {
			if leave == nil || !leave[row] {
				at := of(row)
				b.entries[place[at]] = entry{nanos[row], int32(row), id.pid[row], id.parentID[row], id.name[row], id.parentName[row]}
				place[at]++
			}
		}
	})
	return b
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

// spareSort is the scratch memory of sorting buckets.
type spareSort struct {
	order   []stamped
	spare   []stamped
	entries []entry
}

// sortTimed sorts the entries of a host that have a time.
func (b *buckets) sortTimed(h int, s *spareSort) {
	in := b.timed(h)
	if slices.IsSortedFunc(in, func(x, y entry) int { return cmp.Compare(x.nanos, y.nanos) }) {
		return
	}
	low, high := in[0].nanos, in[0].nanos
	for i := range in {
		low, high = min(low, in[i].nanos), max(high, in[i].nanos)
	}
	s.order, s.entries = resized(s.order, len(in)), resized(s.entries, len(in))
	for i := range in {
		s.order[i] = stamped{uint64(in[i].nanos) - uint64(low), int32(i)}
	}
	sorted := digitSorted(s.order, &s.spare, bits.Len64(uint64(high)-uint64(low)))
	copy(s.entries, in)
	for i, at := range sorted {
		in[i] = s.entries[at.row]
	}
}

// drop takes rows out.
func (b *buckets) drop(rows map[int32]bool) {
	if len(rows) == 0 {
		return
	}
	to := int32(0)
	for at := range len(b.from) - 1 {
		from := b.from[at]
		b.from[at] = to
		for _, e := range b.entries[from:b.from[at+1]] {
			if !rows[e.row] {
				b.entries[to] = e
				to++
			}
		}
	}
	b.from[len(b.from)-1] = to
	b.entries = b.entries[:to]
}

// hand gives the entries to the events, which take their numbers from them.
func (b *buckets) hand(e *creations, id *identities) {
	n := len(b.entries)
	e.rows, e.nanos = make([]int32, n), make([]int64, n)
	e.hosts = &byHost{from: make([]int32, b.hosts()+1)}
	for h := range b.hosts() {
		if len(b.untimed(h)) > 0 {
			e.untimed = make([]bool, n)
			break
		}
	}
	id.host = make([]int32, n)
	id.pid, id.parentID, id.name, id.parentName = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	each(b.hosts(), func(_ *struct{}, h int) {
		from, to := b.from[2*h], b.from[2*h+2]
		e.hosts.from[h+1] = to
		for i := from; i < to; i++ {
			x := &b.entries[i]
			e.rows[i], e.nanos[i] = x.row, x.nanos
			id.host[i], id.pid[i], id.parentID[i], id.name[i], id.parentName[i] = b.host[h], x.pid, x.parentID, x.name, x.parentName
			if e.untimed != nil && i >= b.from[2*h+1] {
				e.untimed[i] = true
			}
		}
	})
}
