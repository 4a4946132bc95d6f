package dataframe

import "slices"

// Groups are the rows of a frame by equal keys, made by [DataFrame.GroupBy]. Its methods make
// frames of one row for each group: the key columns, then what was asked for.
type Groups struct {
	frame DataFrame
	keys  []string
	ids   []int32 // group of each row
	first []int32 // first row of each group
}

// GroupBy puts rows with equal values in the named columns together. Groups are in the order
// of their keys, as in pandas; rows without a value in a key are a group of their own, behind
// the others. Keys are compared column by column, so ("a_b", "c") and ("a", "b_c") stay apart.
func (d DataFrame) GroupBy(names ...string) Groups {
	if len(names) == 0 {
		panic(usage("GroupBy needs the name of a column at least"))
	}
	orders := make([]Order, len(names))
	ids, first := d.keyIDs(names)
	for i, name := range names {
		orders[i] = Asc(name)
	}
	order := d.Select(names...).Take(first).sorted(orders)
	place := make([]int32, len(order))
	sorted := make([]int32, len(order))
	for to, from := range order {
		place[from], sorted[to] = int32(to), first[from]
	}
	for i, id := range ids {
		ids[i] = place[id]
	}
	return Groups{d, slices.Clone(names), ids, sorted}
}

// keyIDs numbers the distinct keys in order of first appearance; a null is a value of its own.
func (d DataFrame) keyIDs(names []string) (ids, first []int32) {
	count := 0
	for i, name := range names {
		next, starts := d.Col(name).distinctIDs()
		if i == 0 {
			ids, count = make([]int32, len(next)), 1
		}
		ids, first = combined(ids, count, next, len(starts))
		count = len(first)
	}
	return ids, first
}

// Len returns the number of groups.
func (g Groups) Len() int { return len(g.first) }

// Agg computes several statistics at once:
//
//	df.GroupBy("user").Agg(dataframe.Count(), dataframe.Max("time").As("last seen"))
func (g Groups) Agg(aggregations ...Aggregation) DataFrame {
	columns := make([]Column, 0, len(g.keys)+len(aggregations))
	for _, key := range g.keys {
		columns = append(columns, g.frame.Col(key).Take(g.first))
	}
	for _, a := range aggregations {
		if a.column == nil {
			panic(usage("Agg of an empty Aggregation: make it with dataframe.Mean(col) and the like"))
		}
		columns = append(columns, a.column(g).Named(a.Name))
	}
	return New(columns...)
}

// Count returns the number of rows of each group, in a column "count".
func (g Groups) Count() DataFrame { return g.Agg(Count()) }

// Mean returns the means of the named columns under their own names; without names, of all
// columns of numbers and bools.
func (g Groups) Mean(names ...string) DataFrame { return g.all(Mean, names, true) }

// Sum returns the sums of the named columns; without names, of all columns of numbers and bools.
func (g Groups) Sum(names ...string) DataFrame { return g.all(Sum, names, true) }

// Median returns the medians of the named columns; without names, of all columns of numbers and bools.
func (g Groups) Median(names ...string) DataFrame { return g.all(Median, names, true) }

// Std returns the standard deviations of the named columns; without names, of all columns of
// numbers and bools.
func (g Groups) Std(names ...string) DataFrame { return g.all(Std, names, true) }

// Min returns the least values of the named columns; without names, of all.
func (g Groups) Min(names ...string) DataFrame { return g.all(Min, names, false) }

// Max returns the greatest values of the named columns; without names, of all.
func (g Groups) Max(names ...string) DataFrame { return g.all(Max, names, false) }

// First returns the first values that are not null of the named columns; without names, of all.
func (g Groups) First(names ...string) DataFrame { return g.all(First, names, false) }

// Last returns the last values that are not null of the named columns; without names, of all.
func (g Groups) Last(names ...string) DataFrame { return g.all(Last, names, false) }

// NUnique returns how many distinct values the named columns have; without names, all columns.
func (g Groups) NUnique(names ...string) DataFrame { return g.all(NUnique, names, false) }

func (g Groups) all(statistic func(string) Aggregation, names []string, numbers bool) DataFrame {
	if len(names) == 0 {
		for _, c := range g.frame.table().columns {
			if !slices.Contains(g.keys, c.name) && (!numbers || c.Kind() == Int || c.Kind() == Float || c.Kind() == Bool) {
				names = append(names, c.name)
			}
		}
	}
	var all []Aggregation
	for _, name := range names {
		all = append(all, statistic(name).As(name))
	}
	return g.Agg(all...)
}
