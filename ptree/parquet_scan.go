package ptree

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// groupStream is a row group that is being read: blocks come while others are made.
type groupStream struct {
	blocks chan *block
	err    error // valid once blocks is closed
}

// scan reads the layout's columns of all row groups, several at once, and gives their blocks to
// take in their order.
func (s *source) scan(ctx context.Context, l *layout, o ParquetOptions, take func(*block) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	reading := make(chan *groupStream, max(0, o.Workers-1))
	go s.readAll(ctx, l, s.batchRows(l, o), reading)
	for group := range reading {
		for b := range group.blocks {
			if err := take(b); err != nil {
				return err
			}
		}
		if group.err != nil {
			return group.err
		}
	}
	return ctx.Err()
}

// readAll starts reading row groups as fast as reading takes them.
func (s *source) readAll(ctx context.Context, l *layout, batch int64, reading chan<- *groupStream) {
	defer close(reading)
	for i := range s.files {
		f := &s.files[i]
		first := f.first
		for g, rows := range f.groups {
			group := &groupStream{blocks: make(chan *block, 2)}
			select {
			case reading <- group:
			case <-ctx.Done():
				return
			}
			go f.readGroup(ctx, l, batch, g, first, group)
			first += rows
		}
	}
}

// readGroup reads one row group. A failure names the file and the row group.
func (s *sourceFile) readGroup(ctx context.Context, l *layout, batch int64, group int, first int64, to *groupStream) {
	defer close(to.blocks)
	err := guarded(func() error {
		f, err := openParquet(s.path, batch)
		if err != nil {
			return err
		}
		defer f.Close()
		if now, err := stampOf(s.path); err != nil || now != s.stamp {
			return errors.Join(errors.New("the file has changed since the build began"), err)
		}
		return s.blocksOf(ctx, f, l, group, first, to.blocks)
	})
	switch {
	case err == nil:
	case ctx.Err() != nil:
		to.err = ctx.Err()
	default:
		to.err = fmt.Errorf("%s: row group %d of %d cannot be read: %w", s.path, group+1, len(s.groups), err)
	}
}

func (s *sourceFile) blocksOf(ctx context.Context, f *parquetFile, l *layout, group int, first int64, to chan<- *block) error {
	rows, want := int64(0), s.groups[group]
	leaves := s.leaves(f, l)
	if want == 0 {
		return nil
	}
	if len(leaves) == 0 { // all that is asked for stands in the names of folders
		return s.bare(ctx, l, first, want, to)
	}
	r, err := f.reader.GetRecordReader(ctx, leaves, []int{group})
	if err != nil {
		return err
	}
	defer r.Release()
	for r.Next() {
		b, err := s.blockOf(r.RecordBatch(), l, first+rows)
		if err != nil {
			return err
		}
		if rows += int64(len(b.row)); rows > want {
			break
		}
		select {
		case to <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := r.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if rows != want {
		return fmt.Errorf("it has %d rows where its description says %d", rows, want)
	}
	return nil
}

// bare gives rows of which only the folders' names tell.
func (s *sourceFile) bare(ctx context.Context, l *layout, first, rows int64, to chan<- *block) error {
	for rows > 0 {
		n := min(rows, groupRows)
		b, err := l.blockOfRecord(array.NewRecordBatch(arrow.NewSchema(nil, nil), nil, n), first, s.hive)
		if err != nil {
			return err
		}
		select {
		case to <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
		first, rows = first+n, rows-n
	}
	return nil
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

func (s *sourceFile) blockOf(record arrow.RecordBatch, l *layout, first int64) (*block, error) {
	return l.blockOfRecord(record, first, s.hive)
}
