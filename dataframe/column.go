package dataframe

import (
	"math"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// Column is one named, typed, immutable column. Its zero value is an empty text column.
//
// Text is dictionary-coded: each distinct text is stored once and a row is a 32-bit code, so
// that grouping, comparing and colouring work on codes. Times are nanoseconds since 1970 UTC;
// a column read from a source without zones (pandas' naive datetimes) remembers that it had
// none, and is shown without.
type Column struct {
	name string
	data arrow.Array // *array.Dictionary of strings, or Int64, Float64, Boolean, Timestamp
}

// Name returns the column's name.
func (c Column) Name() string { return c.name }

// Named returns the same column under another name.
func (c Column) Named(name string) Column { return Column{name: name, data: c.data} }

// Len returns the number of rows.
func (c Column) Len() int {
	if c.data == nil {
		return 0
	}
	return c.data.Len()
}

// Kind returns the type of the values.
func (c Column) Kind() Kind {
	switch c.data.(type) {
	case *array.Int64:
		return Int
	case *array.Float64:
		return Float
	case *array.Boolean:
		return Bool
	case *array.Timestamp:
		return Time
	}
	return String
}

// Zoned reports whether the source of a time column gave a zone. The instants are UTC either way.
func (c Column) Zoned() bool {
	t, ok := c.data.(*array.Timestamp)
	return ok && t.DataType().(*arrow.TimestampType).TimeZone != ""
}

// UTC returns a time column, or one of whole nanoseconds since 1970, as times whose source gave a
// zone, see [Column.Zoned]. It shares the column's memory.
func (c Column) UTC() Column {
	switch c.data.(type) {
	case *array.Timestamp, *array.Int64:
		if c.Zoned() {
			return c
		}
		d := c.data.Data()
		return Column{c.name, array.NewTimestampData(array.NewData(utcTimeType, d.Len(), d.Buffers(), nil, d.NullN(), d.Offset()))}
	}
	panic(usage("column %q holds %s values, which are not times", c.name, c.Kind()))
}

// Arrow returns the column's array: a dictionary of int32 codes and strings, int64, float64,
// boolean or timestamp[ns]. It shares the column's memory and must not be changed.
func (c Column) Arrow() arrow.Array {
	if c.data == nil {
		return Strings("", nil).data
	}
	return c.data
}

// Nulls returns the number of rows without a value.
func (c Column) Nulls() int {
	if c.data == nil {
		return 0
	}
	return c.data.NullN()
}

// IsNull reports whether row i has no value.
func (c Column) IsNull(i int) bool { return c.data.IsNull(i) }

// Value returns row i as string, int64, float64, bool or time.Time, or nil when it is null.
func (c Column) Value(i int) any {
	if c.data.IsNull(i) {
		return nil
	}
	switch d := c.data.(type) {
	case *array.Int64:
		return d.Value(i)
	case *array.Float64:
		return d.Value(i)
	case *array.Boolean:
		return d.Value(i)
	case *array.Timestamp:
		return time.Unix(0, int64(d.Value(i))).UTC()
	}
	return c.Text(i)
}

// Text returns row i as text: integers in decimal, numbers in the shortest form that reads
// back equal, times in RFC 3339 with the digits they need, null as "".
func (c Column) Text(i int) string {
	if c.data.IsNull(i) {
		return ""
	}
	switch d := c.data.(type) {
	case *array.Dictionary:
		return wordOf(d.Dictionary(), d.GetValueIndex(i))
	case *array.Int64:
		return strconv.FormatInt(d.Value(i), 10)
	case *array.Float64:
		return FormatFloat(d.Value(i))
	case *array.Boolean:
		return strconv.FormatBool(d.Value(i))
	case *array.Timestamp:
		return time.Unix(0, int64(d.Value(i))).UTC().Format(time.RFC3339Nano)
	}
	return ""
}

// FormatFloat writes a number in the shortest form that reads back equal, with a point or an
// exponent so that it stays a floating point number.
func FormatFloat(f float64) string { return string(appendFloat(nil, f)) }

func appendFloat(text []byte, f float64) []byte {
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.AppendFloat(text, f, 'f', 1, 64)
	}
	return strconv.AppendFloat(text, f, 'g', -1, 64)
}

// Codes returns a text column's codes, -1 where it is null, and the texts they stand for.
// Both are shared with the column and must not be changed. A text may stand for no row, and
// each text has one code.
func (c Column) Codes() (codes []int32, texts []string) {
	codes = c.RowCodes()
	if c.data == nil {
		return nil, nil
	}
	texts = make([]string, c.Words())
	for i := range texts {
		texts[i] = c.Word(i)
	}
	return codes, texts
}

// RowCodes returns the codes alone, see [Column.Codes].
func (c Column) RowCodes() []int32 {
	if c.data == nil {
		return nil
	}
	d := c.dictionary()
	codes := d.Indices().(*array.Int32).Int32Values()
	if d.NullN() > 0 {
		codes = append([]int32(nil), codes...)
		for i := range codes {
			if d.IsNull(i) {
				codes[i] = -1
			}
		}
	}
	return codes
}

// Words returns how many texts a text column has a code for.
func (c Column) Words() int {
	if c.data == nil {
		return 0
	}
	return c.dictionary().Dictionary().Len()
}

// Word returns the text that a text column's code stands for. It shares the column's memory.
func (c Column) Word(code int) string {
	return wordOf(c.dictionary().Dictionary(), code)
}

func (c Column) dictionary() *array.Dictionary {
	d, ok := c.data.(*array.Dictionary)
	if !ok {
		panic(usage("column %q holds %s values, not text: Codes needs a text column", c.name, c.Kind()))
	}
	return d
}

// Nanos returns a time column as nanoseconds since 1970 UTC; a null reads as 0, see [Column.IsNull].
func (c Column) Nanos() []int64 {
	t, ok := c.data.(*array.Timestamp)
	if !ok {
		panic(usage("column %q holds %s values, not times", c.name, c.Kind()))
	}
	return arrow.Int64Traits.CastFromBytes(arrow.TimestampTraits.CastToBytes(t.TimestampValues()))
}

// Ints returns an integer column's values; a null reads as 0, see [Column.IsNull].
func (c Column) Ints() []int64 {
	d, ok := c.data.(*array.Int64)
	if !ok {
		panic(usage("column %q holds %s values, not integers", c.name, c.Kind()))
	}
	return d.Int64Values()
}

// Floats returns a number or integer column as float64, nulls as NaN.
func (c Column) Floats() []float64 {
	out := make([]float64, c.Len())
	switch d := c.data.(type) {
	case *array.Float64:
		copy(out, d.Float64Values())
	case *array.Int64:
		for i, v := range d.Int64Values() {
			out[i] = float64(v)
		}
	default:
		panic(usage("column %q holds %s values, not numbers", c.name, c.Kind()))
	}
	for i := range out {
		if c.data.NullN() > 0 && c.data.IsNull(i) {
			out[i] = math.NaN()
		}
	}
	return out
}

// Bools returns a bool column's values; a null reads as false, see [Column.IsNull].
func (c Column) Bools() []bool {
	d, ok := c.data.(*array.Boolean)
	if !ok {
		panic(usage("column %q holds %s values, not true or false", c.name, c.Kind()))
	}
	out := make([]bool, d.Len())
	for i := range out {
		out[i] = d.IsValid(i) && d.Value(i)
	}
	return out
}

// Strings returns every row as text, as [Column.Text] does.
func (c Column) Strings() []string {
	out := make([]string, c.Len())
	for i := range out {
		out[i] = c.Text(i)
	}
	return out
}

// Times returns a time column as UTC times, nulls as the zero time.
func (c Column) Times() []time.Time {
	nanos := c.Nanos()
	out := make([]time.Time, len(nanos))
	for i, n := range nanos {
		if !c.data.IsNull(i) {
			out[i] = time.Unix(0, n).UTC()
		}
	}
	return out
}
