package ptree

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/gophertrees/gopherwood/dataframe"
)

// scan reads the layout's columns of all row groups, several at once, and gives them to take in
// their order.
func (s *source) scan(ctx context.Context, l *layout, workers int, take func(*block) error) error {
	groups := startOrdered(workers, func(blocks []*block) error {
		for _, b := range blocks {
			if err := take(b); err != nil {
				return err
			}
		}
		return nil
	})
	var failure error
	for i := range s.files {
		f := &s.files[i]
		first := f.first
		for g, rows := range f.groups {
			if failure = ctx.Err(); failure != nil {
				break
			}
			from := first
			first += rows
			if failure = groups.do(func() ([]*block, error) { return f.readGroup(ctx, l, g, from) }); failure != nil {
				break
			}
		}
		if failure != nil {
			break
		}
	}
	return firstOf(groups.end(), failure)
}

// readGroup reads one row group. A failure names the file and the row group.
func (s *sourceFile) readGroup(ctx context.Context, l *layout, group int, first int64) (blocks []*block, err error) {
	err = guarded(func() error {
		f, err := openParquet(s.path)
		if err != nil {
			return err
		}
		defer f.Close()
		if f.raw.NumRowGroups() != len(s.groups) || f.raw.MetaData().RowGroup(group).NumRows() != s.groups[group] {
			return fmt.Errorf("the file has changed since the build began")
		}
		blocks, err = s.blocksOf(ctx, f, l, group, first)
		return err
	})
	if err != nil && ctx.Err() == nil {
		what := "cannot be read"
		if _, e := os.Stat(s.path); e == nil {
			what = "is corrupt"
		}
		return nil, fmt.Errorf("%s: row group %d of %d %s: %w", s.path, group+1, len(s.groups), what, err)
	}
	return blocks, err
}

func (s *sourceFile) blocksOf(ctx context.Context, f *parquetFile, l *layout, group int, first int64) ([]*block, error) {
	var blocks []*block
	rows, want := int64(0), s.groups[group]
	leaves := s.leaves(f, l)
	if len(leaves) == 0 || want == 0 {
		return nil, nil
	}
	r, err := f.reader.GetRecordReader(ctx, leaves, []int{group})
	if err != nil {
		return nil, err
	}
	defer r.Release()
	for r.Next() {
		b, err := s.blockOf(r.RecordBatch(), l, first+rows)
		if err != nil {
			return nil, err
		}
		rows += int64(len(b.row))
		blocks = append(blocks, b)
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	if rows != want {
		return nil, fmt.Errorf("it has %d rows where its description says %d", rows, want)
	}
	return blocks, nil
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
	frame, err := dataframe.FromArrow(array.NewTableFromRecords(record.Schema(), []arrow.RecordBatch{record}))
	if err != nil {
		return nil, err
	}
	for _, c := range l.columns {
		if value, ok := s.hive[c.name]; ok && !slices.Contains(frame.Names(), c.name) {
			frame = frame.With(c.name, value)
		}
	}
	return l.blockOf(frame.ResetIndex(), first)
}
