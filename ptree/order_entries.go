package ptree

import (
	"math/bits"
)

// fewEntries are sorted one by one.
const fewEntries = 24

// mostRanges bounds the places that one pass writes to, so that they stay in a processor's cache.
const mostRanges = 1 << 14

// sortEntries sorts entries by time, equal times in their order: once by ranges of time that hold
// one entry each where events come evenly, then each range for itself.
func sortEntries(in []entry, spare *[]entry) {
	if len(in) <= fewEntries {
		insertionSort(in)
		return
	}
	low, high, sorted := in[0].nanos, in[0].nanos, true
	for i := range in {
		at := in[i].nanos
		sorted = sorted && high <= at
		low, high = min(low, at), max(high, at)
	}
	if sorted {
		return
	}
	shift := rangeShift(len(in), low, high)
	rangeOf := func(e *entry) uint64 { return (uint64(e.nanos) - uint64(low)) >> shift }
	*spare = resized(*spare, len(in))
	out := (*spare)[:len(in)]
	copy(out, in)
	place := make([]int32, rangeOf(&entry{nanos: high})+2)
	for i := range out {
		place[rangeOf(&out[i])+1]++
	}
	for r := 1; r < len(place); r++ {
		place[r] += place[r-1]
	}
	for i := range out {
		at := &place[rangeOf(&out[i])]
		in[*at] = out[i]
		*at++
	}
	for from, r := int32(0), 0; r < len(place)-1; r++ { // the place of a range is now its end
		if to := place[r]; to-from > 1 {
			sortEntries(in[from:to], spare)
		}
		from = place[r]
	}
}

// rangeShift is by how many bits a time is shortened to give the number of its range.
func rangeShift(n int, low, high int64) int {
	width := bits.Len64(uint64(high) - uint64(low))
	return max(0, width-bits.Len(uint(min(n, mostRanges))))
}

func insertionSort(in []entry) {
	for i := 1; i < len(in); i++ {
		e, at := in[i], i
		for ; at > 0 && in[at-1].nanos > e.nanos; at-- {
			in[at] = in[at-1]
		}
		in[at] = e
	}
}
