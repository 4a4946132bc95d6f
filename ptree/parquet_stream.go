package ptree

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gophertrees/gopherwood/dataframe"
)

// BuildStream is the step of one worker in an engine that hands out whole hosts, such as Spark or
// Beam: it reads rows of any hosts as an Arrow IPC stream and writes the rows of their trees as
// another, the same that [BuildParquet] writes. Where the stream has an integer column source_row,
// that is the row of the input, and the order of the stream does not matter. A stream without
// rows gives one without rows.
func BuildStream(ctx context.Context, r io.Reader, w io.Writer, options ...ParquetOptions) (ParquetSummary, error) {
	o := only("BuildStream", options).complete()
	var sum ParquetSummary
	in, err := ipc.NewReader(r)
	if err != nil {
		return sum, fmt.Errorf("the input is no Arrow IPC stream: %w", err)
	}
	defer in.Release()
	l, err := streamLayout(in.Schema(), o)
	if err != nil {
		return sum, err
	}
	sum.addSchema(l.found)
	var blocks []*block
	words := l.lexicons(1 << 62)
	count := l.counting(words)
	for in.Next() {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		b, err := l.streamBlock(in.RecordBatch(), sum.Rows)
		if err != nil {
			return sum, fmt.Errorf("record batch %d of the stream: %w", len(blocks)+1, err)
		}
		words.intern(b)
		count.add(b)
		blocks = append(blocks, b)
		sum.Rows += int64(len(b.row))
	}
	if err := in.Err(); err != nil && !errors.Is(err, io.EOF) {
		return sum, fmt.Errorf("the Arrow IPC stream ends within: %w", err)
	}
	out := &streamSink{layout: l, w: ipc.NewWriter(w, ipc.WithSchema(l.schemaOf()))}
	set, err := l.setOf(blocks, count)
	if err == nil {
		err = l.buildHosts(ctx, set, o.Workers, &sum, out)
	}
	return sum, errors.Join(err, out.end(err == nil))
}

// setOf puts blocks that have been counted in order; they are let go on the way.
func (l *layout) setOf(blocks []*block, count *counting) (*hostSet, error) {
	p := count.plan()
	p.divide(1 << 62)
	if len(p.parts) == 0 {
		return &hostSet{columns: make([]cells, len(l.columns))}, nil
	}
	g := l.gather(count.words, p, p.parts[0])
	for i, b := range blocks {
		g.add(b)
		blocks[i] = nil
	}
	return g.end()
}

func streamLayout(schema *arrow.Schema, o ParquetOptions) (*layout, error) {
	fields := slices.DeleteFunc(slices.Clone(schema.Fields()), func(f arrow.Field) bool { return f.Name == sourceRowColumn })
	columns := arrow.NewSchema(fields, nil)
	empty, err := emptyFrame(columns)
	if err != nil {
		return nil, err
	}
	return newLayout(columns, empty, o)
}

func (l *layout) streamBlock(record arrow.RecordBatch, first int64) (*block, error) {
	var b *block
	err := guarded(func() (err error) {
		if b, err = l.blockOfRecord(record, first, nil); err != nil {
			return err
		}
		at := record.Schema().FieldIndices(sourceRowColumn)
		if len(at) == 0 {
			return nil
		}
		numbered, err := l.cellsOfArray(logColumn{name: sourceRowColumn, kind: dataframe.Int}, record, at[0])
		if err != nil {
			return err
		}
		if numbered.valid != nil {
			return fmt.Errorf("the column %s has nulls where it must have the row's number", sourceRowColumn)
		}
		b.row = numbered.values
		return nil
	})
	return b, err
}

// streamSink writes hosts as record batches.
type streamSink struct {
	layout  *layout
	w       *ipc.Writer
	pending []piece
	rows    int
}

func (s *streamSink) add(r *hostRows) error {
	for from := 0; from < r.len(); {
		to := min(r.len(), from+groupRows-s.rows)
		s.pending = append(s.pending, piece{r, from, to})
		s.rows += to - from
		from = to
		if s.rows == groupRows {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *streamSink) flush() error {
	pieces := s.pending
	s.pending, s.rows = nil, 0
	return s.w.Write(s.layout.record(pieces))
}

// end writes what is left. A stream of a build that failed does not get the mark of its end.
func (s *streamSink) end(fine bool) error {
	if !fine {
		return nil
	}
	if s.rows > 0 {
		if err := s.flush(); err != nil {
			return err
		}
	}
	return s.w.Close()
}
