package ptree

import "slices"

// dropRepeated takes out, of the entries at some places, those whose rows repeat another.
func (b *buckets) dropRepeated(same comparison, suspects []int32, found *Findings) {
	if len(suspects) == 0 {
		return
	}
	of := make([]int32, len(suspects))
	for i, at := range suspects {
		of[i] = b.entries[at].row
	}
	repeated := repeatedRows(same, of, found)
	places := slices.DeleteFunc(suspects, func(at int32) bool { return !repeated[b.entries[at].row] })
	slices.Sort(places)
	gone := 0 // before the bucket
	for i, from := range b.from {
		for gone < len(places) && places[gone] < from {
			gone++
		}
		b.from[i] = from - int32(gone)
	}
	b.entries = without(b.entries, places)
}

// without takes out what is at some places, which are in order.
func without[T any](values []T, places []int32) []T {
	to := 0
	for i, at := range places {
		next := len(values)
		if i+1 < len(places) {
			next = int(places[i+1])
		}
		if i == 0 {
			to = int(at)
		}
		to += copy(values[to:], values[at+1:next])
	}
	return values[:len(values)-len(places)]
}
