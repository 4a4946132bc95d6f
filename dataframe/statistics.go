package dataframe

import (
	"math"
	"slices"
)

// The statistics of this file leave out null and NaN, as pandas does. Mean, Sum, Std, Median
// and Quantile work on integers, numbers and bools (true is 1); on text and times they are a
// panic with a [*UsageError].

// Count returns the number of values that are not null.
func (c Column) Count() int {
	if c.Kind() == Float {
		return len(c.present("Count"))
	}
	return c.Len() - c.Nulls()
}

// Sum adds the values; the sum of none is 0.
func (c Column) Sum() float64 {
	if c.Kind() == Int { // exactly, in two halves
		var high, low int64
		for i, v := range c.Ints() {
			if !c.IsNull(i) {
				high, low = high+v>>32, low+v&(1<<32-1)
			}
		}
		return float64(high+low>>32)*(1<<32) + float64(low&(1<<32-1))
	}
	return sum(c.present("Sum"))
}

// Mean returns the arithmetic mean, NaN when there are no values.
func (c Column) Mean() float64 {
	if c.Kind() == Int {
		return c.Sum() / float64(c.Count())
	}
	values := c.present("Mean")
	return sum(values) / float64(len(values))
}

// Std returns the standard deviation of a sample (divided by n-1), NaN below two values.
func (c Column) Std() float64 { return std(c.present("Std")) }

// Median returns the middle value, or the mean of the two in the middle; NaN without values.
func (c Column) Median() float64 { return c.Quantile(0.5) }

// Quantile returns the value below which the fraction q of the values lies, between neighbours
// in proportion (pandas' linear); NaN without values.
func (c Column) Quantile(q float64) float64 {
	if !(q >= 0 && q <= 1) {
		panic(usage("Quantile(%v): give a fraction from 0 to 1", q))
	}
	values := c.present("Quantile")
	slices.Sort(values)
	return quantile(values, q)
}

// Min returns the least value as string, int64, float64, bool or time.Time, nil when there is none.
func (c Column) Min() any { return c.extreme(false) }

// Max returns the greatest value as string, int64, float64, bool or time.Time, nil when there is none.
func (c Column) Max() any { return c.extreme(true) }

func (c Column) extreme(greatest bool) any {
	if row := extremes(c, make([]int32, c.Len()), 1, greatest)[0]; row >= 0 {
		return c.Value(int(row))
	}
	return nil
}

// Unique returns the distinct values in order of first appearance; null counts as one.
func (c Column) Unique() Column {
	ids, first := c.distinctIDs()
	if at := slices.Index(ids, -1); at >= 0 {
		where, _ := slices.BinarySearch(first, int32(at))
		first = slices.Insert(first, where, int32(at))
	}
	return c.Take(first)
}

// NUnique returns the number of distinct values, null left out.
func (c Column) NUnique() int {
	_, first := c.distinctIDs()
	return len(first)
}

// ValueCounts returns how often each value occurs, most frequent first, then in order of
// first appearance: a frame of the column and "count". Null is left out.
func (c Column) ValueCounts() DataFrame {
	ids, first := c.distinctIDs()
	counts := make([]int64, len(first))
	for _, id := range ids {
		if id >= 0 {
			counts[id]++
		}
	}
	name := "count"
	if c.name == name {
		name = "count_1"
	}
	return New(c.Take(first), Ints(name, counts)).Sort(Desc(name)).ResetIndex()
}

// present returns the values as numbers without null and NaN, in a slice of its own.
func (c Column) present(verb string) []float64 {
	return slices.DeleteFunc(c.numbers(verb), math.IsNaN)
}

// numbers returns the rows as numbers, null as NaN, in a slice of its own.
func (c Column) numbers(verb string) []float64 {
	switch c.Kind() {
	case Int, Float:
		return c.Floats()
	case Bool:
		out := make([]float64, c.Len())
		for i, v := range c.integers() {
			out[i] = float64(v)
			if c.IsNull(i) {
				out[i] = math.NaN()
			}
		}
		return out
	}
	panic(usage("column %s holds %s: %s needs numbers", Clip(c.name), plural[c.Kind()], verb))
}

// sum adds with Kahan's and Neumaier's correction, so that the order matters little.
func sum(values []float64) float64 {
	total, lost := 0.0, 0.0
	for _, v := range values {
		t := total + v
		if math.Abs(total) >= math.Abs(v) {
			lost += (total - t) + v
		} else {
			lost += (v - t) + total
		}
		total = t
	}
	if math.IsInf(total, 0) || math.IsNaN(lost) {
		return total
	}
	return total + lost
}

func std(values []float64) float64 {
	if len(values) < 2 {
		return math.NaN()
	}
	mean := sum(values) / float64(len(values))
	squares := make([]float64, len(values))
	for i, v := range values {
		squares[i] = (v - mean) * (v - mean)
	}
	return math.Sqrt(sum(squares) / float64(len(values)-1))
}

// quantile reads a quantile off sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := q * float64(len(sorted)-1)
	low := int(at)
	if low+1 == len(sorted) || sorted[low] == sorted[low+1] {
		return sorted[low]
	}
	part := at - float64(low)
	return sorted[low]*(1-part) + sorted[low+1]*part
}
