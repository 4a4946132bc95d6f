package dataframe_test

import (
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestShared: a shared column reads as the one that has a copy, and copies nothing.
func TestShared(t *testing.T) {
	values, codes, texts := []int64{3, -1, 0}, []int32{1, 0, 1}, []string{"a", ""}
	for name, pair := range map[string][2]dataframe.Column{
		"integers":       {dataframe.SharedInts("x", values), dataframe.Ints("x", values)},
		"times":          {dataframe.SharedNanos("x", values), dataframe.Nanos("x", values, true)},
		"texts":          {dataframe.SharedCodes("x", codes, texts), dataframe.Coded("x", codes, texts)},
		"texts and null": {dataframe.SharedCodes("x", []int32{-1, 1}, texts), dataframe.Coded("x", []int32{-1, 1}, texts)},
		"no integers":    {dataframe.SharedInts("x", nil), dataframe.Ints("x", nil)},
		"no times":       {dataframe.SharedNanos("x", nil), dataframe.Nanos("x", nil, true)},
		"no texts":       {dataframe.SharedCodes("x", nil, nil), dataframe.Coded("x", nil, nil)},
	} {
		got, want := pair[0], pair[1]
		if got.Name() != want.Name() || got.Kind() != want.Kind() || got.Zoned() != want.Zoned() || got.Nulls() != want.Nulls() || !slices.Equal(got.Strings(), want.Strings()) {
			t.Errorf("%s: %v, want %v", name, got.Strings(), want.Strings())
		}
		rows := []int32{2, 0}
		if want.Len() > 2 && !slices.Equal(got.Take(rows).Strings(), want.Take(rows).Strings()) {
			t.Errorf("%s: rows %v are %v, want %v", name, rows, got.Take(rows).Strings(), want.Take(rows).Strings())
		}
	}
	if got := dataframe.SharedInts("x", values).Ints(); &got[0] != &values[0] {
		t.Error("the integers were copied")
	}
	if got, _ := dataframe.SharedCodes("x", codes, texts).Codes(); &got[0] != &codes[0] {
		t.Error("the codes were copied")
	}
	defer func() {
		if recover() == nil {
			t.Error("a code beyond the texts is no panic")
		}
	}()
	dataframe.SharedCodes("x", []int32{2}, texts)
}

// TestUTC: integers and times without a zone become times with one, nulls stay.
func TestUTC(t *testing.T) {
	values, valid := []int64{1, 0, 1_000_000_000}, []bool{true, false, true}
	want := dataframe.Nanos("x", values, true, valid)
	for name, c := range map[string]dataframe.Column{
		"integers": dataframe.Ints("x", values, valid), "naive": dataframe.Nanos("x", values, false, valid), "zoned": want,
	} {
		got := c.UTC()
		if got.Kind() != dataframe.Time || !got.Zoned() {
			t.Errorf("%s: kind %s, zoned %v", name, got.Kind(), got.Zoned())
		}
		if c.Len() > 0 && (!slices.Equal(got.Strings(), want.Strings()) || got.Nulls() != 1 || !got.IsNull(1)) {
			t.Errorf("%s: %v, want %v", name, got.Strings(), want.Strings())
		}
	}
}
