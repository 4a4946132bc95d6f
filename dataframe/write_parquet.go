package dataframe

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/internal/wholefile"
)

const (
	parquetGroup = 1 << 19 // rows of a row group: enough to compress well, several to read at once
	parquetWords = 1 << 16 // a text column with more distinct texts is written text by text
)

// WriteParquet writes the frame to a file as Parquet, compressed by zstd. Text is
// dictionary-coded inside and comes out as text everywhere; times are nanoseconds, marked as
// UTC when the column is zoned. Bytes that are not UTF-8 become U+FFFD, because other readers
// refuse them. The file is replaced only when all is written.
func (d DataFrame) WriteParquet(path string) error { return wholefile.Write(path, d.ToParquet) }

// ToParquet writes what [DataFrame.WriteParquet] does.
func (d DataFrame) ToParquet(w io.Writer) error {
	columns := d.exported()
	fields, data := make([]arrow.Field, len(columns)), make([]arrow.Column, len(columns))
	for i, c := range columns {
		c = c.validUTF8()
		a := c.Arrow()
		if words, ok := a.(*array.Dictionary); ok && words.Dictionary().Len() > parquetWords {
			a = c.dense() // each row group would repeat the whole dictionary
		}
		fields[i] = arrow.Field{Name: c.name, Type: a.DataType(), Nullable: true}
		data[i] = *arrow.NewColumn(fields[i], arrow.NewChunked(a.DataType(), []arrow.Array{a}))
	}
	table := array.NewTable(arrow.NewSchema(fields, nil), data, int64(d.Nrow()))
	props := parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithMaxRowGroupLength(parquetGroup),
	)
	// WriteTable closes a writer that can be closed; the file's own end is writeFile's matter
	return pqarrow.WriteTable(table, struct{ io.Writer }{w}, parquetGroup, props, pqarrow.DefaultWriterProps())
}
