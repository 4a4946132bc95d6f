package logs

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// templateValue is one value that is put into a template.
type templateValue struct {
	kind byte
	data []byte
	at   int // place in the chunk
}

// The types of values, as Windows itself writes them into XML. An array has 0x80 beside.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-even6/da4d5fa6-3e0a-4ac8-9b2c-0f1b6bd7a0fd
const (
	kindNull = iota
	kindText
	kindANSI
	kindInt8
	kindUint8
	kindInt16
	kindUint16
	kindInt32
	kindUint32
	kindInt64
	kindUint64
	kindFloat32
	kindFloat64
	kindBool
	kindBinary
	kindGUID
	kindSize
	kindFileTime
	kindSystemTime
	kindSID
	kindHex32
	kindHex64
	kindXML   = 0x21
	kindArray = 0x80
)

// kindSizes are the bytes that a value of each type has; other types have any number.
var kindSizes = [...]int{kindInt8: 1, kindUint8: 1, kindInt16: 2, kindUint16: 2, kindInt32: 4, kindUint32: 4, kindInt64: 8, kindUint64: 8,
	kindFloat32: 4, kindFloat64: 8, kindBool: 4, kindGUID: 16, kindFileTime: 8, kindSystemTime: 16, kindHex32: 4, kindHex64: 8}

// maxValues is the number of values of one template that are read; a chunk has room for no more.
const maxValues = chunkSize / 4

// values reads the values of a template: their number, their sizes and types, and then they.
func (x *binaryXML) values(p *place) ([]templateValue, error) {
	n := int(p.uint32())
	if n > maxValues {
		return nil, fmt.Errorf("%d values for a template are more than a chunk can hold", n)
	}
	descriptors := p.take(4 * n)
	if p.short {
		return nil, fmt.Errorf("the event ends inside the list of its %d values", n)
	}
	values := make([]templateValue, n)
	for i := range values {
		size := int(binary.LittleEndian.Uint16(descriptors[4*i:]))
		values[i] = templateValue{kind: descriptors[4*i+2], at: p.pos}
		values[i].data = p.take(size)
		if p.short {
			return nil, fmt.Errorf("value %d of %d has %d bytes, more than the event has left", i+1, n, size)
		}
	}
	return values, nil
}

// substitute puts a value where the template wants it.
func (x *binaryXML) substitute(p *place, values []templateValue, nesting int) error {
	i := int(p.uint16())
	p.skip(1)
	if p.short {
		return nil
	}
	if i >= len(values) {
		return fmt.Errorf("the template wants value %d of %d", i+1, len(values))
	}
	v := values[i]
	switch {
	case v.kind == kindXML:
		if len(v.data) == 0 {
			return nil
		}
		return x.fragment(&place{data: x.chunk[:v.at+len(v.data)], pos: v.at}, values, nesting+1)
	case v.kind&kindArray != 0:
		return x.array(v)
	}
	text, err := x.text(v.kind, v.data)
	if err != nil {
		return err
	}
	return x.put(text)
}

// array puts the values of an array, which an element then holds one after another.
func (x *binaryXML) array(v templateValue) error {
	kind := v.kind &^ kindArray
	for rest := v.data; len(rest) > 0; {
		one := arrayItem(kind, rest)
		if one == 0 {
			return fmt.Errorf("an array of %d bytes does not fit its type %#02x", len(v.data), v.kind)
		}
		text, err := x.text(kind, rest[:one])
		if err != nil {
			return err
		}
		if err := x.put(text); err != nil {
			return err
		}
		if rest = rest[one:]; len(rest) > 0 {
			if x.inAttribute {
				x.value = append(x.value, ',')
			} else {
				x.item()
			}
		}
	}
	return nil
}

// arrayItem returns the bytes of the first value of an array, 0 when it does not fit.
func arrayItem(kind byte, data []byte) int {
	switch {
	case kind == kindText:
		for i := 0; i+2 <= len(data); i += 2 {
			if data[i] == 0 && data[i+1] == 0 {
				return i + 2
			}
		}
		return len(data)
	case kind == kindSID && len(data) >= 8:
		if n := 8 + 4*int(data[1]); n <= len(data) {
			return n
		}
	case int(kind) < len(kindSizes) && kindSizes[kind] > 0 && kindSizes[kind] <= len(data):
		return kindSizes[kind]
	}
	return 0
}

// text returns a value as text; it is valid until the next call.
func (x *binaryXML) text(kind byte, data []byte) ([]byte, error) {
	if kind == kindText {
		return x.utf16(data), nil
	}
	if int(kind) < len(kindSizes) && kindSizes[kind] > 0 && len(data) != kindSizes[kind] {
		if kind != kindBool || len(data) == 0 || len(data) > 8 {
			return nil, fmt.Errorf("a value of type %#02x has %d bytes, want %d", kind, len(data), kindSizes[kind])
		}
	}
	var err error
	x.scratch, err = appendValue(x.scratch[:0], kind, data)
	return x.scratch, err
}

// unsigned returns the number that up to eight bytes hold.
func unsigned(data []byte) (n uint64) {
	for i := len(data) - 1; i >= 0; i-- {
		n = n<<8 | uint64(data[i])
	}
	return n
}

func appendValue(out []byte, kind byte, data []byte) ([]byte, error) {
	switch kind {
	case kindNull:
		return out, nil
	case kindANSI:
		text, err := charmap.Windows1252.NewDecoder().Bytes(data)
		return append(out, trimNULs(text)...), err
	case kindInt8:
		return strconv.AppendInt(out, int64(int8(data[0])), 10), nil
	case kindInt16:
		return strconv.AppendInt(out, int64(int16(unsigned(data))), 10), nil
	case kindInt32:
		return strconv.AppendInt(out, int64(int32(unsigned(data))), 10), nil
	case kindInt64:
		return strconv.AppendInt(out, int64(unsigned(data)), 10), nil
	case kindUint8, kindUint16, kindUint32, kindUint64:
		return strconv.AppendUint(out, unsigned(data), 10), nil
	case kindFloat32:
		return strconv.AppendFloat(out, float64(math.Float32frombits(uint32(unsigned(data)))), 'g', -1, 32), nil
	case kindFloat64:
		return strconv.AppendFloat(out, math.Float64frombits(unsigned(data)), 'g', -1, 64), nil
	case kindBool:
		return strconv.AppendBool(out, unsigned(data) != 0), nil
	case kindGUID:
		return appendGUID(out, data), nil
	case kindSize, kindHex32, kindHex64:
		if len(data) > 8 {
			return nil, fmt.Errorf("a number has %d bytes", len(data))
		}
		return strconv.AppendUint(append(out, "0x"...), unsigned(data), 16), nil
	case kindFileTime:
		return appendFileTime(out, unsigned(data)), nil
	case kindSystemTime:
		return appendSystemTime(out, data), nil
	case kindSID:
		return appendSID(out, data)
	case kindBinary:
		return hex.AppendEncode(out, data), nil
	}
	return nil, fmt.Errorf("there is no type of value %#02x", kind)
}

// appendGUID writes a GUID as Windows does, in capitals.
func appendGUID(out, d []byte) []byte {
	const digits = "0123456789ABCDEF"
	out = append(out, '{')
	for i, at := range [16]int{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15} { // the first three parts are numbers
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = append(out, digits[d[at]>>4], digits[d[at]&15])
	}
	return append(out, '}')
}

// windowsEpoch is 1601 in steps of 100 ns before 1970.
const windowsEpoch = 116444736000000000

// appendFileTime writes a time in steps of 100 ns since 1601, with all its digits.
func appendFileTime(out []byte, ticks uint64) []byte {
	if ticks > math.MaxInt64 {
		return strconv.AppendUint(out, ticks, 10) // no time: "never"
	}
	t := int64(ticks) - windowsEpoch
	seconds, rest := t/1e7, t%1e7
	if rest < 0 {
		seconds, rest = seconds-1, rest+1e7
	}
	return time.Unix(seconds, rest*100).UTC().AppendFormat(out, "2006-01-02T15:04:05.0000000Z")
}

// appendSystemTime writes a SYSTEMTIME: eight numbers of 16 bits, the third the day of the week.
func appendSystemTime(out, d []byte) []byte {
	n := func(i int) uint64 { return unsigned(d[2*i : 2*i+2]) }
	return fmt.Appendf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", n(0), n(1), n(3), n(4), n(5), n(6), n(7))
}

// appendSID writes a security identifier.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861
func appendSID(out, d []byte) ([]byte, error) {
	if len(d) < 8 || len(d) < 8+4*int(d[1]) {
		return nil, fmt.Errorf("a security identifier has %d bytes", len(d))
	}
	authority := uint64(0)
	for _, b := range d[2:8] {
		authority = authority<<8 | uint64(b)
	}
	out = fmt.Appendf(out, "S-%d-%d", d[0], authority)
	for i := range int(d[1]) {
		out = strconv.AppendUint(append(out, '-'), unsigned(d[8+4*i:12+4*i]), 10)
	}
	return out, nil
}

// utf16 returns UTF-16 as UTF-8 without zeros at its end; it is valid until the next call.
func (x *binaryXML) utf16(data []byte) []byte {
	out := x.scratch[:0]
	sound := true
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(binary.LittleEndian.Uint16(data[i:]))
		switch {
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
			continue
		case utf16.IsSurrogate(r):
			next := rune(0)
			if i+3 < len(data) {
				next = rune(binary.LittleEndian.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, next); r == utf8.RuneError {
				sound = false
			} else {
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	if !sound || len(data)%2 != 0 {
		x.surrogates++
	}
	x.scratch = out
	return trimNULs(out)
}

func trimNULs(text []byte) []byte {
	for len(text) > 0 && text[len(text)-1] == 0 {
		text = text[:len(text)-1]
	}
	return text
}
