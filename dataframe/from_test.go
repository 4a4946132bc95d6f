package dataframe_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	df "github.com/gophertrees/gopherwood/dataframe"
)

func TestFromMaps(t *testing.T) {
	got := df.FromMaps([]map[string]any{
		{"b": 1, "a": "x"},
		{"b": 2.5, "c": map[string]any{"k": []int{1, 2}}},
		{},
		{"a": nil, "b": json.Number("3"), "d": "4"},
		{"d": 5},
	})
	want := df.New(
		df.FromSlice("a", []any{"x", nil, nil, nil, nil}, 0),
		df.FromSlice("b", []any{1.0, 2.5, nil, 3.0, nil}, 0),
		df.FromSlice("c", []any{nil, `{"k":[1,2]}`, nil, nil, nil}, 0),
		df.FromSlice("d", []any{nil, nil, nil, "4", "5"}, 0),
	)
	wantSame(t, got, want)
	if notes := got.Notes(); len(notes) != 1 || notes[0] != `column "d" mixes 1 string, 1 int values: kept as text` {
		t.Errorf("Notes() = %q, want one on column d", notes)
	}
	if got := df.FromMaps(nil); got.Nrow() != 0 || got.Ncol() != 0 {
		t.Errorf("FromMaps(nil) = %d x %d, want 0 x 0", got.Nrow(), got.Ncol())
	}
}

func TestFromStructs(t *testing.T) {
	type user string
	type event struct {
		PID    uint32 `dataframe:"pid"`
		User   user
		Start  time.Time
		End    *time.Time
		Score  *float64
		Addr   netip.Addr
		Raw    []byte `dataframe:"-"`
		Err    error
		Any    any
		Nested struct{ A int }
		hidden int
	}
	noon, half := time.Date(2020, 1, 2, 12, 0, 0, 0, time.UTC), 0.5
	rows := []*event{
		{PID: 4, User: "root", Start: noon, End: &noon, Score: &half, Addr: netip.MustParseAddr("::1"), Any: 7, hidden: 1},
		nil,
		{Err: errors.New("e")},
	}
	got := df.FromStructs(rows)
	want := df.New(
		df.FromSlice("pid", []any{4, nil, 0}, 0), df.FromSlice("User", []any{"root", nil, ""}, 0),
		df.FromSlice("Start", []any{noon, nil, nil}, 0), df.FromSlice("End", []any{noon, nil, nil}, 0),
		df.FromSlice("Score", []any{0.5, nil, nil}, 0), df.FromSlice("Addr", []any{"::1", nil, "invalid IP"}, 0),
		df.FromSlice("Err", []any{nil, nil, "e"}, 0), df.FromSlice("Any", []any{7, nil, nil}, 0),
	)
	wantSame(t, got, want)
	if s := fmt.Sprint(got.Notes()); s != "[fields of dataframe_test.event left out: Nested (a struct), hidden (not exported)]" {
		t.Errorf("Notes() = %s", s)
	}
	if kind := df.FromStructs([]event{}).Col("Start").Kind(); kind != df.Time {
		t.Errorf("Kind of a time field without rows = %v, want time", kind)
	}
	wantPanic[*df.UsageError](t, "FromStructs(5)", "FromStructs of int: give a slice of structs", func() { df.FromStructs(5) })
}

func TestFromSliceTypes(t *testing.T) {
	type pid uint16
	one := 1
	wantColumn(t, df.FromSlice("x", []pid{1, 2}, 0), df.Ints("x", []int64{1, 2}))
	wantColumn(t, df.FromSlice("x", []*int{&one, nil}, 0), df.Ints("x", []int64{1, 0}, []bool{true, false}))
	wantColumn(t, df.FromSlice("x", []uint64{1, 1<<64 - 1}, 0), df.Strings("x", []string{"1", "18446744073709551615"}))
	wantColumn(t, df.FromSlice("x", [2]float32{0.5, 2}, 0), df.Floats("x", []float64{0.5, 2}))
	wantColumn(t, df.FromSlice("x", pid(7), 2), df.Ints("x", []int64{7, 7}))
	wantColumn(t, df.FromSlice("x", time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), 1), df.Strings("x", []string{"3000-01-01T00:00:00Z"}))
	wantColumn(t, df.FromSlice("x", []any{0.5, 1<<53 + 1}, 0), df.Strings("x", []string{"0.5", "9007199254740993"}))
	wantPanic[*df.UsageError](t, "FromSlice(map)", `column "x": cannot make a column from map[string]int; give a slice of string, int, float64, bool or time.Time, or one such value`,
		func() { df.FromSlice("x", map[string]int{}, 1) })
}

func ExampleFromStructs() {
	type process struct {
		PID  int `dataframe:"pid"`
		Name string
	}
	fmt.Println(df.FromStructs([]process{{4, "System"}, {700, "lsass.exe"}}))
	// Output:
	//    pid       Name
	// 0    4     System
	// 1  700  lsass.exe
	// 2 rows × 2 columns
}
