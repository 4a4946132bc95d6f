package logs

import (
	"bytes"
	"fmt"

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
	properties.MaxUncompressedPageSize = mem.limit
	p, err := file.NewParquetReader(bytes.NewReader(s.data), file.WithReadProps(properties))
	if err != nil {
		return df, fmt.Errorf("the Parquet file is corrupt: %w", err)
	}
	defer p.Close()
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
