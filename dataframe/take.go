package dataframe

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Take returns the rows with the given numbers, in that order; a negative number gives null.
// Text keeps its dictionary, so the cost is that of the row numbers alone.
func (c Column) Take(rows []int32) Column {
	mem := memory.DefaultAllocator
	switch d := c.data.(type) {
	case *array.Dictionary:
		b := array.NewInt32Builder(mem)
		b.Reserve(len(rows))
		codes := d.Indices().(*array.Int32).Int32Values()
		for _, r := range rows {
			if r < 0 || d.IsNull(int(r)) {
				b.UnsafeAppendBoolToBitmap(false)
			} else {
				b.UnsafeAppend(codes[r])
			}
		}
		return textColumn(c.name, b.NewInt32Array(), d.Dictionary())
	case *array.Int64:
		b := array.NewInt64Builder(mem)
		return Column{c.name, taken(b, d.Int64Values(), d, rows).NewArray()}
	case *array.Float64:
		b := array.NewFloat64Builder(mem)
		return Column{c.name, taken(b, d.Float64Values(), d, rows).NewArray()}
	case *array.Timestamp:
		b := array.NewTimestampBuilder(mem, d.DataType().(*arrow.TimestampType))
		return Column{c.name, taken(b, d.TimestampValues(), d, rows).NewArray()}
	case *array.Boolean:
		b := array.NewBooleanBuilder(mem)
		b.Reserve(len(rows))
		for _, r := range rows {
			if r < 0 || d.IsNull(int(r)) {
				b.AppendNull()
			} else {
				b.Append(d.Value(int(r)))
			}
		}
		return Column{c.name, b.NewArray()}
	}
	return Coded(c.name, filled(len(rows), -1), nil)
}

// appender is the part of Arrow's fixed-width builders that taking rows needs.
type appender[T any] interface {
	Reserve(int)
	UnsafeAppend(T)
	UnsafeAppendBoolToBitmap(bool)
	NewArray() arrow.Array
}

func taken[T any, B appender[T]](b B, values []T, nulls arrow.Array, rows []int32) B {
	b.Reserve(len(rows))
	for _, r := range rows {
		if r < 0 || nulls.IsNull(int(r)) {
			b.UnsafeAppendBoolToBitmap(false)
		} else {
			b.UnsafeAppend(values[r])
		}
	}
	return b
}

func filled(n int, v int32) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// Slice returns rows from to to-1 without copying.
func (c Column) Slice(from, to int) Column {
	if c.data == nil {
		return c
	}
	return Column{c.name, array.NewSlice(c.data, int64(from), int64(to))}
}
