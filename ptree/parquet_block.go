package ptree

import (
	"fmt"
	"math"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/gophertrees/gopherwood/dataframe"
)

// block holds some rows of a log, column by column, with dictionaries of its own.
type block struct {
	row     []int64 // of the input
	columns []cells // as in the layout
	lent    []int   // columns whose memory goes back when the block is done with
}

// cells are a column's values in some rows: codes into words for text, else 64 bits of an
// integer, a number, a moment in nanoseconds or a flag.
type cells struct {
	codes  []int32 // -1 is null; nil when the column is no text
	rows   []int32 // by row: where its value is, below 0 for none, but see told; nil when values are in order
	told   *cells  // of integers and the like: has at ^r what rows[i] = r < 0 has none for; nil when nothing has
	words  []string
	values []int64
	valid  []bool // nil when every value is there

	of     *setWords // of which set the words are, nil where that is not known
	origin []int32   // by word: its code in that set; later words are of somewhere else; nil: words are the set's
}

// inSet is a word's code in the set whose words it is of, if any.
func (c *cells) inSet(code int32) (int32, *setWords) {
	switch {
	case c.origin == nil:
		return code, c.of
	case int(code) < len(c.origin):
		return c.origin[code], c.of
	}
	return 0, nil
}

// blockOfRecord takes the layout's columns from a record, those with pages from these; one that is in
// neither has the value that folders tell, or is null. The rows count from first.
func (l *layout) blockOfRecord(record arrow.RecordBatch, pages []pageColumn, first int64, folders map[string]string) (*block, error) {
	n := int(record.NumRows())
	b := &block{row: spareValues.lend(n), columns: make([]cells, len(l.columns))}
	for i := range b.row {
		b.row[i] = first + int64(i)
	}
	for i, c := range l.columns {
		at := record.Schema().FieldIndices(c.name)
		value, told := folders[c.name]
		var err error
		switch {
		case i < len(pages) && pages[i] != nil:
			b.columns[i], err = pages[i].next(n)
			b.lent = append(b.lent, i)
		case len(at) > 0:
			b.columns[i], err = l.cellsOfArray(c, record, at[0])
		case told:
			b.columns[i], err = l.cellsOf(c, dataframe.FromSlice(c.name, value, n))
		default:
			b.columns[i] = nulls(c.kind, n)
		}
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (l *layout) cellsOfArray(c logColumn, record arrow.RecordBatch, at int) (cells, error) {
	if out, ok := c.direct(record.Column(at)); ok {
		return out, nil
	}
	return l.cellsOfFrame(c, record.Schema().Field(at), record.Column(at))
}

// cellsOfFrame takes a column as a frame makes sense of it.
func (l *layout) cellsOfFrame(c logColumn, field arrow.Field, values arrow.Array) (cells, error) {
	only := arrow.NewSchema([]arrow.Field{field}, nil)
	column := arrow.NewColumn(field, arrow.NewChunked(field.Type, []arrow.Array{values}))
	frame, err := dataframe.FromArrow(array.NewTable(only, []arrow.Column{*column}, int64(values.Len())))
	if err != nil {
		return cells{}, err
	}
	return l.cellsOf(c, frame.Columns()[0])
}

// cellsOf takes a column of a frame.
func (l *layout) cellsOf(c logColumn, from dataframe.Column) (cells, error) {
	if c.name == l.schema.TimeStamp {
		stamps, err := instants(from)
		if err != nil {
			return cells{}, err
		}
		return cells{values: stamps.Nanos(), valid: validity(stamps)}, nil
	}
	if c.kind == dataframe.String {
		codes, words := asText(from).Codes()
		if codes == nil {
			codes = []int32{}
		}
		return cells{codes: codes, words: words}, nil
	}
	if from.Kind() != c.kind && !(c.kind == dataframe.Float && from.Kind() == dataframe.Int) {
		return cells{}, fmt.Errorf("column %s holds %s values where the rest of the log has %s", dataframe.Clip(c.name), from.Kind(), c.kind)
	}
	return cells{values: bitsOf(from, c.kind), valid: validity(from)}, nil
}

// release gives a block's memory back: nothing of it is used any more but words.
func (b *block) release() {
	spareValues.back(b.row)
	for _, i := range b.lent {
		if c := &b.columns[i]; c.codes != nil {
			spareCodes.back(c.codes)
		} else {
			spareValues.back(c.values)
		}
	}
	*b = block{}
}

// Blocks are many and alike: those that come have the memory of those that were.
var (
	spareCodes  spare[int32]
	spareValues spare[int64]
)

type spare[T any] struct{ pool sync.Pool }

// lend gives memory for n values; anything may be in it.
func (s *spare[T]) lend(n int) []T {
	if m, ok := s.pool.Get().(*[]T); ok && cap(*m) >= n {
		return (*m)[:n]
	}
	return make([]T, n)
}

func (s *spare[T]) back(memory []T) { s.pool.Put(&memory) }

// value is a row's value and whether it has one.
func (c *cells) value(row int) (v int64, ok bool) {
	if c.rows != nil {
		at := c.rows[row]
		if at < 0 {
			if c.told == nil {
				return 0, false
			}
			c, at = c.told, ^at
		}
		row = int(at)
	}
	return c.values[row], c.valid == nil || c.valid[row]
}

// code is the code of a row's text.
func (c *cells) code(row int) int32 {
	if c.rows != nil {
		if row = int(c.rows[row]); row < 0 {
			return -1
		}
	}
	return c.codes[row]
}

func nulls(kind dataframe.Kind, n int) cells {
	if kind != dataframe.String {
		return cells{values: make([]int64, n), valid: make([]bool, n)}
	}
	codes := make([]int32, n)
	for i := range codes {
		codes[i] = -1
	}
	return cells{codes: codes}
}

func bitsOf(c dataframe.Column, kind dataframe.Kind) []int64 {
	switch kind {
	case dataframe.Int:
		return c.Ints()
	case dataframe.Time:
		return c.Nanos()
	}
	out := make([]int64, c.Len())
	if kind == dataframe.Bool {
		for i, v := range c.Bools() {
			if v {
				out[i] = 1
			}
		}
		return out
	}
	for i, v := range c.Floats() {
		if !c.IsNull(i) {
			out[i] = int64(math.Float64bits(v))
		}
	}
	return out
}

// column makes a frame's column of cells, which must not be changed any more.
func (c cells) column(as logColumn) dataframe.Column {
	switch {
	case as.kind == dataframe.String:
		return dataframe.SharedCodes(as.name, c.codes, c.words)
	case as.kind == dataframe.Int && c.valid == nil:
		return dataframe.SharedInts(as.name, c.values)
	case as.kind == dataframe.Time && c.valid == nil:
		return dataframe.SharedNanos(as.name, c.values)
	}
	var valid [][]bool
	if c.valid != nil {
		valid = [][]bool{c.valid}
	}
	switch as.kind {
	case dataframe.Int:
		return dataframe.Ints(as.name, c.values, valid...)
	case dataframe.Time:
		return dataframe.Nanos(as.name, c.values, true, valid...)
	case dataframe.Bool:
		out := make([]bool, len(c.values))
		for i, v := range c.values {
			out[i] = v != 0
		}
		return dataframe.Bools(as.name, out, valid...)
	}
	out := make([]float64, len(c.values))
	for i, v := range c.values {
		out[i] = math.Float64frombits(uint64(v))
	}
	return dataframe.Floats(as.name, out, valid...)
}

// head is the first n rows of a block, which shares its memory.
func (b *block) head(n int64) *block { return b.slice(0, n) }

// tail is what follows them.
func (b *block) tail(n int64) *block { return b.slice(n, int64(len(b.row))) }

func (b *block) slice(from, to int64) *block {
	if from == 0 && to == int64(len(b.row)) {
		return b
	}
	return &block{row: b.row[from:to], columns: cut(b.columns, int(from), int(to))}
}

// cut are some of the rows of columns.
func cut(columns []cells, from, to int) []cells {
	out := make([]cells, len(columns))
	for i, c := range columns {
		switch {
		case c.rows != nil:
			c.rows = c.rows[from:to]
		case c.codes != nil:
			c.codes = c.codes[from:to]
		default:
			c.values = c.values[from:to]
			if c.valid != nil {
				c.valid = c.valid[from:to]
			}
		}
		out[i] = c
	}
	return out
}
