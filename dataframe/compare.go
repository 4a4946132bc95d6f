package dataframe

import (
	"cmp"
	"reflect"
	"time"
)

// Eq matches rows whose value equals the given one: text, any integer or floating point type,
// bool, time.Time, or for a time column a text that reads as a time, such as "2020-01-31",
// "2020-01-31 12:00:05.25" or RFC 3339; without a zone it is UTC. Integers and numbers compare
// exactly, whatever their size.
func Eq(col string, value any) Predicate { return comparison(col, value, "Eq") }

// Ne matches rows whose value differs from the given one, null included; see [Eq].
func Ne(col string, value any) Predicate { return Not(comparison(col, value, "Ne")) }

// Lt matches rows whose value is less than the given one; text compares byte by byte. See [Eq].
func Lt(col string, value any) Predicate { return comparison(col, value, "Lt") }

// Le matches rows whose value is at most the given one. See [Eq] and [Lt].
func Le(col string, value any) Predicate { return comparison(col, value, "Le") }

// Gt matches rows whose value is greater than the given one. See [Eq] and [Lt].
func Gt(col string, value any) Predicate { return comparison(col, value, "Gt") }

// Ge matches rows whose value is at least the given one. See [Eq] and [Lt].
func Ge(col string, value any) Predicate { return comparison(col, value, "Ge") }

// accepts tells for each verb whether the outcome of a three-way comparison is a match.
var accepts = map[string]func(int) bool{
	"Eq": func(c int) bool { return c == 0 },
	"Ne": func(c int) bool { return c == 0 }, // Ne turns it round
	"Lt": func(c int) bool { return c < 0 },
	"Le": func(c int) bool { return c <= 0 },
	"Gt": func(c int) bool { return c > 0 },
	"Ge": func(c int) bool { return c >= 0 },
}

// comparison compiles to a loop over the column's own type.
func comparison(col string, value any, verb string) Predicate {
	return Predicate{func(d DataFrame, hits []bool) {
		c := d.Col(col)
		v := operand(c, value, verb)
		accept := accepts[verb]
		below, same, above := accept(-1), accept(0), accept(1)
		switch c.Kind() {
		case String:
			c.markTexts(hits, func(s string) bool { return accept(cmp.Compare(s, v.text)) })
		case Float:
			markFloats(hits, c.Floats(), v, accept)
		default:
			// what v.number is rounded off, it is above: 5.5 is just above 5
			if v.above > 0 {
				same = below
			} else if v.above < 0 {
				same = above
			}
			for i, x := range c.integers() {
				hits[i] = (x < v.number && below) || (x == v.number && same) || (x > v.number && above)
			}
			c.unmarkNulls(hits)
			if v.nan {
				fill(hits, false)
			}
		}
	}}
}

func markFloats(hits []bool, values []float64, v value, accept func(int) bool) {
	if v.nan {
		return
	}
	below, same, above := accept(-1), accept(0), accept(1)
	for i, x := range values {
		switch {
		case x < v.float:
			hits[i] = below
		case x > v.float:
			hits[i] = above
		case x == v.float:
			hits[i] = same
			if v.wide != 0 { // an integer that float64 rounds
				hits[i] = accept(-v.wide)
			}
		}
	}
}

// integers returns the values of an Int, Time or Bool column as integers.
func (c Column) integers() []int64 {
	switch c.Kind() {
	case Int:
		return c.Ints()
	case Time:
		return c.Nanos()
	}
	out := make([]int64, c.Len())
	for i, v := range c.Bools() {
		if v {
			out[i] = 1
		}
	}
	return out
}

func (c Column) unmarkNulls(hits []bool) {
	if c.Nulls() > 0 {
		for i := range hits {
			hits[i] = hits[i] && !c.IsNull(i)
		}
	}
}

// value is what a column is compared with, in the column's own terms.
type value struct {
	text   string
	number int64 // for Int, Time (nanoseconds) and Bool (0 or 1) columns
	above  int   // the exact value is above (1) or below (-1) number
	float  float64
	wide   int // the exact value is above (1) or below (-1) float
	nan    bool
}

// operand turns a value into the column's terms; what cannot be compared is a panic.
func operand(c Column, v any, verb string) value {
	switch x := v.(type) {
	case string:
		if c.Kind() == String {
			return value{text: x}
		}
		if c.Kind() == Time {
			if nanos, _, ok := ParseTime(x); ok {
				return value{number: nanos}
			}
			panic(usage("column %s holds times and %s is none: give a time.Time or text like %q", Clip(c.name), Clip(x), "2006-01-02 15:04:05"))
		}
	case time.Time:
		if c.Kind() == Time {
			return instant(x)
		}
	case nil:
		panic(usage("%s(%s, nil) would match nothing: give IsNull(%s) or Not(IsNull(%s))", verb, Clip(c.name), Clip(c.name), Clip(c.name)))
	default:
		if n, ok := primitive(c, reflect.ValueOf(v)); ok {
			return n
		}
	}
	panic(usage("column %s holds %s: %s(%s, …) needs %s, not %s", Clip(c.name), plural[c.Kind()], verb, Clip(c.name), wanted[c.Kind()], typeName(v)))
}

// primitive takes values of every basic type, also of types that are named after one.
func primitive(c Column, v reflect.Value) (value, bool) {
	number := c.Kind() == Int || c.Kind() == Float
	switch {
	case number && v.CanInt():
		return integer(v.Int()), true
	case number && v.CanUint():
		if u := v.Uint(); u > 1<<63-1 {
			return value{number: 1<<63 - 1, above: 1, float: float64(u), wide: wideness(u)}, true
		}
		return integer(int64(v.Uint())), true
	case number && v.CanFloat():
		return real(v.Float()), true
	case c.Kind() == String && v.Kind() == reflect.String:
		return value{text: v.String()}, true
	case c.Kind() == Bool && v.Kind() == reflect.Bool:
		if v.Bool() {
			return value{number: 1}, true
		}
		return value{}, true
	}
	return value{}, false
}
