package ptree

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/gophertrees/gopherwood/dataframe"
)

// piece is a run of rows of one host.
type piece struct {
	rows     *hostRows
	from, to int
}

var codedText = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int32, ValueType: arrow.BinaryTypes.String}

// record makes an Arrow record of pieces, one after another. Text is coded where coded is true and
// plain elsewhere, except for the link, which has few words.
func (l *layout) record(pieces []piece, coded bool) arrow.RecordBatch {
	n := 0
	for _, p := range pieces {
		n += p.to - p.from
	}
	var fields []arrow.Field
	var arrays []arrow.Array
	add := func(name string, nullable bool, a arrow.Array) {
		fields = append(fields, arrow.Field{Name: name, Type: a.DataType(), Nullable: nullable})
		arrays = append(arrays, a)
	}
	for i, c := range l.columns {
		add(c.written(), true, c.array(pieces, i, n, coded))
	}
	add(positionColumn, false, int32s(pieces, n, func(r *hostRows, i int) int32 { return r.position + int32(i) }))
	add(parentColumn, true, int32s(pieces, n, func(r *hostRows, i int) int32 { return r.parent[i] }))
	add(sizeColumn, false, int32s(pieces, n, func(r *hostRows, i int) int32 { return r.size[i] }))
	add(depthColumn, false, int32s(pieces, n, func(r *hostRows, i int) int32 { return r.depth[i] }))
	add(inferredColumn, false, flagged(pieces, n))
	add(linkColumn, false, linksOf(pieces, n))
	add(sourceRowColumn, true, sourcesOf(pieces, n))
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), arrays, int64(n))
}

// int32s makes a column of numbers; a negative one is null.
func int32s(pieces []piece, n int, value func(r *hostRows, i int) int32) arrow.Array {
	b := array.NewInt32Builder(memory.DefaultAllocator)
	b.Reserve(n)
	for _, p := range pieces {
		for i := p.from; i < p.to; i++ {
			if v := value(p.rows, i); v >= 0 {
				b.UnsafeAppend(v)
			} else {
				b.UnsafeAppendBoolToBitmap(false)
			}
		}
	}
	return b.NewArray()
}

func flagged(pieces []piece, n int) arrow.Array {
	b := array.NewBooleanBuilder(memory.DefaultAllocator)
	b.Reserve(n)
	for _, p := range pieces {
		for i := p.from; i < p.to; i++ {
			b.UnsafeAppend(p.rows.inferred[i])
		}
	}
	return b.NewArray()
}

func linksOf(pieces []piece, n int) arrow.Array {
	words := array.NewStringBuilder(memory.DefaultAllocator)
	words.AppendValues(linkNames[:], nil)
	b := array.NewInt32Builder(memory.DefaultAllocator)
	b.Reserve(n)
	for _, p := range pieces {
		for _, k := range p.rows.link[p.from:p.to] {
			b.UnsafeAppend(int32(k))
		}
	}
	return array.NewDictionaryArray(codedText, b.NewArray(), words.NewArray())
}

func sourcesOf(pieces []piece, n int) arrow.Array {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	b.Reserve(n)
	for _, p := range pieces {
		for _, row := range p.rows.source[p.from:p.to] {
			if row >= 0 {
				b.UnsafeAppend(row)
			} else {
				b.UnsafeAppendBoolToBitmap(false)
			}
		}
	}
	return b.NewArray()
}

// array makes column i of the output of pieces.
func (c logColumn) array(pieces []piece, i, n int, coded bool) arrow.Array {
	switch c.kind {
	case dataframe.String:
		return textArray(pieces, i, n, coded)
	case dataframe.Bool:
		b := array.NewBooleanBuilder(memory.DefaultAllocator)
		b.Reserve(n)
		fixed(pieces, i, func(v int64) { b.UnsafeAppend(v != 0) }, b.AppendNull)
		return b.NewArray()
	case dataframe.Float:
		b := array.NewFloat64Builder(memory.DefaultAllocator)
		b.Reserve(n)
		fixed(pieces, i, func(v int64) { b.UnsafeAppend(math.Float64frombits(uint64(v))) }, b.AppendNull)
		return b.NewArray()
	case dataframe.Time:
		stamp := c.data.(*arrow.TimestampType)
		unit := int64(stamp.Unit.Multiplier())
		b := array.NewTimestampBuilder(memory.DefaultAllocator, stamp)
		b.Reserve(n)
		fixed(pieces, i, func(v int64) { b.UnsafeAppend(arrow.Timestamp(floorDivided(v, unit))) }, b.AppendNull)
		return b.NewArray()
	}
	b := array.NewInt64Builder(memory.DefaultAllocator)
	b.Reserve(n)
	fixed(pieces, i, b.UnsafeAppend, b.AppendNull)
	return b.NewArray()
}

func floorDivided(v, by int64) int64 {
	q := v / by
	if v%by < 0 {
		q--
	}
	return q
}

// fixed goes over the values of a column that is no text.
func fixed(pieces []piece, i int, value func(int64), null func()) {
	for _, p := range pieces {
		c := p.rows.columns[i]
		for row := p.from; row < p.to; row++ {
			if c.valid == nil || c.valid[row] {
				value(c.values[row])
			} else {
				null()
			}
		}
	}
}

// textArray codes the pieces' words by one dictionary, in the order in which they come.
func textArray(pieces []piece, i, n int, coded bool) arrow.Array {
	index := array.NewInt32Builder(memory.DefaultAllocator)
	index.Reserve(n)
	var words []string
	code := map[string]int32{}
	for _, p := range pieces {
		c := p.rows.columns[i]
		known := make([]int32, len(c.words)) // code+1, 0 while unknown
		for _, w := range c.codes[p.from:p.to] {
			if w < 0 {
				index.UnsafeAppendBoolToBitmap(false)
				continue
			}
			if known[w] == 0 {
				word := validText(c.words[w])
				at, ok := code[word]
				if !ok {
					at = int32(len(words))
					code[word] = at
					words = append(words, word)
				}
				known[w] = at + 1
			}
			index.UnsafeAppend(known[w] - 1)
		}
	}
	codes := index.NewInt32Array()
	if !coded || !worthCoding(words, n) {
		return plainText(codes, words)
	}
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.AppendValues(words, nil)
	return array.NewDictionaryArray(codedText, codes, b.NewArray())
}

// worthCoding tells whether a dictionary is smaller than the texts themselves, and fits in a page.
func worthCoding(words []string, n int) bool {
	size := 0
	for _, w := range words {
		size += len(w)
	}
	return len(words) <= n/2+1 && size < 1<<20
}

func plainText(codes *array.Int32, words []string) arrow.Array {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.Reserve(codes.Len())
	for i, code := range codes.Int32Values() {
		if codes.IsNull(i) {
			b.AppendNull()
		} else {
			b.Append(words[code])
		}
	}
	return b.NewArray()
}

// validText replaces what is not UTF-8, which other readers refuse.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// schemaOf is the Arrow schema of the output with plain text; its metadata says what the columns are.
func (l *layout) schemaOf() *arrow.Schema {
	r := l.record(nil, false)
	told := arrow.NewMetadata([]string{treeMetadataKey}, []string{l.description()})
	return arrow.NewSchema(slices.Clone(r.Schema().Fields()), &told)
}
