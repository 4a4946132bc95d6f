package dataframe

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// Arrow returns the frame as an Arrow table that shares its memory and must not be changed.
// An index with a name comes first, as a column. Text is dictionary-coded.
func (d DataFrame) Arrow() arrow.Table {
	columns := d.ResetIndex().table().columns
	fields := make([]arrow.Field, len(columns))
	data := make([]arrow.Column, len(columns))
	for i, c := range columns {
		a := c.Arrow()
		fields[i] = arrow.Field{Name: c.name, Type: a.DataType(), Nullable: true}
		data[i] = *arrow.NewColumn(fields[i], arrow.NewChunked(a.DataType(), []arrow.Array{a}))
	}
	return array.NewTable(arrow.NewSchema(fields, nil), data, int64(d.Nrow()))
}
