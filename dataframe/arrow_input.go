package dataframe

import (
	"encoding/json"
	"math"
	"math/bits"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// arrowInput appends Arrow arrays of one column to its builder.
type arrowInput struct {
	b    *Builder
	note string
}

// kindOfArrow returns the kind that values of an Arrow type get.
func kindOfArrow(t arrow.DataType) Kind {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return kindOfArrow(t.ValueType)
	case *arrow.RunEndEncodedType:
		return kindOfArrow(t.Encoded())
	case arrow.ExtensionType:
		return kindOfArrow(t.StorageType())
	}
	switch t.ID() {
	case arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.UINT64, arrow.DURATION:
		return Int
	case arrow.FLOAT16, arrow.FLOAT32, arrow.FLOAT64:
		return Float
	case arrow.BOOL:
		return Bool
	case arrow.DATE32, arrow.DATE64, arrow.TIMESTAMP:
		return Time
	}
	return String
}

// zonedArrow reports whether an Arrow type holds times with a zone.
func zonedArrow(t arrow.DataType) bool {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return zonedArrow(t.ValueType)
	case *arrow.RunEndEncodedType:
		return zonedArrow(t.Encoded())
	case *arrow.TimestampType:
		return t.TimeZone != ""
	}
	return false
}

func (in *arrowInput) append(a arrow.Array) {
	switch a := a.(type) {
	case *array.Int8:
		integers(in.b, a, a.Int8Values())
	case *array.Int16:
		integers(in.b, a, a.Int16Values())
	case *array.Int32:
		integers(in.b, a, a.Int32Values())
	case *array.Int64:
		integers(in.b, a, a.Int64Values())
	case *array.Uint8:
		integers(in.b, a, a.Uint8Values())
	case *array.Uint16:
		integers(in.b, a, a.Uint16Values())
	case *array.Uint32:
		integers(in.b, a, a.Uint32Values())
	case *array.Uint64:
		in.unsigned(a)
	case *array.Float32:
		each(in.b, a, func(i int) { in.b.AppendFloat(float64(a.Value(i))) })
	case *array.Float64:
		each(in.b, a, func(i int) { in.b.AppendFloat(a.Value(i)) })
	case *array.Float16:
		each(in.b, a, func(i int) { in.b.AppendFloat(float64(a.Value(i).Float32())) })
	case *array.Boolean:
		each(in.b, a, func(i int) { in.b.AppendBool(a.Value(i)) })
	default:
		in.appendTime(a)
	}
}

func (in *arrowInput) appendTime(a arrow.Array) {
	const day = 24 * int64(time.Hour)
	switch a := a.(type) {
	case *array.Timestamp:
		t := a.DataType().(*arrow.TimestampType)
		each(in.b, a, func(i int) { in.instant(int64(a.Value(i)), int64(t.Unit.Multiplier()), t.TimeZone != "") })
	case *array.Date32:
		each(in.b, a, func(i int) { in.instant(int64(a.Value(i)), day, false) })
	case *array.Date64:
		each(in.b, a, func(i int) { in.instant(int64(a.Value(i)), int64(time.Millisecond), false) })
	case *array.Duration:
		unit := int64(a.DataType().(*arrow.DurationType).Unit.Multiplier())
		in.note = "durations are shown in nanoseconds"
		each(in.b, a, func(i int) {
			if nanos, ok := scaled(int64(a.Value(i)), unit); ok {
				in.b.AppendInt(nanos)
			} else {
				in.wideText(a.ValueStr(i), "durations beyond 292 years")
			}
		})
	default:
		in.appendOther(a)
	}
}

func (in *arrowInput) appendOther(a arrow.Array) {
	switch a := a.(type) {
	case *array.Dictionary:
		in.dictionary(a)
	case *array.RunEndEncoded:
		in.runs(a)
	case array.ExtensionArray:
		in.append(a.Storage())
	case *array.Null:
		for range a.Len() {
			in.b.AppendNull()
		}
	case *array.Decimal32, *array.Decimal64, *array.Decimal128, *array.Decimal256:
		in.note = "decimals are kept as text, so that no digit is lost"
		each(in.b, a, func(i int) { in.b.AppendString(a.ValueStr(i)) })
	case *array.Time32, *array.Time64:
		in.note = "times of day are kept as text"
		each(in.b, a, func(i int) { in.b.AppendString(a.ValueStr(i)) })
	default:
		if text := in.texts(a); text != nil {
			each(in.b, a, func(i int) { in.appendText(text(i)) })
			return
		}
		in.note = a.DataType().Name() + " values are kept as JSON text"
		each(in.b, a, func(i int) {
			data, err := json.Marshal(a.GetOneForMarshal(i))
			if err != nil {
				data = []byte(a.ValueStr(i))
			}
			in.b.AppendBytes(data)
		})
	}
}

// each calls put for every row that has a value and appends null for the others.
func each(b *Builder, a arrow.Array, put func(i int)) {
	nulls := a.NullN() > 0
	for i := range a.Len() {
		if nulls && a.IsNull(i) {
			b.AppendNull()
		} else {
			put(i)
		}
	}
}

func integers[T int8 | int16 | int32 | int64 | uint8 | uint16 | uint32](b *Builder, a arrow.Array, values []T) {
	each(b, a, func(i int) { b.AppendInt(int64(values[i])) })
}

func (in *arrowInput) unsigned(a *array.Uint64) {
	each(in.b, a, func(i int) {
		if v := a.Value(i); v <= math.MaxInt64 {
			in.b.AppendInt(int64(v))
		} else {
			in.wideText(a.ValueStr(i), "integers beyond 64 bits with a sign")
		}
	})
}

// instant appends a time of v units; one that does not fit nanoseconds makes the column text.
func (in *arrowInput) instant(v, unit int64, zoned bool) {
	if nanos, ok := scaled(v, unit); ok {
		in.b.AppendNanos(nanos, zoned)
		return
	}
	perSecond := int64(time.Second) / unit
	t := time.Unix(v, 0)
	if perSecond == 0 { // days
		t = time.Unix(0, 0).AddDate(0, 0, int(v))
	} else if perSecond > 1 {
		t = time.Unix(v/perSecond, v%perSecond*unit)
	}
	in.wideText(t.UTC().Format(time.RFC3339Nano), "times outside the years 1678 to 2262")
}

func (in *arrowInput) wideText(s, what string) {
	in.note = "it has " + what + ": kept as text"
	in.b.AppendString(s)
}

// scaled returns v*unit and whether it fits.
func scaled(v, unit int64) (int64, bool) {
	abs := uint64(v)
	if v < 0 {
		abs = -abs
	}
	hi, lo := bits.Mul64(abs, uint64(unit))
	return v * unit, hi == 0 && lo <= math.MaxInt64
}
