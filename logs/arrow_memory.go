package logs

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/gophertrees/gopherwood/dataframe"
)

// boundedMemory is Arrow's memory with an end: what a Parquet or Arrow file says about its
// sizes is the file's word alone, and its compressed parts may unfold to anything.
type boundedMemory struct {
	memory.Allocator
	used, limit int64
}

// newBoundedMemory allows what the options allow a compressed input of that length.
func (s *source) newBoundedMemory() *boundedMemory {
	return &boundedMemory{Allocator: memory.NewGoAllocator(), limit: s.options.limit(int64(len(s.data)), true)}
}

// take panics beyond the limit, which is the only way out of Arrow's builders; guarded turns
// it into an error.
func (m *boundedMemory) take(n int) {
	if n < 0 || m.used+int64(n) > m.limit {
		panic(&tooLarge{m.limit, true})
	}
	m.used += int64(n)
}

func (m *boundedMemory) Allocate(size int) []byte {
	m.take(size)
	return m.Allocator.Allocate(size)
}

func (m *boundedMemory) Reallocate(size int, b []byte) []byte {
	if more := size - len(b); more > 0 {
		m.take(more)
	}
	return m.Allocator.Reallocate(size, b)
}

func (m *boundedMemory) Free(b []byte) {
	m.used -= int64(len(b))
	m.Allocator.Free(b)
}

// guarded runs a part of Arrow, which trusts the sizes in a file and panics when they are wrong.
func guarded(run func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if large, ok := r.(*tooLarge); ok {
				err = large
				return
			}
			err = fmt.Errorf("the file is truncated or corrupt: %v", r)
		}
	}()
	return run()
}

// batches collects parts of a table that have equal columns.
type batches struct {
	schema *arrow.Schema
	chunks [][]arrow.Array // by column
}

func newBatches(schema *arrow.Schema) *batches {
	return &batches{schema, make([][]arrow.Array, schema.NumFields())}
}

func (b *batches) add(record arrow.RecordBatch) error {
	if int(record.NumCols()) != len(b.chunks) {
		return fmt.Errorf("a part of the table has %d columns, want %d: the file is corrupt", record.NumCols(), len(b.chunks))
	}
	for i, a := range record.Columns() {
		a.Retain()
		b.chunks[i] = append(b.chunks[i], a)
	}
	return nil
}

func (b *batches) addTable(t arrow.Table) error {
	if int(t.NumCols()) != len(b.chunks) {
		return fmt.Errorf("a part of the table has %d columns, want %d: the file is corrupt", t.NumCols(), len(b.chunks))
	}
	for i := range b.chunks {
		for _, a := range t.Column(i).Data().Chunks() {
			a.Retain()
			b.chunks[i] = append(b.chunks[i], a)
		}
	}
	return nil
}

// frame makes the frame of all parts.
func (b *batches) frame() (dataframe.DataFrame, error) {
	columns := make([]arrow.Column, len(b.chunks))
	rows := 0
	for i, chunks := range b.chunks {
		field := b.schema.Field(i)
		data := arrow.NewChunked(field.Type, chunks)
		columns[i] = *arrow.NewColumn(field, data)
		rows = data.Len()
	}
	return dataframe.FromArrow(array.NewTable(b.schema, columns, int64(rows)))
}
