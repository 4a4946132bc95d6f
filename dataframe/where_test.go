package dataframe_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	df "github.com/gophertrees/gopherwood/dataframe"
)

const big = 1 << 53 // beyond it float64 skips integers

func predicateFrame() df.DataFrame {
	day := func(n int) time.Time { return time.Date(2020, 1, n, 0, 0, 0, 0, time.UTC) }
	some := []bool{true, true, true, true, false}
	return df.New(
		df.Strings("s", []string{"b.exe", "a.exe", "NaN", "", "x"}, some),
		df.Ints("i", []int64{1, 2, big + 1, -7, 0}, some),
		df.Floats("f", []float64{0.5, 2, math.NaN(), big, 0}, some),
		df.Bools("b", []bool{true, false, true, false, true}, some),
		df.Times("t", []time.Time{day(1), day(2), day(3), day(4), {}}, some),
	)
}

func TestRows(t *testing.T) {
	type text string
	d := predicateFrame()
	for _, c := range []struct {
		name string
		p    df.Predicate
		want []int32
	}{
		{`Eq text`, df.Eq("s", "b.exe"), []int32{0}},
		{`Eq text NaN`, df.Eq("s", "NaN"), []int32{2}},
		{`Eq empty text`, df.Eq("s", ""), []int32{3}},
		{`Eq named type`, df.Eq("s", text("a.exe")), []int32{1}},
		{`Ne text matches null`, df.Ne("s", "b.exe"), []int32{1, 2, 3, 4}},
		{`Lt text`, df.Lt("s", "a.exf"), []int32{1, 2, 3}},
		{`Ge text`, df.Ge("s", "a.exe"), []int32{0, 1}},
		{`Contains`, df.Contains("s", "exe"), []int32{0, 1}},
		{`HasPrefix`, df.HasPrefix("s", "a"), []int32{1}},
		{`HasSuffix`, df.HasSuffix("s", ".exe"), []int32{0, 1}},
		{`Matches`, df.Matches("s", "(?i)^B"), []int32{0}},
		{`Matches everything but null`, df.Matches("s", ""), []int32{0, 1, 2, 3}},
		{`Eq int`, df.Eq("i", 2), []int32{1}},
		{`Eq int with uint8`, df.Eq("i", uint8(2)), []int32{1}},
		{`Eq int with float`, df.Eq("i", 2.0), []int32{1}},
		{`Eq int with fraction`, df.Eq("i", 1.5), nil},
		{`Ne int with fraction`, df.Ne("i", 1.5), []int32{0, 1, 2, 3, 4}},
		{`Lt int with fraction`, df.Lt("i", 1.5), []int32{0, 3}},
		{`Le int with fraction`, df.Le("i", 1.5), []int32{0, 3}},
		{`Gt int with fraction`, df.Gt("i", 1.5), []int32{1, 2}},
		{`Ge int with fraction`, df.Ge("i", -7.5), []int32{0, 1, 2, 3}},
		{`Gt int beyond 2^53`, df.Gt("i", float64(big)), []int32{2}},
		{`Eq int beyond 2^53`, df.Eq("i", big+1), []int32{2}},
		{`Lt int infinity`, df.Lt("i", math.Inf(1)), []int32{0, 1, 2, 3}},
		{`Gt int -infinity`, df.Gt("i", math.Inf(-1)), []int32{0, 1, 2, 3}},
		{`Lt int uint64`, df.Lt("i", uint64(math.MaxUint64)), []int32{0, 1, 2, 3}},
		{`Eq int NaN`, df.Eq("i", math.NaN()), nil},
		{`Lt int NaN`, df.Lt("i", math.NaN()), nil},
		{`Eq float`, df.Eq("f", 0.5), []int32{0}},
		{`Eq float with int`, df.Eq("f", 2), []int32{1}},
		{`Eq float with int beyond 2^53`, df.Eq("f", big+1), nil},
		{`Lt float with int beyond 2^53`, df.Lt("f", big+1), []int32{0, 1, 3}},
		{`Ge float with int beyond 2^53`, df.Ge("f", big+1), nil},
		{`Ne float matches null and NaN`, df.Ne("f", 0.5), []int32{1, 2, 3, 4}},
		{`Ge float`, df.Ge("f", 2), []int32{1, 3}},
		{`Eq bool`, df.Eq("b", true), []int32{0, 2}},
		{`Lt bool`, df.Lt("b", true), []int32{1, 3}},
		{`Eq time`, df.Eq("t", time.Date(2020, 1, 2, 1, 0, 0, 0, time.FixedZone("", 3600))), []int32{1}},
		{`Eq time text`, df.Eq("t", "2020-01-02"), []int32{1}},
		{`Ge time text`, df.Ge("t", "2020-01-02T00:00:00.000000001Z"), []int32{2, 3}},
		{`Lt time of another age`, df.Lt("t", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)), []int32{0, 1, 2, 3}},
		{`Eq time of another age`, df.Eq("t", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)), nil},
		{`In text`, df.In("s", "a.exe", "NaN", "zzz"), []int32{1, 2}},
		{`In slice`, df.In("i", []int{1, 2, 99}), []int32{0, 1}},
		{`In column`, df.In("i", df.Ints("o", []int64{0, 2}, []bool{false, true})), []int32{1}},
		{`In text column`, df.In("s", df.Strings("o", []string{"NaN", "", "NaN"}, []bool{true, false, true})), []int32{2}},
		{`In float`, df.In("f", 2, 0.5), []int32{0, 1}},
		{`In float beyond 2^53`, df.In("f", big+1), nil},
		{`In times`, df.In("t", "2020-01-01", "2020-01-04"), []int32{0, 3}},
		{`In nothing`, df.In("i"), nil},
		{`IsNull text`, df.IsNull("s"), []int32{4}},
		{`IsNull int`, df.IsNull("i"), []int32{4}},
		{`IsNull float counts NaN`, df.IsNull("f"), []int32{2, 4}},
		{`Not`, df.Not(df.Gt("i", 1)), []int32{0, 3, 4}},
		{`And`, df.And(df.Gt("i", 0), df.Lt("i", 2)), []int32{0}},
		{`And of nothing`, df.And(), []int32{0, 1, 2, 3, 4}},
		{`Or`, df.Or(df.Eq("i", 1), df.Eq("s", "")), []int32{0, 3}},
		{`Or of nothing`, df.Or(), nil},
		{`zero Predicate`, df.Predicate{}, []int32{0, 1, 2, 3, 4}},
	} {
		if got := d.Rows(c.p); !slices.Equal(got, c.want) {
			t.Errorf("Rows(%s) = %v, want %v", c.name, got, c.want)
		}
		// the same rows out of a few of a larger frame, where the dictionary is larger than they
		if got, want := d.Slice(1, 3).Rows(c.p), shifted(c.want, 1, 3); !slices.Equal(got, want) {
			t.Errorf("Slice(1, 3).Rows(%s) = %v, want %v", c.name, got, want)
		}
		if got := d.Slice(0, 0).Rows(c.p); len(got) != 0 {
			t.Errorf("Slice(0, 0).Rows(%s) = %v, want none", c.name, got)
		}
	}
}

// The last nanosecond that fits is not the same as any time beyond it.
func TestRowsAtTheEndOfTime(t *testing.T) {
	d := df.New(df.Nanos("t", []int64{math.MaxInt64, math.MinInt64}, true))
	late, early := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC)
	for name, got := range map[string][]int32{"Eq late": d.Rows(df.Eq("t", late)), "Ge late": d.Rows(df.Ge("t", late)), "Eq early": d.Rows(df.Eq("t", early)), "Le early": d.Rows(df.Le("t", early))} {
		if len(got) != 0 {
			t.Errorf("Rows(%s) = %v, want none", name, got)
		}
	}
	if got := d.Rows(df.Lt("t", late), df.Gt("t", early)); len(got) != 2 {
		t.Errorf("Rows(between) = %v, want both", got)
	}
}

func shifted(rows []int32, from, to int32) (out []int32) {
	for _, r := range rows {
		if r >= from && r < to {
			out = append(out, r-from)
		}
	}
	return out
}

func TestWhereMistakes(t *testing.T) {
	d := predicateFrame()
	for _, c := range []struct {
		call, message string
		pred          func() df.Predicate
	}{
		{`Eq(i, text)`, `column "i" holds integers: Eq("i", …) needs a number, not the text "4688"`, func() df.Predicate { return df.Eq("i", "4688") }},
		{`Eq(s, 4688)`, `column "s" holds text: Eq("s", …) needs text in quotes, not an int`, func() df.Predicate { return df.Eq("s", 4688) }},
		{`Ne(s, 4688)`, `column "s" holds text: Ne("s", …) needs text in quotes, not an int`, func() df.Predicate { return df.Ne("s", 4688) }},
		{`Eq(b, 1)`, `column "b" holds true and false: Eq("b", …) needs true or false, not an int`, func() df.Predicate { return df.Eq("b", 1) }},
		{`Lt(t, 5)`, `column "t" holds times: Lt("t", …) needs a time.Time or text that reads as a time, not an int`, func() df.Predicate { return df.Lt("t", 5) }},
		{`Lt(t, text)`, `column "t" holds times and "soon" is none: give a time.Time or text like "2006-01-02 15:04:05"`, func() df.Predicate { return df.Lt("t", "soon") }},
		{`Eq(s, nil)`, `Eq("s", nil) would match nothing: give IsNull("s") or Not(IsNull("s"))`, func() df.Predicate { return df.Eq("s", nil) }},
		{`In(i, mixed)`, `column "i" holds integers: In("i", …) needs a number, not the text "x"`, func() df.Predicate { return df.In("i", 1, "x") }},
		{`Contains(i)`, `column "i" holds integers: Contains needs a text column; use Eq, Lt, Gt and the like`, func() df.Predicate { return df.Contains("i", "x") }},
		{`Matches(s, ()`, "Matches(\"s\", \"(\"): error parsing regexp: missing closing ): `(`", func() df.Predicate { return df.Matches("s", "(") }},
	} {
		wantPanic[*df.UsageError](t, c.call, c.message, func() { d.Where(c.pred()) })
		wantPanic[*df.UsageError](t, "no rows: "+c.call, c.message, func() { d.Head(0).Where(c.pred()) })
	}
	wantPanic[*df.ColumnError](t, `Where(Eq(si))`, `no column "si": did you mean "s", "i"?`, func() { d.Where(df.Not(df.Eq("si", 1))) })
}

func TestWhereKeepsLabelsAndNotes(t *testing.T) {
	d := predicateFrame().WithIndex(df.Strings("key", []string{"a", "b", "c", "d", "e"})).WithNotes("note")
	got := d.Where(df.Gt("i", 0), df.HasSuffix("s", ".exe"))
	if labels := got.Index().Strings(); !slices.Equal(labels, []string{"a", "b"}) || len(got.Notes()) != 1 {
		t.Errorf("Where(…) has labels %v and notes %v, want [a b] [note]", labels, got.Notes())
	}
	if all := d.Where(); all.Nrow() != 5 {
		t.Errorf("Where() = %d rows, want 5", all.Nrow())
	}
	if got := d.Filter(func(r df.Row) bool { return r.Str("s") == "NaN" }); got.At(0).Name() != "c" {
		t.Errorf("Filter(…).At(0).Name() = %q, want c", got.At(0).Name())
	}
}

func ExampleDataFrame_Where() {
	d := df.New(
		df.Strings("Image", []string{`C:\Windows\cmd.exe`, `C:\Temp\x.exe`, `C:\Windows\calc.exe`}),
		df.FromSlice("PID", []int{4, 700, 912}, 0),
	)
	fmt.Println(d.Where(df.HasPrefix("Image", `C:\Windows\`), df.Gt("PID", 100)))
	// Output:
	//                  Image  PID
	// 2  C:\Windows\calc.exe  912
	// 1 row × 2 columns
}
