package dataframe

import (
	"math"
	"slices"
)

// Describe summarises the columns of numbers as pandas does: a row each for count, mean, std,
// min, the quartiles and max. A frame without such columns gets, for every column, the number
// of values, how many are distinct, the most frequent one and how often it occurs.
func (d DataFrame) Describe() DataFrame {
	var numbers []Column
	for _, c := range d.table().columns {
		if c.Kind() == Int || c.Kind() == Float {
			numbers = append(numbers, Floats(c.name, describeNumbers(c)))
		}
	}
	labels := []string{"count", "mean", "std", "min", "25%", "50%", "75%", "max"}
	if numbers == nil {
		labels = []string{"count", "unique", "top", "freq"}
		for _, c := range d.table().columns {
			numbers = append(numbers, FromSlice(c.name, describeValues(c), 0))
		}
	}
	out := New(numbers...)
	out.t.rows = len(labels)
	return out.WithIndex(Strings("", labels))
}

func describeNumbers(c Column) []float64 {
	values := c.present("Describe")
	slices.Sort(values)
	mean := math.NaN()
	if len(values) > 0 {
		mean = sum(values) / float64(len(values))
	}
	out := []float64{float64(len(values)), mean, std(values)}
	for _, q := range []float64{0, 0.25, 0.5, 0.75, 1} {
		out = append(out, quantile(values, q))
	}
	return out
}

// describeValues returns text, because counts and values share the column.
func describeValues(c Column) []any {
	counts := c.ValueCounts()
	text := func(n int) string { return Ints("", []int64{int64(n)}).Text(0) }
	out := []any{text(c.Count()), text(counts.Nrow()), nil, nil}
	if counts.Nrow() > 0 {
		columns := counts.Columns()
		out[2], out[3] = columns[0].Text(0), columns[1].Text(0)
	}
	return out
}
