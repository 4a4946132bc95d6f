package dataframe

// radix sorts row numbers by their keys, stably and in time linear in the rows: one pass for
// each byte of the keys in which they differ, the least significant first.
func radix(rows []int32, keys []uint64) []int32 {
	var counts [8][256]int32
	for _, r := range rows {
		k := keys[r]
		for b := range 8 {
			counts[b][byte(k>>(8*b))]++
		}
	}
	from, to := rows, make([]int32, len(rows))
	for b := range 8 {
		if trivial(&counts[b], len(rows)) {
			continue
		}
		place, sum := &counts[b], int32(0)
		for i, n := range place {
			place[i] = sum
			sum += n
		}
		for _, r := range from {
			digit := byte(keys[r] >> (8 * b))
			to[place[digit]] = r
			place[digit]++
		}
		from, to = to, from
	}
	return from
}

// trivial reports whether all keys have the same byte.
func trivial(counts *[256]int32, n int) bool {
	for _, c := range counts {
		if c > 0 {
			return int(c) == n
		}
	}
	return true
}

// nullsLast moves the marked rows behind the others, each part in its order.
func nullsLast(rows []int32, missing []bool) []int32 {
	if missing == nil {
		return rows
	}
	out, last := make([]int32, 0, len(rows)), make([]int32, 0)
	for _, r := range rows {
		if missing[r] {
			last = append(last, r)
		} else {
			out = append(out, r)
		}
	}
	return append(out, last...)
}
