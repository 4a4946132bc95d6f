package dataframe

import (
	"math"
	"slices"
)

// Aggregation is one statistic of each group for [Groups.Agg], made by [Count], [Sum], [Mean],
// [Median], [Std], [Min], [Max], [First], [Last] and [NUnique]. Null and NaN are left out; a
// group without values gets null, but 0 from Count, Sum and NUnique.
type Aggregation struct {
	Name string // of the result's column: "x_mean" unless As changed it

	column func(g Groups) Column
}

// As gives the result another name.
func (a Aggregation) As(name string) Aggregation {
	a.Name = name
	return a
}

// Count counts the rows of each group, as a column "count".
func Count() Aggregation {
	return Aggregation{"count", func(g Groups) Column {
		counts := make([]int64, len(g.first))
		for _, id := range g.ids {
			counts[id]++
		}
		return Ints("", counts)
	}}
}

// Sum adds the values: integers and bools as integers while they fit, numbers as numbers.
func Sum(col string) Aggregation {
	return Aggregation{col + "_sum", func(g Groups) Column {
		c := g.frame.Col(col)
		if c.Kind() == Int || c.Kind() == Bool {
			if sums, ok := integerSums(c, g); ok {
				return Ints("", sums)
			}
		}
		return g.numbers(c, "Sum", sum)
	}}
}

// integerSums adds integers; ok is false when a sum does not fit.
func integerSums(c Column, g Groups) (sums []int64, ok bool) {
	sums = make([]int64, len(g.first))
	for i, v := range c.integers() {
		if c.IsNull(i) {
			continue
		}
		old := sums[g.ids[i]]
		sums[g.ids[i]] = old + v
		if (old+v > old) != (v > 0) {
			return nil, false
		}
	}
	return sums, true
}

// Mean takes the arithmetic mean.
func Mean(col string) Aggregation {
	return Aggregation{col + "_mean", func(g Groups) Column {
		return g.numbers(g.frame.Col(col), "Mean", func(v []float64) float64 { return sum(v) / float64(len(v)) })
	}}
}

// Median takes the middle value.
func Median(col string) Aggregation {
	return Aggregation{col + "_median", func(g Groups) Column {
		return g.numbers(g.frame.Col(col), "Median", func(v []float64) float64 {
			slices.Sort(v)
			return quantile(v, 0.5)
		})
	}}
}

// Std takes the standard deviation of a sample; a group of fewer than two values gets null.
func Std(col string) Aggregation {
	return Aggregation{col + "_std", func(g Groups) Column { return g.numbers(g.frame.Col(col), "Std", std) }}
}

// Min takes the least value, of any kind.
func Min(col string) Aggregation {
	return Aggregation{col + "_min", func(g Groups) Column {
		c := g.frame.Col(col)
		return c.Take(extremes(c, g.ids, len(g.first), false))
	}}
}

// Max takes the greatest value, of any kind.
func Max(col string) Aggregation {
	return Aggregation{col + "_max", func(g Groups) Column {
		c := g.frame.Col(col)
		return c.Take(extremes(c, g.ids, len(g.first), true))
	}}
}

// First takes the first value that is not null.
func First(col string) Aggregation {
	return Aggregation{col + "_first", func(g Groups) Column { return g.picked(col, false) }}
}

// Last takes the last value that is not null.
func Last(col string) Aggregation {
	return Aggregation{col + "_last", func(g Groups) Column { return g.picked(col, true) }}
}

func (g Groups) picked(col string, last bool) Column {
	c := g.frame.Col(col)
	rows := filled(len(g.first), -1)
	for i, id := range g.ids {
		if (last || rows[id] < 0) && !c.IsNull(i) {
			rows[id] = int32(i)
		}
	}
	return c.Take(rows)
}

// NUnique counts the distinct values.
func NUnique(col string) Aggregation {
	return Aggregation{col + "_nunique", func(g Groups) Column {
		values, starts := g.frame.Col(col).distinctIDs()
		_, first := combined(g.ids, len(g.first), values, len(starts))
		counts := make([]int64, len(g.first))
		for _, row := range first {
			if values[row] >= 0 {
				counts[g.ids[row]]++
			}
		}
		return Ints("", counts)
	}}
}

// extremes returns the row of the first least or greatest value of each group, -1 without one.
func extremes(c Column, ids []int32, groups int, greatest bool) []int32 {
	keys, missing := c.sortKeys()
	rows := filled(groups, -1)
	for i, id := range ids {
		if missing != nil && missing[i] {
			continue
		}
		best := rows[id]
		if best < 0 || (greatest && keys[i] > keys[best]) || (!greatest && keys[i] < keys[best]) {
			rows[id] = int32(i)
		}
	}
	return rows
}

// numbers applies a statistic to the values of each group; NaN becomes null.
func (g Groups) numbers(c Column, verb string, statistic func([]float64) float64) Column {
	values, ends := g.gathered(c.numbers(verb))
	out, valid := make([]float64, len(g.first)), make([]bool, len(g.first))
	start := int32(0)
	for id, end := range ends {
		out[id] = statistic(values[start:end])
		valid[id] = !math.IsNaN(out[id])
		start = end
	}
	return Floats("", out, valid)
}

// gathered returns the values group by group and where each group ends.
func (g Groups) gathered(all []float64) (values []float64, ends []int32) {
	ends = make([]int32, len(g.first))
	for i, v := range all {
		if v == v {
			ends[g.ids[i]]++
		}
	}
	total := int32(0)
	for id, n := range ends {
		ends[id], total = total, total+n
	}
	values = make([]float64, total)
	for i, v := range all {
		if v == v {
			values[ends[g.ids[i]]] = v
			ends[g.ids[i]]++
		}
	}
	return values, ends
}
