package logs

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// maxNesting is the depth of lists in lists that is read; Python's own limit is of this size.
const maxNesting = 100

// nested writes a list, tuple, set, dict or array in a cell as JSON text. A pickle may refer to
// the same list many times, so that a few bytes unfold to very many: that is an error.
func (r *frameReader) nested(v any) (string, error) {
	var b strings.Builder
	err := r.write(&b, v, 0)
	return b.String(), err
}

func (r *frameReader) write(b *strings.Builder, v any, depth int) error {
	if depth > maxNesting {
		return errors.New("a cell holds lists nested too deeply: the file is corrupt")
	}
	before := b.Len()
	if err := r.writeValue(b, v, depth); err != nil {
		return err
	}
	if depth == 0 {
		return r.spend(b.Len() - before)
	}
	return r.spend(1)
}

func (r *frameReader) writeValue(b *strings.Builder, v any, depth int) error {
	if isNull(v) {
		b.WriteString("null")
		return nil
	}
	switch v := v.(type) {
	case string:
		return r.writeText(b, sound(v))
	case []byte:
		return r.writeText(b, strings.ToValidUTF8(string(v), "\uFFFD"))
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case *big.Int:
		text, err := r.bigText(v)
		b.WriteString(text)
		return err
	case float64:
		if math.IsInf(v, 0) {
			return r.writeText(b, fmt.Sprint(v))
		}
		b.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
	case *dict:
		return r.writeDict(b, v, depth)
	case tuple:
		return r.writeList(b, v, depth)
	case *list:
		return r.writeList(b, v.values, depth)
	case *object:
		return r.writeObject(b, v, depth)
	default:
		return fmt.Errorf("a cell holds %s, which is not read: convert the column by .astype(str) and save it again", describe(v))
	}
	return nil
}

// writeText writes a text in quotes. Its length is spent: references repeat it.
func (r *frameReader) writeText(b *strings.Builder, s string) error {
	if err := r.spend(len(s)); err != nil {
		return err
	}
	quoted, err := json.Marshal(s)
	b.Write(quoted)
	return err
}

func (r *frameReader) writeList(b *strings.Builder, values []any, depth int) error {
	b.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := r.write(b, v, depth+1); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

func (r *frameReader) writeDict(b *strings.Builder, d *dict, depth int) error {
	b.WriteByte('{')
	for i, key := range d.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		text, ok := key.(string)
		if !ok {
			var inner strings.Builder
			if err := r.write(&inner, key, depth+1); err != nil {
				return err
			}
			text = inner.String()
		}
		if err := r.writeText(b, sound(text)); err != nil {
			return err
		}
		b.WriteByte(':')
		if err := r.write(b, d.values[i], depth+1); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// writeObject writes a time, a numpy value or array, or a plain text inside a nested value.
func (r *frameReader) writeObject(b *strings.Builder, o *object, depth int) error {
	switch o.class() {
	case classReconstruct, classFromBuffer:
		a, err := r.array(o)
		if err != nil {
			return err
		}
		return r.writeArray(b, a, depth)
	case classTimestamp, classDatetime, classDate, classTimedelta, classDecimal, classUUID, classScalar:
		text, err := r.objectText(o)
		if err != nil {
			return err
		}
		return r.writeText(b, text)
	}
	return fmt.Errorf("a cell holds %s, which is not read: convert the column by .astype(str) and save it again", describe(o))
}

func (r *frameReader) writeArray(b *strings.Builder, a *ndarray, depth int) error {
	if a.kind == 'O' {
		return r.writeList(b, a.objects, depth)
	}
	b.WriteByte('[')
	for k := range a.rows {
		c, err := r.column("", a, k, false, nil)
		if err != nil {
			return err
		}
		for i := range a.length {
			if k+i > 0 {
				b.WriteByte(',')
			}
			if err := r.write(b, cellValue(c.Value(i)), depth+1); err != nil {
				return err
			}
		}
	}
	b.WriteByte(']')
	return nil
}

// cellValue turns a column's value into one that write knows.
func cellValue(v any) any {
	if t, ok := v.(time.Time); ok {
		return t.Format(time.RFC3339Nano)
	}
	return v
}

// plainText returns Decimal(text), or a UUID, whose state is a dict with a large integer.
func (r *frameReader) plainText(o *object) (string, error) {
	if s, ok := o.arg(0).(string); ok {
		return sound(s), r.spend(len(s))
	}
	state, _ := o.state.(*dict)
	var v *big.Int
	switch n := state.find("int").(type) {
	case *big.Int:
		v = n
	case int64:
		v = big.NewInt(n)
	}
	if v == nil || v.Sign() < 0 || v.BitLen() > 128 {
		return "", errPickleType
	}
	b := v.FillBytes(make([]byte, 16))
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}

// objectText returns the text of a value that a column would hold as a time or text.
func (r *frameReader) objectText(o *object) (string, error) {
	b := dataframe.NewBuilder("")
	if _, err := r.objectCell(b, o); err != nil {
		return "", err
	}
	return b.Column().Text(0), nil
}

// sound returns a text as UTF-8: Python's may hold halves of surrogate pairs.
func sound(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
