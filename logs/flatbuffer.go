package logs

import (
	"encoding/binary"
	"errors"
)

// Arrow describes its tables in FlatBuffers, whose readers trust every length: a file of a few
// bytes can ask for all memory. So the lengths are checked before Arrow sees the file. Go's
// FlatBuffers have no verifier of their own.
// https://flatbuffers.dev/internals/

var errFlatBuffer = errors.New("its description of the table does not fit its length: the file is truncated or corrupt")

// flatKind is what one field of a FlatBuffers table is.
type flatKind struct {
	width  int        // bytes of a number, or of each item of a vector without a table
	vector bool       // of items of that width, or of tables
	table  *flatTable // a table, or a vector of them
	union  []flatCase // by the number in the field before
}

// flatCase is one type of a union.
type flatCase struct {
	number byte
	table  *flatTable
}

// flatTable lists a table's fields by their numbers; a nil kind is not looked at.
type flatTable struct{ fields []*flatKind }

// The tables of Arrow that hold vectors.
// https://github.com/apache/arrow/blob/main/format/Schema.fbs and Message.fbs, File.fbs
var (
	flatText     = &flatKind{width: 1, vector: true}
	flatKeyValue = &flatTable{[]*flatKind{flatText, flatText}}
	flatMetadata = &flatKind{vector: true, table: flatKeyValue}

	flatUnionType = &flatTable{[]*flatKind{nil, {width: 4, vector: true}}}
	flatTimestamp = &flatTable{[]*flatKind{nil, flatText}}
	flatFieldType = &flatKind{union: []flatCase{{10, flatTimestamp}, {14, flatUnionType}}}

	flatField  = &flatTable{} // name, nullable, type number, type, dictionary, children, metadata
	flatSchema = &flatTable{[]*flatKind{nil, {vector: true, table: flatField}, flatMetadata, {width: 8, vector: true}}}

	flatBatch = &flatTable{[]*flatKind{nil, {width: 16, vector: true}, {width: 16, vector: true}, nil, {width: 8, vector: true}}}
	flatWords = &flatTable{[]*flatKind{nil, {table: flatBatch}, nil}}

	flatHeader  = &flatKind{union: []flatCase{{1, flatSchema}, {2, flatWords}, {3, flatBatch}}}
	flatMessage = &flatTable{[]*flatKind{nil, nil, flatHeader, nil, flatMetadata}}
	flatFooter  = &flatTable{[]*flatKind{nil, {table: flatSchema}, {width: 24, vector: true}, {width: 24, vector: true}, flatMetadata}}
)

func init() { // a field has children, which are fields
	flatField.fields = []*flatKind{flatText, nil, nil, flatFieldType, nil, {vector: true, table: flatField}, flatMetadata}
}

// flatVerifier walks over one FlatBuffer.
type flatVerifier struct {
	data  []byte
	steps int // tables that may still be seen: references can be shared, and so unfold
}

// verifyFlat checks the table that a FlatBuffer begins with, and returns its place.
func verifyFlat(data []byte, root *flatTable) (v *flatVerifier, at int, err error) {
	v = &flatVerifier{data, len(data)}
	at, ok := v.follow(0)
	if !ok || !v.table(at, root, 0) {
		return nil, 0, errFlatBuffer
	}
	return v, at, nil
}

// follow returns the place that an offset at a place points to.
func (v *flatVerifier) follow(at int) (int, bool) {
	if at < 0 || at > len(v.data)-4 {
		return 0, false
	}
	to := int64(at) + int64(binary.LittleEndian.Uint32(v.data[at:]))
	return int(to), to <= int64(len(v.data)-4)
}

// table checks a table and what it refers to.
func (v *flatVerifier) table(at int, t *flatTable, depth int) bool {
	const deepest = 64
	if v.steps--; v.steps < 0 || depth > deepest || at < 0 || at > len(v.data)-4 {
		return false
	}
	if _, _, ok := v.fields(at); !ok {
		return false
	}
	for i, kind := range t.fields {
		where := v.fieldAt(at, i)
		if kind == nil || where == 0 {
			continue
		}
		if kind.union != nil {
			kind = v.chosen(kind, v.fieldAt(at, i-1))
		}
		if kind != nil && !v.field(where, kind, depth) {
			return false
		}
	}
	return true
}

// fields returns the list of a table's fields, and whether it is inside the data.
func (v *flatVerifier) fields(at int) (list, size int, ok bool) {
	start := int64(at) - int64(int32(binary.LittleEndian.Uint32(v.data[at:])))
	if start < 0 || start > int64(len(v.data)-4) {
		return 0, 0, false
	}
	list = int(start)
	size = int(binary.LittleEndian.Uint16(v.data[list:]))
	return list, size, size >= 4 && list+size <= len(v.data)
}

// fieldAt returns the place of field i of a table, 0 when it is not there.
func (v *flatVerifier) fieldAt(at, i int) int {
	list, size, ok := v.fields(at)
	if !ok || 4+2*i+2 > size {
		return 0
	}
	if offset := int(binary.LittleEndian.Uint16(v.data[list+4+2*i:])); offset > 0 {
		return at + offset
	}
	return 0
}

// int64 returns the number in field i of a table, 0 when it is not there.
func (v *flatVerifier) int64(at, i int) int64 {
	where := v.fieldAt(at, i)
	if where == 0 || where > len(v.data)-8 {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(v.data[where:]))
}

// items returns the bytes of a verified vector in field i of a table.
func (v *flatVerifier) items(at, i, width int) []byte {
	where := v.fieldAt(at, i)
	if where == 0 {
		return nil
	}
	to, _ := v.follow(where)
	length := int(binary.LittleEndian.Uint32(v.data[to:]))
	return v.data[to+4 : to+4+length*width]
}

// chosen returns the kind of a union's value, nil when it holds no lengths.
func (v *flatVerifier) chosen(kind *flatKind, numberAt int) *flatKind {
	if numberAt <= 0 || numberAt >= len(v.data) {
		return nil
	}
	for _, c := range kind.union {
		if c.number == v.data[numberAt] {
			return &flatKind{table: c.table}
		}
	}
	return nil
}

// field checks a table, or a vector and its items.
func (v *flatVerifier) field(where int, kind *flatKind, depth int) bool {
	to, ok := v.follow(where)
	if !ok {
		return false
	}
	if !kind.vector {
		return v.table(to, kind.table, depth+1)
	}
	width := kind.width
	if kind.table != nil {
		width = 4
	}
	length := int64(binary.LittleEndian.Uint32(v.data[to:]))
	if length*int64(width) > int64(len(v.data)-to-4) {
		return false
	}
	for i := range int(length) {
		if kind.table == nil {
			break
		}
		if item, ok := v.follow(to + 4 + 4*i); !ok || !v.table(item, kind.table, depth+1) {
			return false
		}
	}
	return true
}
