package dataframe

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// The constructors of this file copy their values. The optional last argument says which
// values are there (true) and which are null (false); without it none is null.

var (
	naiveTimeType = &arrow.TimestampType{Unit: arrow.Nanosecond}
	utcTimeType   = &arrow.TimestampType{Unit: arrow.Nanosecond, TimeZone: "UTC"}
)

// Strings makes a text column.
func Strings(name string, values []string, valid ...[]bool) Column {
	b := NewBuilder(name)
	ok := validity(name, len(values), valid)
	b.become(String)
	for i, v := range values {
		if ok != nil && !ok[i] {
			b.AppendNull()
		} else {
			b.AppendString(v)
		}
	}
	return b.Column()
}

// Coded makes a text column from codes into texts; a negative code is null. The texts should
// be distinct; a code beyond them is a panic.
func Coded(name string, codes []int32, texts []string) Column {
	index := array.NewInt32Builder(memory.DefaultAllocator)
	index.Reserve(len(codes))
	for _, c := range codes {
		switch {
		case c < 0:
			index.AppendNull()
		case int(c) >= len(texts):
			panic(usage("column %q: code %d is beyond its %d texts", name, c, len(texts)))
		default:
			index.UnsafeAppend(c)
		}
	}
	return textColumn(name, index.NewInt32Array(), wordArray(texts))
}

// Ints makes an integer column.
func Ints(name string, values []int64, valid ...[]bool) Column {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	ok := validity(name, len(values), valid)
	b.AppendValues(cleared(values, ok), ok)
	return Column{name, b.NewInt64Array()}
}

// Floats makes a number column. NaN stays a value, it is not null.
func Floats(name string, values []float64, valid ...[]bool) Column {
	b := array.NewFloat64Builder(memory.DefaultAllocator)
	b.AppendValues(values, validity(name, len(values), valid))
	return Column{name, b.NewFloat64Array()}
}

// Bools makes a column of true and false.
func Bools(name string, values []bool, valid ...[]bool) Column {
	b := array.NewBooleanBuilder(memory.DefaultAllocator)
	b.AppendValues(values, validity(name, len(values), valid))
	return Column{name, b.NewBooleanArray()}
}

// Times makes a time column; every zone is turned into UTC. The zero time is null. Other times
// outside the years 1678 to 2262 do not fit nanoseconds and are a panic.
func Times(name string, values []time.Time, valid ...[]bool) Column {
	nanos, there := make([]int64, len(values)), make([]bool, len(values))
	ok := validity(name, len(values), valid)
	for i, t := range values {
		if there[i] = !t.IsZero() && (ok == nil || ok[i]); !there[i] {
			continue
		}
		nanos[i] = t.UnixNano()
		if !time.Unix(0, nanos[i]).Equal(t) {
			panic(usage("column %q: the time %s does not fit nanoseconds (years 1678 to 2262)", name, t))
		}
	}
	return Nanos(name, nanos, true, there)
}

// Nanos makes a time column from nanoseconds since 1970 UTC. zoned says whether the source
// gave a zone, see [Column.Zoned].
func Nanos(name string, values []int64, zoned bool, valid ...[]bool) Column {
	t := naiveTimeType
	if zoned {
		t = utcTimeType
	}
	b := array.NewTimestampBuilder(memory.DefaultAllocator, t)
	ok := validity(name, len(values), valid)
	stamps := arrow.TimestampTraits.CastFromBytes(arrow.Int64Traits.CastToBytes(cleared(values, ok)))
	b.AppendValues(stamps, ok)
	return Column{name, b.NewTimestampArray()}
}

// cleared returns the values with 0 in the place of nulls, as which they are read.
func cleared(values []int64, valid []bool) []int64 {
	if valid == nil {
		return values
	}
	out := make([]int64, len(values))
	for i, ok := range valid {
		if ok {
			out[i] = values[i]
		}
	}
	return out
}

// validity unpacks the optional validity argument: nil when every value is there.
func validity(name string, n int, valid [][]bool) []bool {
	switch {
	case len(valid) == 0 || valid[0] == nil:
		return nil
	case len(valid) > 1:
		panic(usage("column %q: give one validity slice at most", name))
	case len(valid[0]) != n:
		panic(usage("column %q: %d values but %d validity flags", name, n, len(valid[0])))
	}
	return valid[0]
}

// FromSlice makes a column from a Go slice: []string, []int, []float64, []bool, []time.Time,
// []any (nil is null, mixed types become text) or a slice of any other basic type or of
// pointers to one (nil is null). One value makes a column of n equal rows, which is what
// [DataFrame.With] uses. A [Column] is taken as it is, under the new name.
func FromSlice(name string, values any, n int) Column {
	switch v := values.(type) {
	case Column:
		return v.Named(name)
	case []string:
		return Strings(name, v)
	case []int:
		wide := make([]int64, len(v))
		for i, x := range v {
			wide[i] = int64(x)
		}
		return Ints(name, wide)
	case []int64:
		return Ints(name, v)
	case []float64:
		return Floats(name, v)
	case []bool:
		return Bools(name, v)
	case []time.Time:
		return Times(name, v)
	case []any:
		b := NewBuilder(name)
		for _, x := range v {
			b.Append(x)
		}
		return b.Column()
	}
	return fromOther(name, values, n)
}
