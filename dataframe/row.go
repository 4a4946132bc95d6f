package dataframe

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// Row is one row of a frame. Its zero value is no row.
type Row struct {
	frame DataFrame
	i     int
}

// At returns row i, counted from 0 (pandas' iloc); a negative i counts from the end.
func (d DataFrame) At(i int) Row {
	n := d.Nrow()
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		panic(usage("row %d of a frame with %d rows", i, n))
	}
	return Row{d, i}
}

// Loc returns the first row with that index label (pandas' loc); an unknown label is a panic
// with a [*KeyError]. The label has the index's own type: a string, an int, a time.Time.
func (d DataFrame) Loc(key any) Row {
	t := d.table()
	t.keyOnce.Do(func() {
		labels := d.Index()
		t.keyRow = make(map[any]int, t.rows)
		for i := t.rows - 1; i >= 0; i-- {
			t.keyRow[labels.Value(i)] = i
		}
	})
	if _, ok := key.(string); !ok { // an int as int64, a time in UTC
		key = FromSlice("", key, 1).Value(0)
	}
	i, ok := t.keyRow[key]
	if !ok {
		labels := d.Index().Slice(0, min(d.Nrow(), 10000)).Strings()
		panic(&KeyError{Key: FromSlice("", key, 1).Text(0), Have: labels})
	}
	return Row{d, i}
}

// Number returns the row's position in its frame, from 0.
func (r Row) Number() int { return r.i }

// Name returns the row's index label as text.
func (r Row) Name() string { return r.frame.Index().Text(r.i) }

// Frame returns the frame that the row belongs to.
func (r Row) Frame() DataFrame { return r.frame }

// Has reports whether the row has a column of that name.
func (r Row) Has(name string) bool { return r.frame.Has(name) }

// Get returns a value as string, int64, float64, bool or time.Time, nil when it is null.
func (r Row) Get(name string) any { return r.frame.Col(name).Value(r.i) }

// Str returns any value as text, null as "".
func (r Row) Str(name string) string { return r.frame.Col(name).Text(r.i) }

// Int returns an integer, null as 0.
func (r Row) Int(name string) int64 { return r.frame.Col(name).Ints()[r.i] }

// Float returns a number, null as NaN.
func (r Row) Float(name string) float64 {
	c := r.frame.Col(name)
	if d, ok := c.data.(*array.Float64); ok && d.IsValid(r.i) {
		return d.Value(r.i)
	}
	return c.Slice(r.i, r.i+1).Floats()[0]
}

// Bool returns true or false, null as false.
func (r Row) Bool(name string) bool { return r.frame.Col(name).Slice(r.i, r.i+1).Bools()[0] }

// Time returns a time in UTC, null as the zero time.
func (r Row) Time(name string) time.Time {
	c := r.frame.Col(name)
	if nanos := c.Nanos(); !c.IsNull(r.i) {
		return time.Unix(0, nanos[r.i]).UTC()
	}
	return time.Time{}
}

// IsNull reports whether the row has no value in a column.
func (r Row) IsNull(name string) bool { return r.frame.Col(name).IsNull(r.i) }
