package viewer

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// encodedColumn is a column as the page reads it.
type encodedColumn struct {
	distinct, width int
	bytes           []byte
}

// encode sorts the column's values and writes codes and values.
func (c *Column) encode() encodedColumn {
	switch c.Kind {
	case Text:
		codes, texts := c.sortedTexts()
		return encoded(codes, len(texts), textBytes(texts))
	case Int, Time, Bool:
		codes, values := distinct(c.Ints, c.Null)
		return encoded(codes, len(values), wordBytes(values, func(v int64) uint64 { return uint64(v) }))
	case Float:
		codes, values := distinct(c.Float, c.Null)
		return encoded(codes, len(values), wordBytes(values, math.Float64bits))
	}
	return encoded(nil, 0, nil)
}

// encoded joins codes, as narrow as they can be, and values.
func encoded(codes []int32, count int, values []byte) encodedColumn {
	e := encodedColumn{distinct: count, width: 4}
	if count < 1<<8 {
		e.width = 1
	} else if count < 1<<16 {
		e.width = 2
	}
	out := make([]byte, 0, (len(codes)*e.width+7)/8*8+len(values))
	for _, code := range codes {
		switch e.width {
		case 1:
			out = append(out, byte(code))
		case 2:
			out = binary.LittleEndian.AppendUint16(out, uint16(code))
		default:
			out = binary.LittleEndian.AppendUint32(out, uint32(code))
		}
	}
	e.bytes = append(padded(out), values...)
	return e
}

// sortedTexts returns the texts in order, letters of either case together, and for each row 1 +
// the place of its text, 0 for null.
func (c *Column) sortedTexts() (codes []int32, texts []string) {
	order := make([]int32, len(c.Texts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareText(c.Texts[a], c.Texts[b]) })
	place := make([]int32, len(order))
	texts = make([]string, len(order))
	for i, at := range order {
		place[at], texts[i] = int32(i+1), c.Texts[at]
	}
	codes = make([]int32, len(c.Codes))
	for i, code := range c.Codes {
		if code >= 0 && !null(c.Null, i) {
			codes[i] = place[code]
		}
	}
	return codes, texts
}

// distinct returns the values in order, each once, and for each row 1 + the place of its value,
// 0 for null.
func distinct[T cmp.Ordered](values []T, nulls []bool) (codes []int32, sorted []T) {
	for i, v := range values {
		if !null(nulls, i) {
			sorted = append(sorted, v)
		}
	}
	slices.Sort(sorted)
	// NaN equals itself here, as it does for cmp.Compare
	sorted = slices.CompactFunc(sorted, func(a, b T) bool { return cmp.Compare(a, b) == 0 })
	codes = make([]int32, len(values))
	for i, v := range values {
		if !null(nulls, i) {
			at, _ := slices.BinarySearch(sorted, v)
			codes[i] = int32(at + 1)
		}
	}
	return codes, sorted
}

func null(nulls []bool, i int) bool { return nulls != nil && nulls[i] }

// compareText orders texts by their letters in lower case, then by their bytes.
func compareText(a, b string) int {
	for i := range min(len(a), len(b)) {
		if x, y := lower(a[i]), lower(b[i]); x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// textBytes writes the end of each text, after a 0, and the texts.
func textBytes(texts []string) []byte {
	size := 0
	out := binary.LittleEndian.AppendUint32(nil, 0)
	for _, t := range texts {
		size += len(t)
		out = binary.LittleEndian.AppendUint32(out, uint32(size))
	}
	out = slices.Grow(padded(out), size+8)
	for _, t := range texts {
		out = append(out, t...)
	}
	return padded(out)
}

func wordBytes[T any](values []T, word func(T) uint64) []byte {
	out := make([]byte, 0, len(values)*8)
	for _, v := range values {
		out = binary.LittleEndian.AppendUint64(out, word(v))
	}
	return out
}
