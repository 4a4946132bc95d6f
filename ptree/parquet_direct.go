package ptree

import (
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/gophertrees/gopherwood/dataframe"
)

// Most columns are of few types, whose values need no detour through a frame. They mean the same on
// both ways.

// direct takes a column's cells from an Arrow array; ok is false for types that a frame must make
// sense of. Text still lies in the array's memory.
func (c logColumn) direct(a arrow.Array) (out cells, ok bool) {
	switch a := a.(type) {
	case *array.Dictionary:
		return codedCells(a, c.kind)
	case *array.Int64:
		if c.kind == dataframe.Int {
			return cleared(append([]int64(nil), a.Int64Values()...), validOf(a)), true
		}
	case *array.Int32:
		if c.kind == dataframe.Int {
			return cleared(widened(a.Int32Values()), validOf(a)), true
		}
	case *array.Timestamp:
		if c.kind == dataframe.Time {
			return instantsOf(a)
		}
	}
	return out, false
}

func codedCells(a *array.Dictionary, kind dataframe.Kind) (out cells, ok bool) {
	words, plain := a.Dictionary().(*array.String)
	index, narrow := a.Indices().(*array.Int32)
	if kind != dataframe.String || !plain || !narrow || words.NullN() > 0 {
		return out, false
	}
	out.codes = slices.Clone(index.Int32Values())
	if a.NullN() > 0 {
		for i := range out.codes {
			if a.IsNull(i) {
				out.codes[i] = -1
			}
		}
	}
	out.words = make([]string, words.Len())
	for i := range out.words {
		out.words[i] = words.Value(i)
	}
	return out, true
}

func widened(values []int32) []int64 {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i] = int64(v)
	}
	return out
}

// instantsOf makes nanoseconds; a time that does not fit is left to the frame, which tells of it.
func instantsOf(a *array.Timestamp) (out cells, ok bool) {
	values := make([]int64, a.Len())
	for i, v := range a.TimestampValues() {
		values[i] = int64(v)
	}
	out = cleared(values, validOf(a))
	return out, inNanos(out.values, a.DataType().(*arrow.TimestampType))
}

// inNanos makes times nanoseconds, if all of them fit; else they remain as they are.
func inNanos(values []int64, stamp *arrow.TimestampType) bool {
	unit := int64(stamp.Unit.Multiplier())
	most := math.MaxInt64 / unit
	for _, v := range values {
		if v > most || v < -most {
			return false
		}
	}
	if unit > 1 {
		for i := range values {
			values[i] *= unit
		}
	}
	return true
}

// cleared makes nulls 0, as columns of frames have them: Arrow leaves anything there.
func cleared(values []int64, valid []bool) cells {
	for i, ok := range valid {
		if !ok {
			values[i] = 0
		}
	}
	return cells{values: values, valid: valid}
}

func validOf(a arrow.Array) []bool {
	if a.NullN() == 0 {
		return nil
	}
	out := make([]bool, a.Len())
	for i := range out {
		out[i] = a.IsValid(i)
	}
	return out
}
