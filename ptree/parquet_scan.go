package ptree

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// groupRead is a row group that is being read: blocks come while others are made.
type groupRead struct {
	file   *sourceFile
	footer func() (*metadata.FileMetaData, error) // of the file
	group  int                                    // of the file
	first  int64                                  // row of the input that its first row is
	layout *layout
	batch  int64 // rows that are read at once
	blocks chan *block
	err    error // valid once blocks is closed
}

// scan reads the layout's columns of all row groups, several at once, and gives their blocks to
// take in their order. What take leaves of a block is used again.
func (s *source) scan(ctx context.Context, l *layout, o ParquetOptions, take func(*block) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	reading := make(chan *groupRead, max(0, o.Workers-1))
	go s.readAll(ctx, l, s.batchRows(l, o), reading)
	for group := range reading {
		for b := range group.blocks {
			if err := take(b); err != nil {
				return err
			}
			b.release()
		}
		if group.err != nil {
			return group.err
		}
	}
	return ctx.Err()
}

// readAll starts reading row groups as fast as reading takes them.
func (s *source) readAll(ctx context.Context, l *layout, batch int64, reading chan<- *groupRead) {
	defer close(reading)
	for i := range s.files {
		f := &s.files[i]
		first := f.first
		footer := sync.OnceValues(f.footer) // of the files at work alone: there may be many
		for g, rows := range f.groups {
			group := &groupRead{file: f, footer: footer, group: g, first: first, layout: l, batch: batch, blocks: make(chan *block, 2)}
			select {
			case reading <- group:
			case <-ctx.Done():
				return
			}
			go group.run(ctx)
			first += rows
		}
	}
}

// run reads the row group. A failure names the file and the row group.
func (r *groupRead) run(ctx context.Context) {
	defer close(r.blocks)
	err := guarded(func() error {
		known, err := r.footer()
		if err != nil {
			return err
		}
		f, err := openParquet(r.file.path, r.batch, known)
		if err != nil {
			return err
		}
		defer f.Close()
		if now, err := stampOf(r.file.path); err != nil || now != r.file.stamp {
			return errors.Join(errors.New("the file has changed since the build began"), err)
		}
		return r.read(ctx, f)
	})
	switch {
	case err == nil:
	case ctx.Err() != nil:
		r.err = ctx.Err()
	default:
		r.err = fmt.Errorf("%s: row group %d of %d cannot be read: %w", r.file.path, r.group+1, len(r.file.groups), err)
	}
}

// rows is how many rows the row group has, as the file says.
func (r *groupRead) rows() int64 { return r.file.groups[r.group] }

// footer reads what the file says of itself.
func (s *sourceFile) footer() (footer *metadata.FileMetaData, err error) {
	err = guarded(func() error {
		f, err := openParquet(s.path, groupRows)
		if err != nil {
			return err
		}
		footer = f.raw.MetaData()
		return f.Close()
	})
	return footer, err
}

// read makes the blocks and holds the row group against what the file says of it.
func (r *groupRead) read(ctx context.Context, f *parquetFile) error {
	if r.rows() == 0 {
		return nil
	}
	columns, err := r.file.pageColumns(f, r.layout, r.group)
	if err != nil {
		return err
	}
	defer closeAll(columns)
	records, err := r.records(ctx, f, columns)
	if err != nil {
		return err
	}
	defer records.Release()
	rows, err := r.send(ctx, columns, records)
	if err != nil {
		return pagesEnd(err)
	}
	if rows != r.rows() {
		return fmt.Errorf("it has %d rows where its description says %d", rows, r.rows())
	}
	for _, c := range columns {
		if c != nil {
			if err := c.End(); err != nil {
				return err
			}
		}
	}
	return nil
}

func closeAll(columns []pageColumn) {
	for _, c := range columns {
		if c != nil {
			_ = c.Close() // it was only read
		}
	}
}

// send makes blocks of the row group, and tells how many rows it has; those beyond what the file says are
// not sent.
func (r *groupRead) send(ctx context.Context, columns []pageColumn, records array.RecordReader) (rows int64, err error) {
	for records.Next() {
		record, from := records.RecordBatch(), r.first+rows
		if rows += record.NumRows(); rows > r.rows() {
			return rows, nil
		}
		b, err := r.layout.blockOfRecord(record, columns, from, r.file.hive)
		if err != nil {
			return rows, err
		}
		select {
		case r.blocks <- b:
		case <-ctx.Done():
			return rows, ctx.Err()
		}
	}
	if err := records.Err(); err != nil && !errors.Is(err, io.EOF) {
		return rows, err
	}
	return rows, nil
}

func pagesEnd(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it has fewer rows than its description says")
	}
	return err
}

// records reads the columns that are not read from their pages: batches without columns where there are
// none, but with as many rows.
func (r *groupRead) records(ctx context.Context, f *parquetFile, columns []pageColumn) (array.RecordReader, error) {
	var leaves []int
	for _, i := range r.file.leaves(f, r.layout) {
		if columns[r.layout.at(f.raw.MetaData().Schema.ColumnRoot(i).Name())] == nil {
			leaves = append(leaves, i)
		}
	}
	if len(leaves) > 0 {
		return f.reader.GetRecordReader(ctx, leaves, []int{r.group})
	}
	bare := arrow.NewSchema(nil, nil)
	var batches []arrow.RecordBatch
	for rows := r.rows(); rows > 0; rows -= r.batch {
		batches = append(batches, array.NewRecordBatch(bare, nil, min(rows, r.batch)))
	}
	return array.NewRecordReader(bare, batches)
}

// leaves are the file's columns that the layout reads.
func (s *sourceFile) leaves(f *parquetFile, l *layout) []int {
	var out []int
	for i := range f.raw.MetaData().Schema.NumColumns() {
		top := f.raw.MetaData().Schema.ColumnRoot(i).Name()
		if l.at(top) >= 0 {
			out = append(out, i)
		}
	}
	return out
}
