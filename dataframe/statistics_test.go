package dataframe_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	df "github.com/gophertrees/gopherwood/dataframe"
)

// The expected numbers are pandas' for the same columns.
func TestStatistics(t *testing.T) {
	some := []bool{true, true, true, true, false}
	f := df.Floats("f", []float64{4, 1, math.NaN(), 2.5, 9}, some)
	i := df.Ints("i", []int64{4, 1, 3, 2, 9}, some)
	b := df.Bools("b", []bool{true, false, true, true, true}, some)
	none := df.Floats("none", nil)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"f.Count", float64(f.Count()), 3}, {"f.Sum", f.Sum(), 7.5}, {"f.Mean", f.Mean(), 2.5}, {"f.Std", f.Std(), 1.5},
		{"f.Median", f.Median(), 2.5}, {"f.Quantile", f.Quantile(0.25), 1.75},
		{"i.Count", float64(i.Count()), 4}, {"i.Sum", i.Sum(), 10}, {"i.Mean", i.Mean(), 2.5}, {"i.Std", i.Std(), 1.2909944487358056},
		{"i.Quantile", i.Quantile(0.9), 3.7}, {"i.Quantile(1)", i.Quantile(1), 4}, {"i.Quantile(0)", i.Quantile(0), 1},
		{"b.Mean", b.Mean(), 0.75}, {"b.Sum", b.Sum(), 3},
		{"none.Mean", none.Mean(), math.NaN()}, {"none.Sum", none.Sum(), 0}, {"none.Std", none.Std(), math.NaN()}, {"none.Median", none.Median(), math.NaN()},
		{"one.Std", df.Floats("", []float64{1}).Std(), math.NaN()},
		{"large.Sum", df.Ints("", []int64{1 << 60, 1, -1 << 60}).Sum(), 1},
		{"wide.Sum", df.Ints("", []int64{1<<40 + 3, -5}).Sum(), 1<<40 - 2},
		{"negative.Sum", df.Ints("", []int64{-1, -5}).Sum(), -6},
		{"kahan.Sum", df.Floats("", []float64{1e16, 1, -1e16}).Sum(), 1},
		{"inf.Sum", df.Floats("", []float64{math.Inf(1), 1}).Sum(), math.Inf(1)},
	} {
		if math.Abs(c.got-c.want) > 1e-15 && c.got != c.want || math.IsNaN(c.got) != math.IsNaN(c.want) {
			t.Errorf("%s() = %v, want %v", c.name, c.got, c.want)
		}
	}
	wantPanic[*df.UsageError](t, "text.Mean", `column "s" holds text: Mean needs numbers`, func() { df.Strings("s", nil).Mean() })
	wantPanic[*df.UsageError](t, "Quantile(2)", `Quantile(2): give a fraction from 0 to 1`, func() { f.Quantile(2) })
}

func TestExtremesAndDistinct(t *testing.T) {
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	some := []bool{true, false, true, true, false}
	for _, c := range []struct {
		col      df.Column
		min, max any
		distinct string
		counts   string
	}{
		{df.Strings("x", []string{"b", "", "a", "b", ""}, some), "a", "b", "[b <nil> a]", "[2 1]"},
		{df.Ints("x", []int64{-5, 0, 7, 7, 0}, some), int64(-5), int64(7), "[-5 <nil> 7]", "[2 1]"},
		{df.Floats("x", []float64{0.5, 0, math.NaN(), -1, 0}, some), -1.0, 0.5, "[0.5 <nil> -1]", "[1 1]"},
		{df.Bools("x", []bool{true, false, true, false, true}, some), false, true, "[true <nil> false]", "[2 1]"},
		{df.Times("x", []time.Time{day, {}, day, day.Add(1), {}}, some), day, day.Add(1), "[2020-01-01 00:00:00 +0000 UTC <nil> 2020-01-01 00:00:00.000000001 +0000 UTC]", "[2 1]"},
		{df.Strings("x", nil), nil, nil, "[]", "[]"},
	} {
		if c.col.Min() != c.min || c.col.Max() != c.max {
			t.Errorf("%v: Min(), Max() = %v, %v, want %v, %v", c.col.Kind(), c.col.Min(), c.col.Max(), c.min, c.max)
		}
		var distinct []any
		u := c.col.Unique()
		for i := range u.Len() {
			distinct = append(distinct, u.Value(i))
		}
		if got := fmt.Sprint(distinct); got != c.distinct {
			t.Errorf("%v: Unique() = %s, want %s", c.col.Kind(), got, c.distinct)
		}
		if got := fmt.Sprint(c.col.ValueCounts().Col("count").Ints()); got != c.counts {
			t.Errorf("%v: ValueCounts() = %s, want %s", c.col.Kind(), got, c.counts)
		}
	}
}

func ExampleDataFrame_Describe() {
	fmt.Println(df.New(df.FromSlice("pid", []int{4, 8, 700, 9000}, 0), df.FromSlice("user", "root", 4)).Describe())
	fmt.Println(df.New(df.FromSlice("user", []any{"root", "root", nil, "alice"}, 0)).Describe())
	// Output:
	//                pid
	// count     4.000000
	// mean   2428.000000
	// std    4393.531002
	// min       4.000000
	// 25%       7.000000
	// 50%     354.000000
	// 75%    2775.000000
	// max    9000.000000
	// 8 rows × 1 column
	//         user
	// count      3
	// unique     2
	// top     root
	// freq       2
	// 4 rows × 1 column
}
