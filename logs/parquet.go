package logs

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/gophertrees/gopherwood/dataframe"
)

const parquetMagic = "PAR1"

var parquetFormat = &format{
	Format: Format{"parquet", "Apache Parquet",
		[]string{".parquet", ".pq"}, "https://parquet.apache.org/docs/file-format/"},
	matches: func(s *source) bool { return bytes.HasPrefix(s.data, []byte(parquetMagic)) },
	decode:  readParquet,
	binary:  true,
}

func readParquet(s *source) (df dataframe.DataFrame, err error) {
	if !bytes.HasSuffix(s.data, []byte(parquetMagic)) {
		return df, fmt.Errorf("the Parquet file does not end as one, at byte %d: it is truncated, get a whole copy", len(s.data))
	}
	err = guarded(func() error {
		df, err = s.rowGroups()
		return err
	})
	return df, err
}

// rowGroups reads one row group after another, and one column after another: in parallel a
// damaged column would end the program, since nobody can recover from a panic elsewhere.
func (s *source) rowGroups() (df dataframe.DataFrame, err error) {
	mem := s.newBoundedMemory()
	properties := parquet.NewReaderProperties(mem)
	properties.MaxCompressedPageSize = int64(len(s.data))
	properties.BufferedStreamEnabled = true // no copy of the column to open it
	properties.MaxUncompressedPageSize = mem.limit
	p, err := file.NewParquetReader(bytes.NewReader(s.data), file.WithReadProps(properties))
	if err != nil {
		return df, fmt.Errorf("the Parquet file is corrupt: %w", err)
	}
	defer p.Close()
	if err := soundSchema(p); err != nil {
		return df, fmt.Errorf("the Parquet file: %w", err)
	}
	r, err := pqarrow.NewFileReader(p, pqarrow.ArrowReadProperties{}, mem)
	if err != nil {
		return df, fmt.Errorf("the Parquet file is corrupt: %w", err)
	}
	schema, err := r.Schema()
	if err != nil {
		return df, fmt.Errorf("the Parquet file is corrupt: %w", err)
	}
	leaves := make([]int, p.MetaData().Schema.NumColumns())
	for i := range leaves {
		leaves[i] = i
	}
	parts := newBatches(schema)
	for g := range p.NumRowGroups() {
		if err := s.soundGroup(p, g); err != nil {
			return df, fmt.Errorf("row group %d of %d of the Parquet file is corrupt: %w", g+1, p.NumRowGroups(), err)
		}
		table, err := r.RowGroup(g).ReadTable(s.context(), leaves)
		if stopped := s.decoded(g+1, p.NumRowGroups()); stopped != nil {
			return df, stopped
		}
		if err != nil {
			return df, fmt.Errorf("row group %d of %d of the Parquet file is corrupt: %w", g+1, p.NumRowGroups(), err)
		}
		if err := parts.addTable(table); err != nil {
			return df, err
		}
	}
	return parts.frame()
}

// soundSchema checks the Arrow schema that a Parquet file may carry.
func soundSchema(p *file.Reader) error {
	text := p.MetaData().KeyValueMetadata().FindValue("ARROW:schema")
	if text == nil {
		return nil
	}
	message, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(*text, "="))
	if err != nil {
		return fmt.Errorf("its Arrow schema is corrupt: %w", err)
	}
	return verifyMessages(message)
}

// soundGroup checks what a row group says about itself, and opens its columns here, where a
// panic can be recovered from: nested columns are opened elsewhere.
func (s *source) soundGroup(p *file.Reader, g int) error {
	group := p.MetaData().RowGroup(g)
	if group.NumRows() < 0 || group.NumColumns() != p.MetaData().Schema.NumColumns() {
		return errors.New("its description does not fit the table")
	}
	for i := range group.NumColumns() {
		c, err := group.ColumnChunk(i)
		if err != nil {
			return err
		}
		start := c.DataPageOffset()
		if c.HasDictionaryPage() && c.DictionaryPageOffset() > 0 {
			start = min(start, c.DictionaryPageOffset())
		}
		length, size := c.TotalCompressedSize(), int64(len(s.data))
		if start < 0 || length < 0 || start > size || length > size-start || c.NumValues() < 0 {
			return fmt.Errorf("column %d lies outside the file", i+1)
		}
	}
	for i := range group.NumColumns() {
		if _, err := p.RowGroup(g).GetColumnPageReader(i); err != nil {
			return err
		}
	}
	return nil
}
