package viewer

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// BlockSize is how many bytes of a column one block has; the last has what is left.
const BlockSize = 1 << 20

// magic begins every encoded Data; the digit is the version.
const magic = "GWV1"

// The encoded form is one head and then columns, all little-endian, each array aligned to 8 bytes
// so that the page reads it where it lies:
//
//	head     "GWV1", length of the head, length of the JSON (both uint32); the JSON, a manifest;
//	         arrays: parent int32, depth int32, position int32, flags uint8,
//	         fold int32, chains int32,
//	         start and end float64 milliseconds since 1970 UTC, NaN when not known
//	column   codes, one a row, 1, 2 or 4 bytes wide: 0 is null, k the k-th of the column's values;
//	         values, distinct and ascending: text as uint32 offsets and UTF-8, else 8 bytes each
//
// Values are sorted here once, so the page sorts, filters and colours a column by its codes.
type manifest struct {
	Title, Subtitle, Fingerprint string
	Rows, Total                  int
	Arrays                       []arrayEntry
	Columns                      []columnEntry
	Roles                        Roles
	BlockSize                    int
}

// arrayEntry says where an array of the head lies, from the end of the JSON.
type arrayEntry struct {
	Name, Type string
	At, Len    int
}

// columnEntry describes a column. At is where it lies from the end of the head, -1 when it was
// left to be fetched by [Data.Block].
type columnEntry struct {
	Name     string
	Kind     Kind
	Distinct int // values; null is none
	Width    int // bytes of a code
	Bytes    int
	At       int
}

// encoding keeps what was encoded once.
type encoding struct {
	mutex   sync.Mutex
	columns []encodedColumn
}

// Encode returns the whole tree, every column included.
func (d *Data) Encode() []byte {
	head := d.head(func(int) bool { return true })
	for _, c := range d.encoded() {
		head = append(head, c.bytes...)
	}
	return head
}

// EncodeFor returns what a live page is sent at once: the whole tree when it has at most a number
// of rows; else its structure, names and PIDs, and the page asks for the other columns by
// [Data.Block] when they are needed.
func (d *Data) EncodeFor(rows int) []byte {
	if len(d.Parent) <= rows {
		return d.Encode()
	}
	first := func(i int) bool {
		name := d.Columns[i].Name
		return name != "" && (name == d.Roles.Name || name == d.Roles.PID)
	}
	out := d.head(first)
	for i, c := range d.encoded() {
		if first(i) {
			out = append(out, c.bytes...)
		}
	}
	return out
}

// Block returns one part of an encoded column: bytes [block*BlockSize, (block+1)*BlockSize). It is
// an error to ask for a column or block that is not there; the question comes from a page.
func (d *Data) Block(column, block int) ([]byte, error) {
	if column < 0 || column >= len(d.Columns) {
		return nil, fmt.Errorf("block of column %d: the tree has %d columns", column, len(d.Columns))
	}
	bytes := d.encoded()[column].bytes
	if block < 0 || block > len(bytes)/BlockSize || block > 0 && block*BlockSize >= len(bytes) {
		return nil, fmt.Errorf("block %d of column %d: it has %d bytes, %d a block", block, column, len(bytes), BlockSize)
	}
	return bytes[block*BlockSize : min(len(bytes), (block+1)*BlockSize)], nil
}

// encoded returns the columns, encoded at the first call.
func (d *Data) encoded() []encodedColumn {
	d.encoding.mutex.Lock()
	defer d.encoding.mutex.Unlock()
	if d.encoding.columns == nil {
		for i := range d.Columns {
			d.encoding.columns = append(d.encoding.columns, d.Columns[i].encode())
		}
	}
	return d.encoding.columns
}

// head encodes all but the columns; with says which of them follow it.
func (d *Data) head(with func(int) bool) []byte {
	m := manifest{Title: d.Title, Subtitle: d.Subtitle, Fingerprint: d.Fingerprint,
		Rows: len(d.Parent), Total: d.Total, Roles: d.Roles, BlockSize: BlockSize}
	arrays := d.arrays(&m)
	at := 0
	for i, c := range d.encoded() {
		e := columnEntry{d.Columns[i].Name, d.Columns[i].Kind, c.distinct, c.width, len(c.bytes), -1}
		if with(i) {
			e.At = at
			at += e.Bytes
		}
		m.Columns = append(m.Columns, e)
	}
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // it has nothing that JSON cannot say
	}
	for len(text)%8 != 4 { // the bytes before it are 12
		text = append(text, ' ')
	}
	out := append([]byte(magic), make([]byte, 8)...)
	binary.LittleEndian.PutUint32(out[4:], uint32(12+len(text)+len(arrays)))
	binary.LittleEndian.PutUint32(out[8:], uint32(len(text)))
	return append(append(out, text...), arrays...)
}

// arrays encodes the structure and lists it in the manifest.
func (d *Data) arrays(m *manifest) (out []byte) {
	add := func(name, kind string, count int, each func(b []byte, i int) []byte) {
		m.Arrays = append(m.Arrays, arrayEntry{name, kind, len(out), count})
		for i := range count {
			out = each(out, i)
		}
		out = padded(out)
	}
	ints := func(name string, values []int32) {
		add(name, "int32", len(values), func(b []byte, i int) []byte {
			return binary.LittleEndian.AppendUint32(b, uint32(values[i]))
		})
	}
	times := func(name string, values []int64) {
		add(name, "float64", len(values), func(b []byte, i int) []byte {
			return binary.LittleEndian.AppendUint64(b, math.Float64bits(milliseconds(values[i])))
		})
	}
	ints("parent", d.Parent)
	ints("depth", d.Depth)
	ints("position", d.Position)
	add("flags", "uint8", len(d.Flags), func(b []byte, i int) []byte { return append(b, byte(d.Flags[i])) })
	ints("fold", d.Fold)
	ints("chains", d.Chains)
	times("start", d.Start)
	times("end", d.End)
	return out
}

// milliseconds is a time as JavaScript counts it. It is only drawn; the exact one is in a column.
func milliseconds(nanoseconds int64) float64 {
	if nanoseconds == Unknown {
		return math.NaN()
	}
	return float64(nanoseconds) / 1e6
}

func padded(b []byte) []byte {
	for len(b)%8 != 0 {
		b = append(b, 0)
	}
	return b
}
