package ptree

// leastSpare is enough scratch memory for most ranges of time.
const leastSpare = 512

// fewEntries are sorted one by one.
const fewEntries = 24

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
	line, ranges := rangesFor(len(in), low, high)
	*spare = resized(*spare, max(len(in), leastSpare))
	out := (*spare)[:len(in)]
	copy(out, in)
	place := make([]int32, ranges+1)
	for i := range out {
		place[line.rangeOf(out[i].nanos)+1]++
	}
	for r := 1; r < len(place); r++ {
		place[r] += place[r-1]
	}
	for i := range out {
		at := &place[line.rangeOf(out[i].nanos)]
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

func insertionSort(in []entry) {
	for i := 1; i < len(in); i++ {
		e, at := in[i], i
		for ; at > 0 && in[at-1].nanos > e.nanos; at-- {
			in[at] = in[at-1]
		}
		in[at] = e
	}
}
