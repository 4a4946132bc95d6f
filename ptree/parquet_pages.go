package ptree

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/schema"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// Most columns of logs are read from their pages: a text there is a code already, which Arrow's reader
// looks up, copies and counts once more. They mean the same on both ways.

// pageColumn reads one column of a row group.
type pageColumn interface {
	// next reads so many rows.
	next(n int) (cells, error)
	// End is an error where rows are left.
	End() error
	Close() error
}

// pageColumns begins to read those columns of a row group for which that is possible, by their place in
// the layout; the others are nil.
func (s *sourceFile) pageColumns(f *parquetFile, l *layout, group int) ([]pageColumn, error) {
	out := make([]pageColumn, len(l.columns))
	leaves := map[string][]int{}
	for _, i := range s.leaves(f, l) {
		name := f.raw.MetaData().Schema.ColumnRoot(i).Name()
		leaves[name] = append(leaves[name], i)
	}
	for i, c := range l.columns {
		if len(leaves[c.name]) != 1 {
			continue
		}
		var err error
		if out[i], err = s.pageColumn(f, l, c, group, leaves[c.name][0]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *sourceFile) pageColumn(f *parquetFile, l *layout, c logColumn, group, leaf int) (pageColumn, error) {
	fields, _ := s.schema.FieldsByName(c.name)
	described := f.raw.MetaData().Schema.Column(leaf)
	chunk, err := f.raw.MetaData().RowGroup(group).ColumnChunk(leaf)
	if err != nil {
		return nil, err
	}
	if len(fields) != 1 || !pages.Readable(described, chunk) || !c.fits(fields[0].Type, described) {
		return nil, nil
	}
	r, err := f.raw.RowGroup(group).GetColumnPageReader(leaf)
	if err != nil {
		return nil, err
	}
	optional := described.MaxDefinitionLevel() > 0
	if c.kind == dataframe.String {
		return &textPages{pages.ReadTexts(r, optional)}, nil
	}
	bits := 64
	if described.PhysicalType() == parquet.Types.Int32 {
		bits = 32
	}
	return &integerPages{pages.ReadIntegers(r, bits, optional), l, c, fields[0]}, nil
}

// fits reports whether the values of pages are those of the column, up to a unit of time.
func (c logColumn) fits(data arrow.DataType, leaf *schema.Column) bool {
	if coded, ok := data.(*arrow.DictionaryType); ok {
		data = coded.ValueType
	}
	switch data.ID() {
	case arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW:
		return c.kind == dataframe.String
	case arrow.INT64, arrow.INT32:
		return c.kind == dataframe.Int
	case arrow.TIMESTAMP:
		return c.kind == dataframe.Time
	}
	return false
}

type textPages struct{ *pages.Texts }

func (p *textPages) next(n int) (out cells, err error) {
	out.codes = spareCodes.lend(n)
	out.words, err = p.Next(out.codes)
	return out, err
}

type integerPages struct {
	*pages.Integers
	layout *layout
	column logColumn
	field  arrow.Field
}

func (p *integerPages) next(n int) (out cells, err error) {
	out.values = spareValues.lend(n)
	if out.valid, err = p.Next(out.values); err != nil {
		return out, err
	}
	stamp, isStamp := p.field.Type.(*arrow.TimestampType)
	if !isStamp || inNanos(out.values, stamp) {
		return out, nil
	}
	b := array.NewTimestampBuilder(memory.DefaultAllocator, stamp)
	for i, v := range out.values {
		if out.valid == nil || out.valid[i] {
			b.Append(arrow.Timestamp(v))
		} else {
			b.AppendNull()
		}
	}
	return p.layout.cellsOfFrame(p.column, p.field, b.NewArray())
}
