package dataframe

import "math"

// distinctIDs numbers the distinct values of a column in order of first appearance: ids holds
// each row's number, -1 for null and NaN, and first the row where each number appears first.
func (c Column) distinctIDs() (ids, first []int32) {
	switch c.Kind() {
	case String:
		codes, texts := c.Codes()
		return numbered(len(codes), len(texts), func(i int) int { return int(codes[i]) })
	case Float:
		values := c.Floats()
		return hashed(len(values), func(i int) (uint64, bool) {
			return math.Float64bits(values[i] + 0), values[i] == values[i] // both zeros are one value
		})
	}
	values, missing := c.integers(), c.missing()
	if low, span, ok := narrowRange(values, missing); ok {
		return numbered(len(values), span, func(i int) int {
			if missing != nil && missing[i] {
				return -1
			}
			return int(values[i] - low)
		})
	}
	return hashed(len(values), func(i int) (uint64, bool) {
		return uint64(values[i]), missing == nil || !missing[i]
	})
}

// numbered is distinctIDs for keys 0 to most-1, -1 for null.
func numbered(n, most int, key func(i int) int) (ids, first []int32) {
	if most > 8*n+1024 { // a few rows with codes into a large dictionary
		return hashed(n, func(i int) (uint64, bool) { return uint64(key(i)), key(i) >= 0 })
	}
	known := make([]int32, most) // number+1
	ids = make([]int32, n)
	for i := range ids {
		k := key(i)
		if k < 0 {
			ids[i] = -1
			continue
		}
		if known[k] == 0 {
			first = append(first, int32(i))
			known[k] = int32(len(first))
		}
		ids[i] = known[k] - 1
	}
	return ids, first
}

// hashed is distinctIDs for keys of any size; ok is false for null.
func hashed(n int, key func(i int) (k uint64, ok bool)) (ids, first []int32) {
	known := map[uint64]int32{}
	ids = make([]int32, n)
	for i := range ids {
		k, ok := key(i)
		if !ok {
			ids[i] = -1
			continue
		}
		id, seen := known[k]
		if !seen {
			id = int32(len(first))
			known[k] = id
			first = append(first, int32(i))
		}
		ids[i] = id
	}
	return ids, first
}

// narrowRange tells the least value and how many numbers lie from it to the greatest, when
// they are few enough for a table.
func narrowRange(values []int64, missing []bool) (low int64, span int, ok bool) {
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for i, v := range values {
		if missing == nil || !missing[i] {
			low, high = min(low, v), max(high, v)
		}
	}
	if high < low {
		return 0, 0, true
	}
	wide := uint64(high) - uint64(low)
	return low, int(wide) + 1, wide < uint64(4*len(values)+1024)
}

// combined numbers the distinct pairs of two numberings; a null in either is a value of its own.
func combined(a []int32, countA int, b []int32, countB int) (ids, first []int32) {
	side := uint64(countB) + 1
	pair := func(i int) uint64 { return uint64(a[i]+1)*side + uint64(b[i]+1) }
	if all := (uint64(countA) + 1) * side; all <= uint64(4*len(a)+1024) {
		return numbered(len(a), int(all), func(i int) int { return int(pair(i)) })
	}
	return hashed(len(a), func(i int) (uint64, bool) { return pair(i), true })
}
