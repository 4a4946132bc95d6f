package ptree

import (
	"math"
	"slices"

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

// record makes an Arrow record of pieces, one after another. Text is plain, except for the link,
// which has few words.
func (l *layout) record(pieces []piece) arrow.RecordBatch {
	n := rowsIn(pieces)
	var fields []arrow.Field
	var arrays []arrow.Array
	add := func(name string, nullable bool, a arrow.Array) {
		fields = append(fields, arrow.Field{Name: name, Type: a.DataType(), Nullable: nullable})
		arrays = append(arrays, a)
	}
	for i, c := range l.columns {
		add(c.written(), true, c.array(pieces, i, n))
	}
	add(positionColumn, false, int32s(pieces, n, func(r *hostRows, i int) int32 { return int32(r.first + i) }))
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
func (c logColumn) array(pieces []piece, i, n int) arrow.Array {
	switch c.kind {
	case dataframe.String:
		return textArray(pieces, i, n)
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
		c := &p.rows.columns[i]
		for row := p.from; row < p.to; row++ {
			if v, ok := c.value(row); ok {
				value(v)
			} else {
				null()
			}
		}
	}
}

// textArray makes a column of text. What is not UTF-8 is replaced once for each word.
func textArray(pieces []piece, i, n int) arrow.Array {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	b.Reserve(n)
	for _, p := range pieces {
		c := p.rows.columns[i]
		words := map[int32]string{}
		for row := p.from; row < p.to; row++ {
			code := c.code(row)
			if code < 0 {
				b.AppendNull()
				continue
			}
			word, known := words[code]
			if !known {
				word = validText(c.words[code])
				words[code] = word
			}
			b.Append(word)
		}
	}
	return b.NewArray()
}

// schemaOf is the Arrow schema of the output with plain text; its metadata says what the columns are.
func (l *layout) schemaOf() *arrow.Schema {
	r := l.record(nil)
	told := arrow.NewMetadata([]string{treeMetadataKey}, []string{l.description()})
	return arrow.NewSchema(slices.Clone(r.Schema().Fields()), &told)
}
