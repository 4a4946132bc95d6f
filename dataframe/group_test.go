package dataframe_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	df "github.com/gophertrees/gopherwood/dataframe"
)

func groupFrame() df.DataFrame {
	some := []bool{true, true, true, false, true, false}
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	return df.New(
		df.Strings("user", []string{"b", "a", "b", "", "a", ""}, some),
		df.FromSlice("n", []int{4, 1, 2, 8, 16, 32}, 0),
		df.Floats("f", []float64{0.5, math.NaN(), 1.5, 2, 0, 4}, []bool{true, true, true, true, false, true}),
		df.Times("t", []time.Time{day.Add(2), day, day.Add(1), day.Add(3), day.Add(5), day.Add(4)}),
	)
}

func TestGroupBy(t *testing.T) {
	d := groupFrame()
	users := df.Strings("user", []string{"a", "b", ""}, []bool{true, true, false})
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		got  df.DataFrame
		want []df.Column
	}{
		{"Count", d.GroupBy("user").Count(), []df.Column{df.Ints("count", []int64{2, 2, 2})}},
		{"Sum", d.GroupBy("user").Sum("n"), []df.Column{df.Ints("n", []int64{17, 6, 40})}},
		{"Mean", d.GroupBy("user").Mean("n", "f"), []df.Column{df.Floats("n", []float64{8.5, 3, 20}), df.Floats("f", []float64{0, 1, 3}, []bool{false, true, true})}},
		{"Mean of all", d.GroupBy("user", "t").Mean().Select("n").Head(0), []df.Column{df.Floats("n", nil)}},
		{"Min", d.GroupBy("user").Min("t"), []df.Column{df.Times("t", []time.Time{day, day.Add(1), day.Add(3)})}},
		{"Max", d.GroupBy("user").Max("f", "n"), []df.Column{df.Floats("f", []float64{0, 1.5, 4}, []bool{false, true, true}), df.Ints("n", []int64{16, 4, 32})}},
		{"First", d.GroupBy("user").First("n"), []df.Column{df.Ints("n", []int64{1, 4, 8})}},
		{"Last", d.GroupBy("user").Last("n"), []df.Column{df.Ints("n", []int64{16, 2, 32})}},
		{"Median", d.GroupBy("user").Median("n"), []df.Column{df.Floats("n", []float64{8.5, 3, 20})}},
		{"Std", d.GroupBy("user").Std("f"), []df.Column{df.Floats("f", []float64{0, math.Sqrt(0.5), math.Sqrt(2)}, []bool{false, true, true})}},
		{"NUnique", d.GroupBy("user").NUnique("f"), []df.Column{df.Ints("f", []int64{0, 2, 2})}},
		{"Agg", d.GroupBy("user").Agg(df.Sum("n"), df.Count().As("rows"), df.Sum("f")), []df.Column{
			df.Ints("n_sum", []int64{17, 6, 40}), df.Ints("rows", []int64{2, 2, 2}), df.Floats("f_sum", []float64{0, 2, 6})}},
	} {
		want := c.want
		if c.got.Nrow() > 0 {
			want = append([]df.Column{users}, want...)
		}
		t.Run(c.name, func(t *testing.T) { wantSame(t, c.got, df.New(want...)) })
	}
}

// gota glues the texts of a key with "_"; keys that look alike when glued must stay apart.
func TestGotaGroupKeysDoNotMerge(t *testing.T) {
	d := df.New(df.Strings("a", []string{"x_y", "x", "x_y", "x\x00y"}), df.Strings("b", []string{"z", "y_z", "z", ""}))
	got := d.GroupBy("a", "b").Count()
	want := df.New(df.Strings("a", []string{"x", "x\x00y", "x_y"}), df.Strings("b", []string{"y_z", "", "z"}), df.Ints("count", []int64{1, 1, 2}))
	wantSame(t, got, want)
}

func TestGotaNullsInAGroupKeyAreAGroup(t *testing.T) {
	d := df.New(
		df.Strings("a", []string{"NaN", "", "x", ""}, []bool{true, false, true, true}),
		df.Ints("b", []int64{0, 0, 1, 0}, []bool{false, false, true, true}),
	)
	got := d.GroupBy("a", "b").Count()
	want := df.New(
		df.Strings("a", []string{"", "NaN", "x", ""}, []bool{true, true, true, false}),
		df.Ints("b", []int64{0, 0, 1, 0}, []bool{true, false, true, false}),
		df.Ints("count", []int64{1, 1, 1, 1}),
	)
	wantSame(t, got, want)
}

// A map from printed keys is the oracle: every kind, many groups, keys of two columns.
func TestGroupByAgreesWithAMap(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const n = 4000
	texts, ints, floats, valid := make([]string, n), make([]int64, n), make([]float64, n), make([]bool, n)
	for i := range n {
		texts[i] = fmt.Sprint(random.IntN(30))
		ints[i] = int64(random.IntN(5)) << random.IntN(62)
		floats[i] = float64(random.IntN(7)) / 2
		valid[i] = random.IntN(9) > 0
	}
	d := df.New(df.Strings("s", texts, valid), df.Ints("i", ints, valid), df.Floats("f", floats), df.Ints("v", ints))
	for _, keys := range [][]string{{"s"}, {"i"}, {"f"}, {"s", "i"}, {"i", "f", "s"}} {
		counts, sums := map[string]int64{}, map[string]float64{}
		key := func(r df.Row) (out string) {
			for _, k := range keys {
				out += fmt.Sprintf("%#v|", r.Get(k))
			}
			return out
		}
		for i := range n {
			counts[key(d.At(i))]++
			sums[key(d.At(i))] += floats[i]
		}
		got := d.GroupBy(keys...).Agg(df.Count(), df.Sum("f"))
		if got.Nrow() != len(counts) {
			t.Errorf("GroupBy(%q) = %d groups, want %d", keys, got.Nrow(), len(counts))
		}
		for i := range got.Nrow() {
			r := got.At(i)
			if k := key(r); r.Int("count") != counts[k] || r.Float("f_sum") != sums[k] {
				t.Errorf("GroupBy(%q) of %s = %d, %v, want %d, %v", keys, k, r.Int("count"), r.Float("f_sum"), counts[k], sums[k])
			}
		}
		if again := got.Sort(anyOf(keys)...); !slices.Equal(again.Index().Ints(), got.Index().Ints()) {
			t.Errorf("GroupBy(%q) is not sorted by its keys", keys)
		}
	}
}

func anyOf(names []string) []any {
	out := make([]any, len(names))
	for i, n := range names {
		out[i] = n
	}
	return out
}

func TestGroupByMistakesAndEdges(t *testing.T) {
	d := groupFrame()
	wantPanic[*df.UsageError](t, "Mean(user)", `column "user" holds text: Mean needs numbers`, func() { d.GroupBy("n").Mean("user") })
	wantPanic[*df.ColumnError](t, "GroupBy(usr)", `no column "usr": did you mean "user"?`, func() { d.GroupBy("usr") })
	wantPanic[*df.UsageError](t, "GroupBy()", `GroupBy needs the name of a column at least`, func() { d.GroupBy() })
	if got := d.Head(0).GroupBy("user").Sum("n"); got.Nrow() != 0 || got.Ncol() != 2 {
		t.Errorf("groups of no rows = %d x %d, want 0 x 2", got.Nrow(), got.Ncol())
	}
	large := df.New(df.FromSlice("k", "x", 2), df.Ints("n", []int64{math.MaxInt64, 1}))
	if got := large.GroupBy("k").Sum("n").Col("n"); got.Kind() != df.Float || got.Value(0) != float64(1<<63) {
		t.Errorf("a sum beyond int64 = %v %v, want the float %v", got.Kind(), got.Value(0), float64(1<<63))
	}
}

func ExampleDataFrame_GroupBy() {
	d := df.New(
		df.Strings("user", []string{"root", "alice", "root"}),
		df.FromSlice("bytes", []int{10, 5, 30}, 0),
	)
	fmt.Println(d.GroupBy("user").Agg(df.Count(), df.Mean("bytes"), df.Max("bytes").As("most")))
	// Output:
	//     user  count  bytes_mean  most
	// 0  alice      1         5.0     5
	// 1   root      2        20.0    30
	// 2 rows × 4 columns
}
