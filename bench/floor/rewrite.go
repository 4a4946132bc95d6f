// Package floor does the least that any program must do which reads a log and writes a table of it:
// what a tree build costs is told beside it.
package floor

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

const (
	batchRows = 1 << 16
	ahead     = 4 // batches that are read while others are written
)

// Rewrite copies columns of a Parquet file, or of all in a folder, to a file, with arrow-go alone:
// texts stay coded, reading goes on while a batch is written.
func Rewrite(log, to string, columns []string) error {
	paths, err := filesOf(log)
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	batches := make(chan arrow.RecordBatch, ahead)
	failure := make(chan error, 1)
	go func() { failure <- write(out, batches) }()
	for _, path := range paths {
		if err = read(path, columns, batches); err != nil {
			break
		}
	}
	close(batches)
	return errors.Join(err, <-failure, out.Close())
}

func filesOf(log string) ([]string, error) {
	info, err := os.Stat(log)
	if err != nil || !info.IsDir() {
		return []string{log}, err
	}
	return filepath.Glob(filepath.Join(log, "*.parquet"))
}

// write writes the batches until there are no more, and lets them pass once it has failed.
func write(out io.Writer, batches <-chan arrow.RecordBatch) (err error) {
	var w *pqarrow.FileWriter
	for batch := range batches {
		if w == nil && err == nil {
			properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd),
				parquet.WithVersion(parquet.V2_LATEST), parquet.WithMaxRowGroupLength(batchRows))
			w, err = pqarrow.NewFileWriter(batch.Schema(), struct{ io.Writer }{out}, properties, pqarrow.DefaultWriterProps())
		}
		if err == nil {
			err = w.Write(batch)
		}
		batch.Release()
	}
	if w == nil {
		return err
	}
	return errors.Join(err, w.Close())
}

func read(path string, columns []string, to chan<- arrow.RecordBatch) error {
	raw, err := file.OpenParquetFile(path, false)
	if err != nil {
		return err
	}
	defer raw.Close()
	properties := pqarrow.ArrowReadProperties{BatchSize: batchRows, Parallel: true}
	var leaves []int
	for i := range raw.MetaData().Schema.NumColumns() {
		c := raw.MetaData().Schema.Column(i)
		properties.SetReadDict(i, c.PhysicalType() == parquet.Types.ByteArray)
		if slices.Contains(columns, c.Name()) {
			leaves = append(leaves, i)
		}
	}
	r, err := pqarrow.NewFileReader(raw, properties, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	batches, err := r.GetRecordReader(context.Background(), leaves, nil)
	if err != nil {
		return err
	}
	defer batches.Release()
	for batches.Next() {
		batch := batches.RecordBatch()
		batch.Retain()
		to <- batch
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
