package ptree

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// byTime sorts rows by time, rows without one last, equal times in their order.
func byTime(rows []int32, stamps dataframe.Column) {
	nanos := stamps.Nanos()
	timed := rows
	if stamps.Nulls() > 0 {
		timed = timedFirst(rows, stamps)
	}
	if slices.IsSortedFunc(timed, func(a, b int32) int { return cmp.Compare(nanos[a], nanos[b]) }) {
		return
	}
	sortStamped(timed, nanos)
}

// timedFirst moves the rows without a time to the end and returns the others.
func timedFirst(rows []int32, stamps dataframe.Column) []int32 {
	var last []int32
	timed := rows[:0]
	for _, r := range rows {
		if stamps.IsNull(int(r)) {
			last = append(last, r)
		} else {
			timed = append(timed, r)
		}
	}
	copy(rows[len(timed):], last)
	return timed
}

// stamped is a row and how long after some moment it was.
type stamped struct {
	after uint64
	row   int32
}

// sortStamped sorts rows by time: first by the time's uppermost bits into buckets that fit a
// processor's cache, then each bucket by the rest, digit by digit. Both are stable.
func sortStamped(rows []int32, nanos []int64) {
	low, high := nanos[rows[0]], nanos[rows[0]]
	for _, r := range rows {
		low, high = min(low, nanos[r]), max(high, nanos[r])
	}
	width := bits.Len64(uint64(high) - uint64(low))
	top := min(bits.Len(uint(len(rows)/4096)), width, 12)
	shift := width - top
	ends := make([]int32, 1<<top)
	for _, r := range rows {
		ends[(uint64(nanos[r])-uint64(low))>>shift]++
	}
	sum := int32(0)
	for b, n := range ends {
		ends[b] = sum
		sum += n
	}
	placed := make([]stamped, len(rows))
	for _, r := range rows {
		after := uint64(nanos[r]) - uint64(low)
		b := after >> shift
		placed[ends[b]] = stamped{after, r}
		ends[b]++
	}
	each(len(ends), len(rows), func(spare *[]stamped, b int) {
		from := int32(0)
		if b > 0 {
			from = ends[b-1]
		}
		sorted := digitSorted(placed[from:ends[b]], spare, shift)
		for i, s := range sorted {
			rows[int(from)+i] = s.row
		}
	})
}

const digit = 8 // bits

// digitSorted sorts by the lowest bits and returns the result, which may be in the spare memory.
func digitSorted(in []stamped, spare *[]stamped, width int) []stamped {
	if len(in) < 64 {
		slices.SortStableFunc(in, func(a, b stamped) int { return cmp.Compare(a.after, b.after) })
		return in
	}
	if cap(*spare) < len(in) {
		*spare = make([]stamped, len(in)+len(in)/4)
	}
	out := (*spare)[:len(in)]
	for shift := 0; shift < width; shift += digit {
		var place [1 << digit]int32
		for i := range in {
			place[byte(in[i].after>>shift)]++
		}
		sum := int32(0)
		for d, n := range place {
			place[d] = sum
			sum += n
		}
		for i := range in {
			d := byte(in[i].after >> shift)
			out[place[d]] = in[i]
			place[d]++
		}
		in, out = out, in
	}
	return in
}
