package pages_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// table is what a test writes: a column of each type, with values where levels are 1. All columns
// have as many values.
type table struct {
	levels []uint8
	wide   []int64
	narrow []int32
	floats []float64
	flags  []uint8
	codes  []int32
	words  []string
}

func (c table) rows() pages.Rows {
	if slices.Contains(c.levels, 0) {
		return pages.Rows{Count: len(c.levels), Levels: c.levels}
	}
	return pages.Rows{Count: len(c.levels)}
}

var names = []string{"wide", "narrow", "floats", "flags", "texts"}

func schemaWith(t testing.TB, repetition parquet.Repetition) *schema.Schema {
	t.Helper()
	fields := schema.FieldList{
		schema.NewInt64Node("wide", repetition, -1), schema.NewInt32Node("narrow", repetition, -1),
		schema.NewFloat64Node("floats", repetition, -1), schema.NewBooleanNode("flags", repetition, -1),
		schema.MustPrimitive(schema.NewPrimitiveNodeLogical("texts", repetition, schema.StringLogicalType{}, parquet.Types.ByteArray, 0, -1)),
	}
	root, err := schema.NewGroupNode("schema", parquet.Repetitions.Required, fields, -1)
	if err != nil {
		t.Fatal(err)
	}
	return schema.NewSchema(root)
}

const magic = "PAR1"

// write makes a file of the table.
func (c table) write(t testing.TB, e *pages.Encoder, required bool) []byte {
	t.Helper()
	repetition := parquet.Repetitions.Optional
	rows := c.rows()
	if rows.Required = required; required {
		repetition = parquet.Repetitions.Required
	}
	footer := metadata.NewFileMetadataBuilder(schemaWith(t, repetition), pages.Properties(names[:2]), nil)
	group := footer.AppendRowGroup()
	add := func(chunk *pages.Chunk, err error) {
		t.Helper()
		if err == nil {
			err = chunk.Describe(group.NextColumnChunk(), int64(len(magic)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	e.Reset()
	add(e.Int64s(rows, c.wide))
	add(e.Int32s(rows, c.narrow))
	add(e.Floats(rows, c.floats))
	add(e.Flags(rows, c.flags))
	add(e.Texts(rows, c.codes, c.words))
	group.SetNumRows(rows.Count)
	if err := group.Finish(0, 0); err != nil {
		t.Fatal(err)
	}
	described, err := footer.Finish()
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBufferString(magic)
	out.Write(e.Data)
	n, err := described.WriteTo(out, nil)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	out.WriteString(magic)
	return out.Bytes()
}

// read reads a column by the general reader: definition levels and the values that are there.
func read[T any](t testing.TB, column file.ColumnChunkReader, rows int, batch func(int64, []T, []int16) (int64, int, error)) ([]int16, []T) {
	t.Helper()
	values, levels := make([]T, rows), make([]int16, rows)
	total, present := 0, 0
	for total < rows {
		n, some, err := batch(int64(rows-total), values[present:], levels[total:])
		if err != nil || n == 0 {
			t.Fatalf("%s: %d of %d rows, %v", column.Descriptor().Name(), total, rows, err)
		}
		total, present = total+int(n), present+some
	}
	return levels, values[:present]
}

// check reads a file and holds it against the table.
func (c table) check(t testing.TB, data []byte, required bool) {
	t.Helper()
	r, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	group := r.RowGroup(0)
	if group.NumRows() != int64(len(c.levels)) {
		t.Fatalf("%d rows, want %d", group.NumRows(), len(c.levels))
	}
	for i, name := range names {
		column, err := group.Column(i)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var levels []int16
		same, rows := false, len(c.levels)
		switch r := column.(type) {
		case *file.Int64ColumnChunkReader:
			var got []int64
			levels, got = read(t, r, rows, func(n int64, v []int64, d []int16) (int64, int, error) { return r.ReadBatch(n, v, d, nil) })
			same = slices.Equal(got, c.wide)
		case *file.Int32ColumnChunkReader:
			var got []int32
			levels, got = read(t, r, rows, func(n int64, v []int32, d []int16) (int64, int, error) { return r.ReadBatch(n, v, d, nil) })
			same = slices.Equal(got, c.narrow)
		case *file.Float64ColumnChunkReader:
			var got []float64
			levels, got = read(t, r, rows, func(n int64, v []float64, d []int16) (int64, int, error) { return r.ReadBatch(n, v, d, nil) })
			same = slices.EqualFunc(got, c.floats, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) })
		case *file.BooleanColumnChunkReader:
			var got []bool
			levels, got = read(t, r, rows, func(n int64, v []bool, d []int16) (int64, int, error) { return r.ReadBatch(n, v, d, nil) })
			same = slices.EqualFunc(got, c.flags, func(a bool, b uint8) bool { return a == (b == 1) })
		case *file.ByteArrayColumnChunkReader:
			var got []string
			levels, got = read(t, r, rows, func(n int64, v []string, d []int16) (int64, int, error) {
				raw := make([]parquet.ByteArray, len(v))
				total, some, err := r.ReadBatch(n, raw, d, nil)
				for i := range some {
					v[i] = string(raw[i])
				}
				return total, some, err
			})
			same = slices.EqualFunc(got, c.codes, func(a string, b int32) bool { return a == c.words[b] })
		}
		if !same {
			t.Errorf("column %s reads otherwise than it was written", name)
		}
		if !required && !slices.EqualFunc(levels, c.levels, func(a int16, b uint8) bool { return a == int16(b) }) {
			t.Errorf("column %s has other nulls than were written", name)
		}
	}
}

// roundTrip writes with nulls and, of the values that are there, without.
func (c table) roundTrip(t testing.TB, e *pages.Encoder) {
	t.Helper()
	c.check(t, c.write(t, e, false), false)
	all := c
	all.levels = bytes.Repeat([]byte{1}, len(c.wide))
	all.check(t, all.write(t, e, true), true)
}

// random makes a table of so many rows; of a hundred, so many are null, and words are few or many.
func random(r *rand.Rand, rows, nulls, words int) table {
	c := table{levels: make([]uint8, rows)}
	code := map[int32]int32{}
	for i := range c.levels {
		if r.IntN(100) < nulls {
			continue
		}
		c.levels[i] = 1
		value := int64(r.Uint64()) >> r.IntN(64)
		if r.IntN(3) == 0 && len(c.wide) > 0 {
			value = c.wide[len(c.wide)-1] // runs
		}
		c.wide, c.narrow = append(c.wide, value), append(c.narrow, int32(value))
		c.floats, c.flags = append(c.floats, math.Float64frombits(uint64(value))), append(c.flags, uint8(value&1))
		word := int32(r.IntN(words))
		if _, known := code[word]; !known {
			code[word] = int32(len(c.words))
			c.words = append(c.words, strings.Repeat("é", r.IntN(4))+strconv.Itoa(int(word)))
		}
		c.codes = append(c.codes, code[word])
	}
	return c
}

func TestRandomColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var e pages.Encoder
	for _, rows := range []int{1, 2, 7, 8, 9, 31, 32, 33, 127, 128, 129, 130, 1000, 1 << 16} {
		for _, nulls := range []int{0, 1, 50, 100} {
			for _, words := range []int{1, 2, 3, 256, 257, 1 << 16} {
				if rows < 1<<16 || words > 256 {
					random(r, rows, nulls, words).roundTrip(t, &e)
				}
			}
		}
	}
}

func TestExtremes(t *testing.T) {
	var e pages.Encoder
	c := table{
		levels: []uint8{1, 0, 1, 1, 1, 1, 1},
		wide:   []int64{math.MaxInt64, math.MinInt64, math.MaxInt64, 0, -1, math.MinInt64},
		narrow: []int32{math.MaxInt32, math.MinInt32, math.MaxInt32, 0, -1, math.MinInt32},
		floats: []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 0, math.MaxFloat64},
		flags:  []uint8{1, 0, 1, 1, 1, 1},
		codes:  []int32{0, 1, 1, 1, 2, 0},
		words:  []string{"", strings.Repeat("a long word ", 100_000), "x\x00y"},
	}
	c.roundTrip(t, &e)
}

// Plain texts go into several pages, a page has texts and nulls in step.
func TestManyPages(t *testing.T) {
	var e pages.Encoder
	c := random(rand.New(rand.NewPCG(3, 4)), 5000, 30, 1<<30)
	for i := range c.words {
		c.words[i] += strings.Repeat("filler ", 200)
	}
	c.roundTrip(t, &e)
}

// What an encoder did before leaves no trace.
func TestSameBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var used, other pages.Encoder
	for range 20 {
		c := random(r, 3000, 10, 200)
		random(r, 5000, 10, 5000).write(t, &used, false)
		if !bytes.Equal(c.write(t, &used, false), c.write(t, &other, false)) {
			t.Fatal("an encoder that was used before writes other bytes than a new one")
		}
	}
}

func FuzzPages(f *testing.F) {
	f.Add([]byte{}, uint8(0), uint8(1))
	f.Add([]byte("\x00\x01\x02\x03 runs runs runs runs"), uint8(30), uint8(3))
	f.Add(bytes.Repeat([]byte{0xff, 0x80, 0}, 300), uint8(0), uint8(200))
	var e pages.Encoder
	f.Fuzz(func(t *testing.T, data []byte, nulls, words uint8) {
		c := table{}
		code := map[string]int32{}
		for i, b := range data {
			if b < nulls {
				c.levels = append(c.levels, 0)
				continue
			}
			c.levels = append(c.levels, 1)
			value := int64(binary.LittleEndian.Uint64(append(slices.Clone(data[i:min(len(data), i+int(b%9))]), make([]byte, 8)...)))
			c.wide, c.narrow = append(c.wide, value), append(c.narrow, int32(value))
			c.floats, c.flags = append(c.floats, math.Float64frombits(uint64(value))), append(c.flags, b&1)
			word := strings.ToValidUTF8(string(data[i:min(len(data), i+int(b%(words|1)))]), "\ufffd")
			if _, known := code[word]; !known {
				code[word] = int32(len(c.words))
				c.words = append(c.words, word)
			}
			c.codes = append(c.codes, code[word])
		}
		if len(c.levels) > 0 {
			c.roundTrip(t, &e)
		}
	})
}
