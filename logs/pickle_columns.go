package logs

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// notATime is numpy's NaT.
const notATime = math.MinInt64

// column turns row k of an array into a column. zoned says whether times are of a known zone;
// valid, when not nil, says which values count.
func (r *frameReader) column(name string, a *ndarray, k int, zoned bool, valid []bool) (dataframe.Column, error) {
	if err := r.spend(a.length); err != nil {
		return dataframe.Column{}, err
	}
	if k >= a.rows || valid != nil && len(valid) != a.length {
		return dataframe.Column{}, errArray
	}
	switch a.kind {
	case 'i':
		values := make([]int64, a.length)
		for i := range values {
			values[i] = a.int(k, i)
		}
		return dataframe.Ints(name, values, valid), nil
	case 'u':
		return r.unsigned(name, a, k, valid), nil
	case 'f':
		return floats(name, a, k, valid), nil
	case 'b':
		values := make([]bool, a.length)
		for i := range values {
			values[i] = a.at(k, i)[0] != 0
		}
		return dataframe.Bools(name, values, valid), nil
	case 'M':
		return r.times(name, a, k, zoned), nil
	case 'm':
		return r.durations(name, a, k), nil
	case 'O':
		return r.objects(name, a.objects[k*a.length:(k+1)*a.length])
	}
	c := newCells(name)
	for i := range a.length {
		c.addString(a.text(k, i))
	}
	return c.soundText(), nil
}

// floats makes NaN null, which is what pandas means by it.
func floats(name string, a *ndarray, k int, valid []bool) dataframe.Column {
	values := make([]float64, a.length)
	there := append([]bool(nil), valid...)
	for i := range values {
		values[i] = a.float(k, i)
		if math.IsNaN(values[i]) {
			if there == nil {
				there = allTrue(a.length)
			}
			there[i] = false
		}
	}
	return dataframe.Floats(name, values, there)
}

// unsigned keeps integers; when one does not fit 64 bits with a sign the column becomes text.
func (r *frameReader) unsigned(name string, a *ndarray, k int, valid []bool) dataframe.Column {
	values := make([]int64, a.length)
	for i := range values {
		v := a.uint(k, i)
		if v > math.MaxInt64 && (valid == nil || valid[i]) {
			r.note("column %q holds integers beyond 64 bits with a sign: kept as text", name)
			return textColumn(name, a.length, valid, func(i int) string { return strconv.FormatUint(a.uint(k, i), 10) })
		}
		values[i] = int64(v)
	}
	return dataframe.Ints(name, values, valid)
}

// times makes NaT null; when a time does not fit nanoseconds the column becomes text.
func (r *frameReader) times(name string, a *ndarray, k int, zoned bool) dataframe.Column {
	values := make([]int64, a.length)
	var valid []bool
	for i := range values {
		v := a.int(k, i)
		if v == notATime {
			if valid == nil {
				valid = allTrue(a.length)
			}
			valid[i] = false
			continue
		}
		nanos, ok := scale(v, a.unit)
		if !ok {
			return r.farTimes(name, a, k)
		}
		values[i] = nanos
	}
	return dataframe.Nanos(name, values, zoned, valid)
}

func (r *frameReader) farTimes(name string, a *ndarray, k int) dataframe.Column {
	r.note("column %q holds times outside the years 1678 to 2262: kept as text", name)
	valid := make([]bool, a.length)
	for i := range valid {
		valid[i] = a.int(k, i) != notATime
	}
	return textColumn(name, a.length, valid, func(i int) string { return farTime(a.int(k, i), a.unit) })
}

// farTime writes a time of any year.
func farTime(v, unit int64) string {
	if unit >= int64(time.Second) {
		seconds, ok := scale(v, unit/int64(time.Second))
		if !ok {
			return strconv.FormatInt(v, 10)
		}
		return time.Unix(seconds, 0).UTC().Format(time.RFC3339Nano)
	}
	perSecond := int64(time.Second) / unit
	return time.Unix(v/perSecond, v%perSecond*unit).UTC().Format(time.RFC3339Nano)
}

// durations keeps nanoseconds, and says so.
func (r *frameReader) durations(name string, a *ndarray, k int) dataframe.Column {
	values := make([]int64, a.length)
	valid := allTrue(a.length)
	for i := range values {
		v := a.int(k, i)
		nanos, ok := scale(v, a.unit)
		values[i], valid[i] = nanos, v != notATime
		if !ok && valid[i] {
			r.note("column %q holds durations beyond 292 years: kept as text, in its own unit", name)
			return textColumn(name, a.length, nil, func(i int) string { return strconv.FormatInt(a.int(k, i), 10) })
		}
	}
	r.note("column %q holds durations: kept as integers, in nanoseconds", name)
	return dataframe.Ints(name, values, valid)
}

func textColumn(name string, n int, valid []bool, text func(int) string) dataframe.Column {
	c := newCells(name)
	for i := range n {
		if valid == nil || valid[i] {
			c.addString(text(i))
		} else {
			c.addNull()
		}
	}
	return c.text()
}

func allTrue(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

// scale returns v*unit and whether it fits.
func scale(v, unit int64) (int64, bool) {
	magnitude := uint64(v)
	if v < 0 {
		magnitude = -magnitude
	}
	high, low := bits.Mul64(magnitude, uint64(unit))
	return v * unit, high == 0 && low <= math.MaxInt64
}

// note adds what a person should know about a column.
func (r *frameReader) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}
