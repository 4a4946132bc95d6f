package dataframe_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// mixed has a column of every kind with a null in each, and texts that others mistake for nulls.
func mixed() dataframe.DataFrame {
	noon := time.Date(2020, 1, 2, 12, 0, 0, 5000, time.UTC)
	return dataframe.New(
		dataframe.Strings("text", []string{"b", "NaN", "", "a"}, []bool{true, true, false, true}),
		dataframe.Ints("int", []int64{3, 1, 1<<62 + 1, 0}, []bool{true, true, true, false}),
		dataframe.Floats("float", []float64{0.1, 0, -2.5, 1e300}, []bool{true, false, true, true}),
		dataframe.Bools("bool", []bool{true, false, false, true}, []bool{true, true, false, true}),
		dataframe.Times("time", []time.Time{noon, noon.Add(time.Hour), {}, noon.Add(-time.Hour)}, []bool{true, true, false, true}),
	)
}

// wantSame compares frames by names, kinds, values and labels.
func wantSame(t *testing.T, got, want dataframe.DataFrame) {
	t.Helper()
	if !slices.Equal(got.Names(), want.Names()) {
		t.Fatalf("Names() = %q, want %q", got.Names(), want.Names())
	}
	if got.Nrow() != want.Nrow() {
		t.Fatalf("Nrow() = %d, want %d", got.Nrow(), want.Nrow())
	}
	all := func(d dataframe.DataFrame) []dataframe.Column { return append(d.Columns(), d.Index().Named("index")) }
	for i, w := range all(want) {
		wantColumn(t, all(got)[i], w)
	}
}

func wantColumn(t *testing.T, got, want dataframe.Column) {
	t.Helper()
	if got.Kind() != want.Kind() || got.Zoned() != want.Zoned() || got.Len() != want.Len() {
		t.Errorf("column %q = %d %v (zoned %v), want %d %v (zoned %v)", want.Name(), got.Len(), got.Kind(), got.Zoned(), want.Len(), want.Kind(), want.Zoned())
		return
	}
	for i := range want.Len() {
		a, b := got.Value(i), want.Value(i)
		x, isX := a.(float64)
		y, isY := b.(float64)
		if a != b && !(isX && isY && math.IsNaN(x) && math.IsNaN(y)) {
			t.Errorf("%s[%d] = %#v, want %#v", want.Name(), i, a, b)
		}
	}
}

// wantPanic runs f and checks that it panics with the error type E and that message.
func wantPanic[E error](t *testing.T, call, message string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		err, _ := recover().(error)
		var e E
		if !errors.As(err, &e) || err.Error() != message {
			t.Errorf("%s panics with %T %v, want %T %s", call, err, err, e, message)
		}
	}()
	f()
}
