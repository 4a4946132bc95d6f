package dataframe

import (
	"math"
	"slices"
	"strings"
)

// Order is one key of [DataFrame.Sort], made by [Asc] or [Desc].
type Order struct {
	Column     string
	Descending bool
}

// Asc sorts by a column from small to large, which is what a name alone does too.
func Asc(col string) Order { return Order{Column: col} }

// Desc sorts by a column from large to small.
func Desc(col string) Order { return Order{Column: col, Descending: true} }

// Sort returns the rows in the order of one or more columns: names, or [Desc] of names.
// Rows that are equal keep their order. Null and NaN come last either way, as in pandas; text
// compares byte by byte, and false comes before true.
//
//	df.Sort("host", dataframe.Desc("time"))
func (d DataFrame) Sort(by ...any) DataFrame {
	orders := make([]Order, len(by))
	for i, b := range by {
		switch b := b.(type) {
		case string:
			orders[i] = Asc(b)
		case Order:
			orders[i] = b
		default:
			panic(usage("Sort by %s: give column names or dataframe.Desc(name)", typeName(b)))
		}
	}
	return d.Take(d.sorted(orders))
}

// sorted returns all row numbers in order: the last key first, each pass stable.
func (d DataFrame) sorted(orders []Order) []int32 {
	for _, o := range orders {
		d.Col(o.Column) // an unknown name panics before any work is done
	}
	rows := make([]int32, d.Nrow())
	for i := range rows {
		rows[i] = int32(i)
	}
	for _, o := range slices.Backward(orders) {
		keys, missing := d.Col(o.Column).sortKeys()
		if o.Descending {
			for i := range keys {
				keys[i] = ^keys[i]
			}
		}
		rows = nullsLast(radix(rows, keys), missing)
	}
	return rows
}

// sortKeys maps each row to a number that sorts as the values do, and marks rows without a
// value, or returns nil when every row has one.
func (c Column) sortKeys() (keys []uint64, missing []bool) {
	keys = make([]uint64, c.Len())
	switch c.Kind() {
	case String:
		codes, texts := c.Codes()
		ranks := textRanks(codes, texts)
		for i, code := range codes {
			if code >= 0 {
				keys[i] = uint64(ranks[code])
			}
		}
	case Float:
		missing = make([]bool, len(keys))
		for i, v := range c.Floats() {
			keys[i], missing[i] = floatKey(v), v != v
		}
		return keys, missing
	default:
		for i, v := range c.integers() {
			keys[i] = uint64(v) ^ 1<<63
		}
	}
	return keys, c.missing()
}

// missing marks the rows that are null; nil when none is.
func (c Column) missing() []bool {
	if c.Nulls() == 0 {
		return nil
	}
	out := make([]bool, c.Len())
	for i := range out {
		out[i] = c.IsNull(i)
	}
	return out
}

// floatKey orders the bits of numbers as the numbers; both zeros are the same.
func floatKey(v float64) uint64 {
	b := math.Float64bits(v + 0)
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}

// textRanks returns the place of each text that occurs among the sorted texts.
func textRanks(codes []int32, texts []string) []int32 {
	used := make([]bool, len(texts))
	for _, c := range codes {
		if c >= 0 {
			used[c] = true
		}
	}
	order := make([]int32, 0, min(len(texts), len(codes)))
	for c, u := range used {
		if u {
			order = append(order, int32(c))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(texts[a], texts[b]) })
	ranks := make([]int32, len(texts))
	for i, c := range order {
		ranks[c] = int32(i)
		if i > 0 && texts[c] == texts[order[i-1]] {
			ranks[c] = ranks[order[i-1]]
		}
	}
	return ranks
}
