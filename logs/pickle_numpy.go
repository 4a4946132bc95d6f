package logs

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/float16"
)

// numpyType is a numpy dtype.
// https://numpy.org/doc/stable/reference/arrays.dtypes.html
type numpyType struct {
	kind  byte // b bool, i int, u unsigned, f float, O object, M datetime, m timedelta, U text
	size  int  // bytes of a value
	order binary.ByteOrder
	unit  int64 // nanoseconds of a datetime's or timedelta's unit
}

// numpyTypeOf reads numpy.dtype(code, …) with its state (version, byte order, …, metadata).
func numpyTypeOf(v any) (numpyType, error) {
	o := asObject(v, classNumpyType)
	if o == nil {
		return numpyType{}, errPickleType
	}
	code, _ := o.arg(0).(string)
	if code == "" {
		return numpyType{}, errPickleType
	}
	t := numpyType{kind: code[0], order: binary.LittleEndian, unit: 1}
	if !strings.ContainsRune("biufOMmU", rune(t.kind)) {
		return t, fmt.Errorf("numpy type %q is not read: convert the column by .astype(str) and save it again", code)
	}
	size, err := strconv.Atoi(code[1:])
	if err != nil && t.kind != 'O' {
		return t, errPickleType
	}
	t.size = size
	switch t.kind {
	case 'O':
		t.size = 0
	case 'U':
		t.size = 4 * size
	}
	if !fits(t.kind, t.size) {
		return t, fmt.Errorf("numpy type %q is not read: convert the column by .astype(str) and save it again", code)
	}
	return t, t.applyState(o.state)
}

// fits reports whether numpy's values of a kind have that size.
func fits(kind byte, size int) bool {
	switch kind {
	case 'O':
		return true
	case 'U':
		return size >= 0 && size <= 1<<20
	case 'b':
		return size == 1
	case 'M', 'm':
		return size == 8
	case 'f':
		return size == 2 || size == 4 || size == 8
	}
	return size == 1 || size == 2 || size == 4 || size == 8
}

// applyState takes the byte order and the unit of times from a dtype's state.
func (t *numpyType) applyState(state any) error {
	s := sequence(state)
	if len(s) > 1 && s[1] == ">" {
		t.order = binary.BigEndian
	}
	if len(s) < 9 {
		return nil
	}
	meta := sequence(s[8]) // (metadata, (unit, count, 1, 1))
	if len(meta) != 2 {
		return nil
	}
	unit := sequence(meta[1])
	if len(unit) < 2 {
		return nil
	}
	name, ok := unit[0].([]byte)
	if text, isText := unit[0].(string); isText {
		name, ok = []byte(text), true
	}
	count, isInt := unit[1].(int64)
	nanos, known := map[string]int64{"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9, "D": 86400e9}[string(name)]
	if !ok || !isInt || !known || count < 1 || count > math.MaxInt64/nanos {
		return fmt.Errorf("times in units of %q are not read: convert the column by .astype('datetime64[ns]')", name)
	}
	t.unit = nanos * count
	return nil
}

// ndarray is a numpy array of one or two dimensions.
type ndarray struct {
	numpyType
	rows, length int // one dimension: 1 and its length
	flat         bool
	fortran      bool
	raw          []byte
	objects      []any // of kind O, always in C order
}

var errArray = errors.New("an array does not have as many values as it says: the file is corrupt")

// array decodes a numpy array. Its size is checked against the bytes that are really there.
func (r *frameReader) array(v any) (*ndarray, error) {
	o := asObject(v, classReconstruct, classFromBuffer)
	if o == nil {
		return nil, fmt.Errorf("%s stands where an array should: the file is corrupt, or of a pandas not known", describe(v))
	}
	if o.array != nil {
		return o.array, nil
	}
	a, err := r.newArray(o)
	if err == nil {
		o.array = a
	}
	return a, err
}

func (r *frameReader) newArray(o *object) (*ndarray, error) {
	var shape, dtype, data any
	a := &ndarray{}
	if o.class() == classFromBuffer { // (buffer, dtype, shape, order)
		data, dtype, shape = o.arg(0), o.arg(1), o.arg(2)
		a.fortran = o.arg(3) == "F"
	} else { // state (version, shape, dtype, is_fortran, data)
		state := sequence(o.state)
		if len(state) != 5 {
			return nil, errArray
		}
		shape, dtype, data = state[1], state[2], state[4]
		a.fortran = state[3] == true
	}
	var err error
	if a.numpyType, err = numpyTypeOf(dtype); err != nil {
		return nil, err
	}
	if err := a.setShape(shape, len(r.data)); err != nil {
		return nil, err
	}
	if a.kind == 'O' {
		l, ok := data.(*list)
		if !ok || len(l.values) != a.rows*a.length {
			return nil, errArray
		}
		a.objects = l.values
		return a, nil
	}
	raw, ok := data.([]byte)
	if !ok || len(raw) != a.rows*a.length*a.size {
		return nil, errArray
	}
	a.raw = raw
	return a, nil
}

// setShape takes the dimensions; none may be larger than the file that should hold the values.
func (a *ndarray) setShape(v any, most int) error {
	dimensions := sequence(v)
	if n, ok := v.(int64); ok {
		dimensions = []any{n}
	}
	if len(dimensions) != 1 && len(dimensions) != 2 {
		return fmt.Errorf("an array has %d dimensions: a DataFrame's have one or two", len(dimensions))
	}
	sizes := [2]int{1, 0}
	for i, d := range dimensions {
		n, ok := d.(int64)
		if !ok || n < 0 || n > int64(most) {
			return errArray
		}
		sizes[i+2-len(dimensions)] = int(n)
	}
	a.rows, a.length, a.flat = sizes[0], sizes[1], len(dimensions) == 1
	if a.length > 0 && a.rows > most/a.length {
		return errArray
	}
	return nil
}

// at returns the bytes of value i of row k.
func (a *ndarray) at(k, i int) []byte {
	n := k*a.length + i
	if a.fortran {
		n = i*a.rows + k
	}
	return a.raw[n*a.size : (n+1)*a.size]
}

// int returns value i of row k of kind i, M or m.
func (a *ndarray) int(k, i int) int64 {
	b := a.at(k, i)
	switch a.size {
	case 1:
		return int64(int8(b[0]))
	case 2:
		return int64(int16(a.order.Uint16(b)))
	case 4:
		return int64(int32(a.order.Uint32(b)))
	}
	return int64(a.order.Uint64(b))
}

// uint returns value i of row k of kind u.
func (a *ndarray) uint(k, i int) uint64 {
	b := a.at(k, i)
	switch a.size {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(a.order.Uint16(b))
	case 4:
		return uint64(a.order.Uint32(b))
	}
	return a.order.Uint64(b)
}

// float returns value i of row k of kind f.
func (a *ndarray) float(k, i int) float64 {
	b := a.at(k, i)
	switch a.size {
	case 2:
		return float64(float16.FromBits(a.order.Uint16(b)).Float32())
	case 4:
		return float64(math.Float32frombits(a.order.Uint32(b)))
	}
	return math.Float64frombits(a.order.Uint64(b))
}

// text returns value i of row k of kind U: UTF-32, ended by zeros.
func (a *ndarray) text(k, i int) string {
	b := a.at(k, i)
	var s strings.Builder
	for ; len(b) >= 4; b = b[4:] {
		c := a.order.Uint32(b)
		if c == 0 {
			break
		}
		s.WriteRune(rune(c))
	}
	return s.String()
}
