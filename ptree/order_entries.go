package ptree

// fewEntries are sorted one by one.
const fewEntries = 24

// sorting is scratch memory for sorting entries by their times alone: half an entry, and many are
// moved several times.
type sorting struct {
	stamps, sorted []stamped
	place          []int32
}

// sort sorts entries by time, equal times in their order.
func (s *sorting) sort(in []entry) {
	if len(in) <= fewEntries {
		insertEntries(in)
		return
	}
	s.stamps = resized(s.stamps, len(in))
	inOrder, before := true, uint64(0)
	for i := range in {
		after := uint64(in[i].nanos) ^ 1<<63 // in the order of the signed ones
		inOrder, before = inOrder && before <= after, after
		s.stamps[i].after, s.stamps[i].row = after, int32(i)
	}
	if inOrder {
		return
	}
	s.sorted = resized(s.sorted, len(in))
	s.place = s.sortStamps(s.sorted, s.place)
	permute(in, s.sorted)
}

// permute brings entries into the order of their stamps, circle by circle. The stamps' rows are lost.
func permute(in []entry, by []stamped) {
	for i := range by {
		from := by[i].row
		if from == int32(i) {
			continue
		}
		first, at := in[i], int32(i)
		for from != int32(i) {
			in[at] = in[from]
			by[at].row = at
			at, from = from, by[from].row
		}
		in[at] = first
		by[at].row = at
	}
}

// sortStamps sorts the stamps by time, equal times in their order: once into ranges of time that hold
// one each where events come evenly, then the larger ranges for themselves, and then neighbours. It
// has, and returns, memory for the places of the ranges.
func (s *sorting) sortStamps(out []stamped, place []int32) []int32 {
	in := s.stamps[:len(out)]
	low, high := in[0].after, in[0].after
	for i := range in {
		low, high = min(low, in[i].after), max(high, in[i].after)
	}
	line, ranges := rangesFor(len(in), int64(low), int64(high))
	place = resized(place, ranges)
	clear(place)
	for i := range in {
		place[line.rangeOf(int64(in[i].after))]++
	}
	sum, most := int32(0), int32(0)
	for r, n := range place {
		place[r] = sum
		sum, most = sum+n, max(most, n)
	}
	for i := range in {
		at := &place[line.rangeOf(int64(in[i].after))]
		out[*at] = in[i]
		*at++
	}
	if most > fewEntries && low < high {
		from := int32(0)
		for _, to := range place { // the place of a range is now its end
			if to-from > fewEntries {
				copy(s.stamps, out[from:to])
				s.sortStamps(out[from:to], nil)
			}
			from = to
		}
	}
	insertStamps(out)
	return place
}

func insertStamps(in []stamped) {
	for i := 1; i < len(in); i++ {
		e, at := in[i], i
		for ; at > 0 && in[at-1].after > e.after; at-- {
			in[at] = in[at-1]
		}
		in[at] = e
	}
}

func insertEntries(in []entry) {
	for i := 1; i < len(in); i++ {
		e, at := in[i], i
		for ; at > 0 && in[at-1].nanos > e.nanos; at-- {
			in[at] = in[at-1]
		}
		in[at] = e
	}
}
