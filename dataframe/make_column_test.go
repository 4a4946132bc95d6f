package dataframe_test

import (
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestNullsReadAsZero: whatever stood in the place of a null, nobody sees it, and the caller's
// slice stays as it is.
func TestNullsReadAsZero(t *testing.T) {
	values, valid := []int64{1, 2, 3}, []bool{true, false, true}
	want := []int64{1, 0, 3}
	if got := dataframe.Ints("", values, valid).Ints(); !slices.Equal(got, want) {
		t.Errorf("Ints = %v, want %v", got, want)
	}
	if got := dataframe.Nanos("", values, true, valid).Nanos(); !slices.Equal(got, want) {
		t.Errorf("Nanos = %v, want %v", got, want)
	}
	if !slices.Equal(values, []int64{1, 2, 3}) {
		t.Errorf("the caller's values became %v", values)
	}
}
