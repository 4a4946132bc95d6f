package dataframe

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"
)

var timeType = reflect.TypeFor[time.Time]()

// appendTime adds a time; the zero time is null, as [Column.Times] gives it back.
func (b *Builder) appendTime(t time.Time) {
	nanos := t.UnixNano()
	switch {
	case t.IsZero():
		b.AppendNull()
	case time.Unix(0, nanos).Equal(t):
		b.AppendNanos(nanos, true)
	default:
		b.AppendString(t.UTC().Format(time.RFC3339Nano))
	}
}

// appendOther adds values of types that only reflection tells apart.
func (b *Builder) appendOther(v any) {
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Pointer && r.IsNil() {
		b.AppendNull()
		return
	}
	switch v := v.(type) {
	case json.Number:
		b.appendNumber(v)
		return
	case *time.Time:
		b.appendTime(*v)
		return
	case fmt.Stringer, error:
		b.AppendString(fmt.Sprint(v))
		return
	}
	switch {
	case r.Kind() == reflect.Pointer:
		b.Append(r.Elem().Interface())
	case r.CanInt():
		b.AppendInt(r.Int())
	case r.CanUint() && r.Uint() <= math.MaxInt64:
		b.AppendInt(int64(r.Uint()))
	case r.CanUint():
		b.AppendString(strconv.FormatUint(r.Uint(), 10))
	case r.CanFloat():
		b.AppendFloat(r.Float())
	case r.Kind() == reflect.Bool:
		b.AppendBool(r.Bool())
	case r.Kind() == reflect.String:
		b.AppendString(r.String())
	default:
		data, err := json.Marshal(v)
		if err != nil {
			data = fmt.Append(nil, v)
		}
		b.AppendBytes(data)
	}
}

// appendNumber keeps the digits of integers that fit.
func (b *Builder) appendNumber(n json.Number) {
	if i, err := n.Int64(); err == nil {
		b.AppendInt(i)
	} else if f, err := n.Float64(); err == nil {
		b.AppendFloat(f)
	} else {
		b.AppendString(n.String())
	}
}

// kindOfType returns the kind that values of a Go type get; ok is false for types that hold
// several values, such as structs and slices, and for interfaces.
func kindOfType(t reflect.Type) (k Kind, ok bool) {
	if t.Kind() == reflect.Pointer && !t.Implements(reflect.TypeFor[fmt.Stringer]()) {
		t = t.Elem()
	}
	switch {
	case t == timeType || t == reflect.PointerTo(timeType):
		return Time, true
	case t.Implements(reflect.TypeFor[fmt.Stringer]()), t.Implements(reflect.TypeFor[error]()):
		return String, true
	}
	switch k := t.Kind(); {
	case k >= reflect.Int && k <= reflect.Uintptr:
		return Int, true
	case k == reflect.Float32 || k == reflect.Float64:
		return Float, true
	case k == reflect.Bool:
		return Bool, true
	case k == reflect.String:
		return String, true
	}
	return String, false
}

// fromOther makes a column from a slice of any basic type, or from one value for n rows.
func fromOther(name string, values any, n int) Column {
	b, r := NewBuilder(name), reflect.ValueOf(values)
	if !r.IsValid() { // nil
		return Coded(name, filled(n, -1), nil)
	}
	if r.Kind() == reflect.Slice || r.Kind() == reflect.Array {
		if k, ok := kindOfType(r.Type().Elem()); ok {
			b.become(k)
			for i := range r.Len() {
				b.Append(r.Index(i).Interface())
			}
			return b.Column()
		}
	} else if _, ok := kindOfType(r.Type()); ok {
		for range n {
			b.Append(values)
		}
		return b.Column()
	}
	panic(usage("column %s: cannot make a column from %T; give a slice of string, int, float64, bool or time.Time, or one such value", Clip(name), values))
}
