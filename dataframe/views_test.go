package dataframe_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	df "github.com/gophertrees/gopherwood/dataframe"
)

func TestHeadTailSample(t *testing.T) {
	d := df.New(df.FromSlice("n", []int{0, 1, 2, 3, 4, 5, 6}, 0))
	for _, c := range []struct {
		name string
		got  df.DataFrame
		want []int64
	}{
		{"Head()", d.Head(), []int64{0, 1, 2, 3, 4}},
		{"Head(2)", d.Head(2), []int64{0, 1}},
		{"Head(-2)", d.Head(-2), []int64{0, 1, 2, 3, 4}},
		{"Head(99)", d.Head(99), []int64{0, 1, 2, 3, 4, 5, 6}},
		{"Head(-99)", d.Head(-99), []int64{}},
		{"Tail()", d.Tail(), []int64{2, 3, 4, 5, 6}},
		{"Tail(2)", d.Tail(2), []int64{5, 6}},
		{"Tail(-5)", d.Tail(-5), []int64{5, 6}},
		{"Tail(0)", d.Tail(0), []int64{}},
		{"Sample(99)", d.Sample(99), []int64{0, 1, 2, 3, 4, 5, 6}},
		{"Sample(0)", d.Sample(0), []int64{}},
		{"empty Head()", df.DataFrame{}.With("n", []int{}).Head(), []int64{}},
	} {
		if got := c.got.Col("n").Ints(); !slices.Equal(got, c.want) {
			t.Errorf("%s = %v, want %v", c.name, got, c.want)
		}
		if labels := c.got.Index().Ints(); !slices.Equal(labels, c.want) {
			t.Errorf("%s has labels %v, want %v", c.name, labels, c.want)
		}
	}
	large := df.New(df.Ints("n", make([]int64, 1000)))
	a, b := large.Sample(50).Index().Ints(), large.Sample(50, df.SampleOptions{Seed: 1}).Index().Ints()
	if !slices.Equal(a, large.Sample(50).Index().Ints()) || slices.Equal(a, b) || len(a) != 50 || !slices.IsSorted(a) {
		t.Errorf("Sample(50) = %v, with another seed %v: want the same each time, sorted, and others by Seed", a, b)
	}
}

// Every row must be drawn about equally often.
func TestSampleIsFair(t *testing.T) {
	d := df.New(df.Ints("n", make([]int64, 10)))
	var drawn [10]int
	for seed := range uint64(4000) {
		for _, r := range d.Sample(3, df.SampleOptions{Seed: seed}).Index().Ints() {
			drawn[r]++
		}
	}
	for r, n := range drawn {
		if n < 1080 || n > 1320 {
			t.Errorf("Sample(3) of 10 drew row %d in %d of 4000 runs, want about 1200", r, n)
		}
	}
}

func TestSelectDropRenameWith(t *testing.T) {
	d := keyed()
	for _, c := range []struct {
		name string
		got  df.DataFrame
		want string
	}{
		{"Select", d.Select("bool", "int"), "[bool int]"},
		{"Drop", d.Drop("text", "time"), "[int float bool]"},
		{"Rename", d.Rename("int", "number"), "[text number float bool time]"},
		{"With a new column", d.With("new", 1), "[text int float bool time new]"},
		{"With in place", d.With("int", "one"), "[text int float bool time]"},
	} {
		if got := fmt.Sprint(c.got.Names()); got != c.want {
			t.Errorf("%s: Names() = %s, want %s", c.name, got, c.want)
		}
		if c.got.At(1).Name() != "k1" {
			t.Errorf("%s loses the index: %q", c.name, c.got.At(1).Name())
		}
	}
	if got := d.With("int", "one").Col("int").Text(3); got != "one" || d.Col("int").Kind() != df.Int {
		t.Errorf("With changes the old frame, or gives %q", got)
	}
	wantPanic[*df.ColumnError](t, "Select", `no column "txt": did you mean "text"?`, func() { d.Select("txt") })
	wantPanic[*df.ColumnError](t, "Drop", `no column "txt": did you mean "text"?`, func() { d.Drop("txt") })
	wantPanic[*df.ColumnError](t, "Rename", `no column "number": there are "text", "int", "float", "bool", "time"`, func() { d.Rename("number", "int") })
	wantPanic[*df.UsageError](t, "With", `column "x" has 2 values for 4 rows: give as many, or one value for all`, func() { d.With("x", []int{1, 2}) })
}

func TestNewCopiesTheCallersSlice(t *testing.T) {
	columns := []df.Column{df.FromSlice("a", 1, 1)}
	d := df.New(columns...)
	columns[0] = df.FromSlice("b", 2, 1)
	if d.Columns()[0].Name() != "a" {
		t.Errorf("the frame changed with the caller's slice: %q", d.Columns()[0].Name())
	}
}

func TestLocTakesAnyTypeOfKey(t *testing.T) {
	noon := time.Date(2020, 1, 2, 12, 0, 0, 0, time.UTC)
	d := df.New(df.FromSlice("n", []int{1, 2}, 0))
	for _, c := range []struct {
		index df.Column
		key   any
	}{
		{df.FromSlice("", []int{5, 6}, 0), uint8(6)},
		{df.FromSlice("", []int{5, 6}, 0), 6},
		{df.FromSlice("", []time.Time{{}, noon}, 0), noon.In(time.FixedZone("", 3600))},
		{df.FromSlice("", []string{"a", "b"}, 0), "b"},
		{df.FromSlice("", []bool{true, false}, 0), false},
	} {
		if got := d.WithIndex(c.index).Loc(c.key).Int("n"); got != 2 {
			t.Errorf("Loc(%v) = row %d, want 2", c.key, got)
		}
	}
	if r := mixed().At(-1); r.Time("time").Hour() != 11 || r.Float("float") != 1e300 || !r.Bool("bool") || r.Str("text") != "a" {
		t.Errorf("At(-1) = %v", r)
	}
}
