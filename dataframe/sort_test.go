package dataframe_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	df "github.com/gophertrees/gopherwood/dataframe"
)

func TestSort(t *testing.T) {
	d := df.New(
		df.Strings("s", []string{"b", "", "a", "b", "x"}, []bool{true, true, true, true, false}),
		df.Ints("i", []int64{math.MaxInt64, -1, 0, math.MinInt64, 5}, []bool{true, true, true, true, false}),
		df.Floats("f", []float64{math.NaN(), math.Copysign(0, -1), 0, math.Inf(-1), 1}, []bool{true, true, true, true, false}),
		df.Bools("b", []bool{true, false, true, false, true}, []bool{true, true, true, true, false}),
		df.Nanos("t", []int64{5, -5, 0, 7, 1}, true, []bool{true, true, true, true, false}),
		df.FromSlice("n", []int{0, 1, 2, 3, 4}, 0),
	)
	for _, c := range []struct {
		by   []any
		want []int64
	}{
		{[]any{"s"}, []int64{1, 2, 0, 3, 4}},
		{[]any{df.Desc("s")}, []int64{0, 3, 2, 1, 4}},
		{[]any{"i"}, []int64{3, 1, 2, 0, 4}},
		{[]any{df.Desc("i")}, []int64{0, 2, 1, 3, 4}},
		{[]any{"f"}, []int64{3, 1, 2, 0, 4}},
		{[]any{df.Desc("f")}, []int64{1, 2, 3, 0, 4}},
		{[]any{"b"}, []int64{1, 3, 0, 2, 4}},
		{[]any{"t"}, []int64{1, 2, 0, 3, 4}},
		{[]any{"b", df.Desc("i")}, []int64{1, 3, 0, 2, 4}},
		{[]any{df.Asc("s"), "i"}, []int64{1, 2, 3, 0, 4}},
		{nil, []int64{0, 1, 2, 3, 4}},
	} {
		if got := d.Sort(c.by...).Col("n").Ints(); !slices.Equal(got, c.want) {
			t.Errorf("Sort(%v) = %v, want %v", c.by, got, c.want)
		}
	}
	wantPanic[*df.UsageError](t, "Sort(5)", "Sort by an int: give column names or dataframe.Desc(name)", func() { d.Sort(5) })
	wantPanic[*df.ColumnError](t, "Sort(nn)", `no column "nn": did you mean "n"?`, func() { d.Sort("s", "nn") })
}

// A comparison sort is the oracle for the radix sort.
func TestSortAgreesWithSlices(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const n = 3000
	a, b := make([]int64, n), make([]float64, n)
	for i := range a {
		a[i] = int64(random.IntN(9)-4) << random.IntN(60)
		b[i] = float64(random.IntN(20)-10) * math.Pow(10, float64(random.IntN(40)-20))
	}
	want := make([]int64, n)
	for i := range want {
		want[i] = int64(i)
	}
	slices.SortStableFunc(want, func(x, y int64) int {
		return cmp.Or(cmp.Compare(a[y], a[x]), cmp.Compare(b[x], b[y]))
	})
	got := df.New(df.Ints("a", a), df.Floats("b", b)).Sort(df.Desc("a"), "b").Index().Ints()
	if !slices.Equal(got, want) {
		t.Errorf("Sort(Desc(a), b) differs from slices.SortStableFunc")
	}
}

func ExampleDataFrame_Sort() {
	d := df.New(df.Strings("host", []string{"b", "a", "b"}), df.FromSlice("n", []int{1, 2, 3}, 0))
	fmt.Println(d.Sort("host", df.Desc("n")))
	// Output:
	//    host  n
	// 1     a  2
	// 2     b  3
	// 0     b  1
	// 3 rows × 2 columns
}
