package dataframe

import (
	"bufio"
	"io"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// The writers of this package come in pairs: WriteCSV(path) and ToCSV(io.Writer), and so on
// for JSONL, Parquet and Arrow. All of them write an index that has a name as the first
// column, and leave out one without. A path is replaced only when all is written: an
// interrupted write leaves the old file, or none, but never half a one.

// exported returns the columns to write: the named index first, and dictionaries without the
// texts of rows that are no longer there.
func (d DataFrame) exported() []Column {
	columns := d.ResetIndex().Columns()
	for i, c := range columns {
		columns[i] = c.compact()
	}
	return columns
}

// compact returns the column with a dictionary of those texts alone that occur, each once.
func (c Column) compact() Column {
	if c.Kind() != String || c.data == nil {
		return c
	}
	codes, texts := c.Codes()
	ids, first := c.distinctIDs()
	if len(first) == len(texts) {
		return c
	}
	words := make([]string, len(first))
	for i, row := range first {
		words[i] = texts[codes[row]]
	}
	return Coded(c.name, ids, words)
}

// rowWriter appends row i of a column to a line.
type rowWriter func(line []byte, i int) []byte

// writeRows writes the rows line by line.
func writeRows(w io.Writer, rows int, line func(buf []byte, i int) []byte) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var buf []byte
	for i := range rows {
		buf = line(buf[:0], i)
		if _, err := out.Write(buf); err != nil {
			return err
		}
	}
	return out.Flush()
}

// textWriter encodes each distinct text once; null is written as given.
func textWriter(c Column, null string, encode func(string) string) rowWriter {
	d := c.Arrow().(*array.Dictionary)
	codes, texts := c.Codes()
	encoded := make([]string, len(texts))
	for i, t := range texts {
		encoded[i] = encode(t)
	}
	return func(line []byte, i int) []byte {
		if d.IsNull(i) {
			return append(line, null...)
		}
		return append(line, encoded[codes[i]]...)
	}
}
