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
// rows gives one without rows. The stream is held in memory as a whole: Memory, Folder and Resume do not
// go with it.
func BuildStream(ctx context.Context, r io.Reader, w io.Writer, options ...ParquetOptions) (ParquetSummary, error) {
	o := only("BuildStream", options)
	var sum ParquetSummary
	if o.Memory != 0 || o.Folder != "" || o.Resume {
		return sum, errors.New("a stream is held in memory as a whole: Memory, Folder and Resume do not go with it")
	}
	o = o.complete()
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
		if b, err = l.blockOfRecord(record, nil, first, nil); err != nil {
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
	return s.write(pieces)
}

// mostBatchText is how many bytes of text a column of a record batch may have, which Arrow's usual texts
// count by 32 bits. Tests lower it.
var mostBatchText = 1 << 30

// write makes a record batch, or several where the texts are too long for one.
func (s *streamSink) write(pieces []piece) error {
	if rows := rowsIn(pieces); rows > 1 && s.layout.mostText(pieces) > mostBatchText {
		first, second := parting(pieces, rows/2)
		if err := s.write(first); err != nil {
			return err
		}
		return s.write(second)
	}
	return s.w.Write(s.layout.record(pieces))
}

// mostText is how many bytes of text the column has that has most.
func (l *layout) mostText(pieces []piece) int {
	most := 0
	for i, c := range l.columns {
		if c.kind != dataframe.String {
			continue
		}
		bytes := 0
		for _, p := range pieces {
			texts := &p.rows.columns[i]
			for row := p.from; row < p.to; row++ {
				if code := texts.code(row); code >= 0 {
					bytes += len(texts.words[code])
				}
			}
		}
		most = max(most, bytes)
	}
	return most
}

// parting parts pieces behind so many rows.
func parting(pieces []piece, rows int) (first, second []piece) {
	for _, p := range pieces {
		n := min(rows, p.to-p.from)
		if n > 0 {
			first = append(first, piece{p.rows, p.from, p.from + n})
		}
		if p.from+n < p.to {
			second = append(second, piece{p.rows, p.from + n, p.to})
		}
		rows -= n
	}
	return first, second
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
