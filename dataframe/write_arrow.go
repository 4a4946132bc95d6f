package dataframe

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// WriteArrow writes the frame to a file in Arrow's file format (Feather version 2), not
// compressed, so that others can map it into memory. Text is dictionary-coded, times are
// nanoseconds with the zone UTC or none. Bytes that are not UTF-8 become U+FFFD, because
// other readers refuse them. The file is replaced only when all is written.
func (d DataFrame) WriteArrow(path string) error { return wholefile.Write(path, d.ToArrow) }

// ToArrow writes what [DataFrame.WriteArrow] does.
func (d DataFrame) ToArrow(w io.Writer) error {
	columns := d.exported()
	for i, c := range columns {
		columns[i] = c.validUTF8()
	}
	table := d.ofSameRows(columns).Arrow()
	out, err := ipc.NewFileWriter(w, ipc.WithSchema(table.Schema()))
	if err != nil {
		return err
	}
	batches := array.NewTableReader(table, 0)
	for batches.Next() {
		if err := out.Write(batches.RecordBatch()); err != nil {
			return err
		}
	}
	if err := batches.Err(); err != nil {
		return err
	}
	return out.Close()
}

// ofSameRows makes a frame of columns without the index, for writing.
func (d DataFrame) ofSameRows(columns []Column) DataFrame {
	out := New(columns...)
	out.t.rows = d.Nrow()
	return out
}

// validUTF8 replaces what is not UTF-8. Two texts may become one then, so codes are made anew.
func (c Column) validUTF8() Column {
	c.name = strings.ToValidUTF8(c.name, "\ufffd")
	if c.Kind() != String {
		return c
	}
	codes, texts := c.Codes()
	valid := true
	for _, t := range texts {
		valid = valid && utf8.ValidString(t)
	}
	if valid {
		return c
	}
	b := NewBuilder(c.name)
	b.become(String)
	for _, code := range codes {
		if code < 0 {
			b.AppendNull()
		} else {
			b.AppendString(strings.ToValidUTF8(texts[code], "\ufffd"))
		}
	}
	return b.Column()
}

// dense returns a text column's rows as plain Arrow strings.
func (c Column) dense() arrow.Array {
	codes, texts := c.Codes()
	b := array.NewLargeStringBuilder(memory.DefaultAllocator)
	b.Reserve(len(codes))
	for _, code := range codes {
		if code < 0 {
			b.AppendNull()
		} else {
			b.Append(texts[code])
		}
	}
	return b.NewArray()
}
