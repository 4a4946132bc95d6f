package ptree

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/wholefile"
)

// source is the input of a build: files that are read as one log.
type source struct {
	files  []sourceFile
	schema *arrow.Schema // of all files together
	empty  dataframe.DataFrame
}

type sourceFile struct {
	inputFile
	first  int64 // row of the input that its first row is
	rows   int64
	groups []int64 // rows of its row groups
	schema *arrow.Schema
	bytes  map[string]int64 // by column, before compression
	stamp  fileStamp
}

// openSource reads the files' footers.
func openSource(ctx context.Context, inputs []string) (*source, error) {
	files, err := expand(inputs)
	if err != nil {
		return nil, err
	}
	s := &source{}
	rows := int64(0)
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		one := sourceFile{inputFile: f, first: rows}
		if err := one.readFooter(); err != nil {
			return nil, err
		}
		rows += one.rows
		s.files = append(s.files, one)
	}
	if s.schema, s.empty, err = unionOf(s.files); err != nil {
		return nil, err
	}
	return s, nil
}

// layout fits the schema and tells of files that lack what linking needs.
func (s *source) layout(o ParquetOptions) (*layout, error) {
	l, err := newLayout(s.schema, s.empty, o)
	if err != nil {
		return nil, err
	}
	needed := append(l.schema.required(), l.schema.linking()...)
	for _, f := range s.files {
		for _, r := range needed {
			_, hive := f.hive[r.column]
			if r.column != "" && !hive && len(f.schema.FieldIndices(r.column)) == 0 {
				return nil, fmt.Errorf("%s has no column %s (%s), which other files have", f.path, r.column, r.meaning)
			}
		}
	}
	return l, nil
}

// spares fails where the output would replace an input by what is made of it.
func (s *source) spares(output string) error {
	paths := make([]string, len(s.files))
	for i, f := range s.files {
		paths[i] = f.path
	}
	if wholefile.Replaces(output, paths...) {
		return fmt.Errorf("the output %s is one of the inputs, and would replace it: name another file", output)
	}
	return nil
}

func (s *source) rows() int64 {
	last := s.files[len(s.files)-1]
	return last.first + last.rows
}

// parquetFile is an open input. Its methods trust the file; a damaged one makes them panic, which
// guarded turns into an error.
type parquetFile struct {
	raw    *file.Reader
	reader *pqarrow.FileReader
}

// maxPage bounds what a page of an input may say of its size.
const maxPage = 1 << 30

// openParquet opens a file of which so many rows are read at once. A footer that was read before need not
// be read again.
func openParquet(path string, batch int64, footer ...*metadata.FileMetaData) (*parquetFile, error) {
	properties := parquet.NewReaderProperties(memory.DefaultAllocator)
	properties.BufferedStreamEnabled = true // pages come one by one
	properties.MaxCompressedPageSize, properties.MaxUncompressedPageSize = maxPage, maxPage
	options := []file.ReadOption{file.WithReadProps(properties)}
	for _, known := range footer {
		options = append(options, file.WithMetadata(known))
	}
	raw, err := file.OpenParquetFile(path, false, options...)
	if err != nil {
		return nil, err
	}
	f := &parquetFile{raw: raw}
	f.reader, err = pqarrow.NewFileReader(raw, codedTexts(raw, batch), memory.DefaultAllocator)
	if err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return f, nil
}

// codedTexts reads dictionaries as such: a text is copied once for a row group, not once for a row.
func codedTexts(raw *file.Reader, batch int64) pqarrow.ArrowReadProperties {
	out := pqarrow.ArrowReadProperties{BatchSize: batch}
	for i := range raw.MetaData().Schema.NumColumns() {
		if raw.MetaData().Schema.Column(i).PhysicalType() == parquet.Types.ByteArray {
			out.SetReadDict(i, true)
		}
	}
	return out
}

func (f *parquetFile) Close() error { return f.raw.Close() }

// guarded turns a panic of a reader, by which it meets damaged bytes, into an error.
func guarded(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("it is damaged: %v", r)
		}
	}()
	return do()
}

func (s *sourceFile) readFooter() (err error) {
	if s.stamp, err = stampOf(s.path); err != nil {
		return fmt.Errorf("the input cannot be read: %w", err)
	}
	err = guarded(func() error {
		f, err := openParquet(s.path, groupRows)
		if err != nil {
			return err
		}
		defer f.Close()
		if s.schema, err = f.reader.Schema(); err != nil {
			return err
		}
		s.bytes = map[string]int64{}
		for g := range f.raw.NumRowGroups() {
			n := f.raw.MetaData().RowGroup(g).NumRows()
			if n < 0 {
				return fmt.Errorf("row group %d has %d rows", g+1, n)
			}
			s.groups = append(s.groups, n)
			s.rows += n
			if err := s.weigh(f, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s cannot be read as Parquet: %w", s.path, err)
	}
	return nil
}

// weigh adds up what a row group says of its columns' sizes.
func (s *sourceFile) weigh(f *parquetFile, g int) error {
	group := f.raw.MetaData().RowGroup(g)
	for i := range group.NumColumns() {
		c, err := group.ColumnChunk(i)
		if err != nil {
			return err
		}
		s.bytes[f.raw.MetaData().Schema.ColumnRoot(i).Name()] += max(0, c.TotalUncompressedSize())
	}
	return nil
}

// textPerRow estimates what the words of a row take, twice their bytes as files have them: few
// where dictionaries are shared, and with what a map of words costs where they are not.
func (s *source) textPerRow(l *layout) int64 {
	n := int64(0)
	for _, f := range s.files {
		for _, c := range l.columns {
			if c.kind == dataframe.String {
				n += f.bytes[c.name]
			}
		}
	}
	return 2 * n / max(1, s.rows())
}

// unionOf joins the files' columns. A column that files have in different types is text, or
// fractional where both are numbers; folders' keys are text.
func unionOf(files []sourceFile) (*arrow.Schema, dataframe.DataFrame, error) {
	var fields []arrow.Field
	place := map[string]int{}
	add := func(f arrow.Field) {
		i, known := place[f.Name]
		if !known {
			place[f.Name] = len(fields)
			fields = append(fields, f)
			return
		}
		fields[i].Type = commonType(fields[i].Type, f.Type)
	}
	for _, f := range files {
		for _, field := range f.schema.Fields() {
			add(arrow.Field{Name: field.Name, Type: field.Type, Nullable: true})
		}
		for _, key := range slices.Sorted(maps.Keys(f.hive)) {
			if _, has := place[key]; !has {
				add(arrow.Field{Name: key, Type: arrow.BinaryTypes.String, Nullable: true})
			}
		}
	}
	schema := arrow.NewSchema(fields, nil)
	empty, err := emptyFrame(schema)
	return schema, empty, err
}

func commonType(a, b arrow.DataType) arrow.DataType {
	if arrow.TypeEqual(a, b) {
		return a
	}
	x, y := kindOfType(a), kindOfType(b)
	switch {
	case x == y && x == dataframe.Time:
		return utcNanos
	case x == y && (a.ID() == arrow.UINT64 || b.ID() == arrow.UINT64):
		return arrow.PrimitiveTypes.Uint64
	case x == y && x == dataframe.Int:
		return arrow.PrimitiveTypes.Int64
	case x == y && x == dataframe.Float, x == dataframe.Int && y == dataframe.Float, x == dataframe.Float && y == dataframe.Int:
		return arrow.PrimitiveTypes.Float64
	}
	return arrow.BinaryTypes.String
}

// kindOfType is the kind that a frame has for an Arrow type.
func kindOfType(t arrow.DataType) dataframe.Kind {
	empty, err := emptyFrame(arrow.NewSchema([]arrow.Field{{Name: "x", Type: t}}, nil))
	if err != nil {
		return dataframe.String
	}
	return empty.Col("x").Kind()
}

// emptyFrame is a frame of a schema's columns without rows.
func emptyFrame(schema *arrow.Schema) (dataframe.DataFrame, error) {
	columns := make([]arrow.Column, schema.NumFields())
	for i, f := range schema.Fields() {
		columns[i] = *arrow.NewColumn(f, arrow.NewChunked(f.Type, nil))
	}
	return dataframe.FromArrow(array.NewTable(schema, columns, 0))
}
