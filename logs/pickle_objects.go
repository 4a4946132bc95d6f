package logs

import (
	"math"
	"math/big"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// objects turns a column of Python objects into one of the kind that all of them have: text,
// integers, true and false, or times. Mixtures become text, with a note. None, NaN, NaT and
// pandas.NA are null.
func (r *frameReader) objects(name string, values []any) (dataframe.Column, error) {
	if c := texts(name, values); c != nil {
		return c.soundText(), nil
	}
	b := dataframe.NewBuilder(name)
	nested := 0
	for _, v := range values {
		if isNull(v) {
			b.AppendNull()
			continue
		}
		isNested, err := r.cell(b, v)
		if err != nil {
			return dataframe.Column{}, err
		}
		if isNested {
			nested++
		}
	}
	if nested > 0 {
		r.note("column %q holds %d nested values: kept as JSON text", name, nested)
	} else if mixed := b.Mixed(); mixed != "" {
		r.notes = append(r.notes, mixed)
	}
	return b.Column(), nil
}

// texts takes a column of texts and nulls, the usual one, or returns nil.
func texts(name string, values []any) *cells {
	c := newCells(name)
	c.codes = make([]int32, 0, len(values))
	for _, v := range values {
		if s, ok := v.(string); ok {
			c.addString(s)
		} else if isNull(v) {
			c.addNull()
		} else {
			return nil
		}
	}
	return c
}

// isNull reports whether v is one of the four nulls of pandas.
func isNull(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case float64:
		return math.IsNaN(v)
	case *global:
		return v.class == classNA
	case *object:
		switch v.class() {
		case classNaT:
			return true
		case classTimestamp, classTimedelta:
			return v.arg(0) == int64(notATime)
		}
	}
	return false
}

// cell appends one value; nested says whether it was a list or the like.
func (r *frameReader) cell(b *dataframe.Builder, v any) (nested bool, err error) {
	switch v := v.(type) {
	case string:
		b.AppendString(sound(v))
	case int64:
		b.AppendInt(v)
	case float64:
		b.AppendFloat(v)
	case bool:
		b.AppendBool(v)
	case *big.Int:
		text, err := r.bigText(v)
		b.AppendString(text)
		return false, err
	case *object:
		return r.objectCell(b, v)
	default:
		text, err := r.nested(v)
		b.AppendString(text)
		return true, err
	}
	return false, nil
}

// bigText writes a large integer. Turning bits into digits takes more than linear time, so one
// of an absurd length is an error.
func (r *frameReader) bigText(v *big.Int) (string, error) {
	if v.BitLen() > 1<<14 {
		return "", errPickleType
	}
	text := v.String()
	return text, r.spend(len(text))
}

// objectCell appends a value that is neither a number nor a text.
func (r *frameReader) objectCell(b *dataframe.Builder, o *object) (nested bool, err error) {
	switch o.class() {
	case classTimestamp:
		return false, r.timestamp(b, o)
	case classDatetime, classDate:
		t, zoned, err := datetime(o)
		if err != nil {
			return false, err
		}
		appendTime(b, t, zoned)
		return false, nil
	case classTimedelta:
		unit, ok := resolution(o.arg(1))
		v, isInt := o.arg(0).(int64)
		nanos, fits := scale(v, unit)
		if !ok || !isInt || !fits {
			return false, errPickleType
		}
		b.AppendString(time.Duration(nanos).String())
		return false, nil
	case classDecimal, classUUID:
		text, err := r.plainText(o)
		b.AppendString(text)
		return false, err
	case classScalar:
		return false, r.scalar(b, o)
	}
	text, err := r.nested(o)
	b.AppendString(text)
	return true, err
}

// scalar appends a numpy value: scalar(dtype, bytes).
func (r *frameReader) scalar(b *dataframe.Builder, o *object) error {
	t, err := numpyTypeOf(o.arg(0))
	if err != nil {
		return err
	}
	raw, ok := o.arg(1).([]byte)
	if !ok || t.kind == 'O' || len(raw) != t.size {
		return errArray
	}
	a := &ndarray{numpyType: t, rows: 1, length: 1, raw: raw}
	c, err := r.column("", a, 0, false, nil)
	if err != nil {
		return err
	}
	switch {
	case c.IsNull(0):
		b.AppendNull()
	case c.Kind() == dataframe.Time:
		b.AppendNanos(c.Nanos()[0], false)
	default:
		b.Append(c.Value(0))
	}
	return nil
}

// appendTime appends a time, as text when it does not fit nanoseconds.
func appendTime(b *dataframe.Builder, t time.Time, zoned bool) {
	const most = math.MaxInt64/1_000_000_000 - 1
	if seconds := t.Unix(); seconds > most || seconds < -most {
		b.AppendString(t.UTC().Format(time.RFC3339Nano))
		return
	}
	b.AppendNanos(t.UnixNano(), zoned)
}

// timestamp appends a pandas.Timestamp: (value, freq, tz, resolution). The value is of UTC when
// there is a zone.
func (r *frameReader) timestamp(b *dataframe.Builder, o *object) error {
	v, ok := o.arg(0).(int64)
	if !ok {
		return errPickleType
	}
	unit := int64(1)
	if len(o.args) > 3 {
		if unit, ok = resolution(o.arg(3)); !ok {
			return errPickleType
		}
	}
	zoned := o.arg(2) != nil
	if nanos, ok := scale(v, unit); ok {
		b.AppendNanos(nanos, zoned)
	} else {
		b.AppendString(farTime(v, unit))
	}
	return nil
}

// resolution returns the nanoseconds of numpy's code of a unit of time.
func resolution(v any) (int64, bool) {
	switch v {
	case int64(7):
		return 1e9, true
	case int64(8):
		return 1e6, true
	case int64(9):
		return 1e3, true
	case int64(10):
		return 1, true
	}
	return 1, false
}
