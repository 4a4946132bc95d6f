package ptree

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// BuildParquet builds the trees of logs that are too large for memory, and writes them as one
// Parquet file, which [OpenParquetTree], DuckDB and Polars read. The inputs are Parquet files,
// folders of them (the key=value folders of Hive-style tables become columns) and globs, where **
// is any folders; they need not be sorted. The schema is inferred from the files' columns, and
// only the columns that play a role in it and those of Columns are read.
//
// The output appears under its name only when it is complete. A build that ends before keeps what
// it has done, if there is anything worth keeping: the error says where, and Resume goes on from
// there. An interrupted build is one whose context was cancelled.
func BuildParquet(ctx context.Context, inputs []string, output string, options ...ParquetOptions) (ParquetSummary, error) {
	o := only("BuildParquet", options).complete()
	b := &parquetBuild{o: o, output: output}
	err := b.prepare(ctx, inputs)
	if err == nil {
		err = b.run(ctx)
	}
	b.bar.Done()
	return b.sum, b.end(err)
}

// prepare reads what the inputs say of themselves and decides how to divide the work, or takes up
// the decision of the build that is resumed.
func (b *parquetBuild) prepare(ctx context.Context, inputs []string) (err error) {
	if b.source, err = openSource(inputs); err != nil {
		return err
	}
	if b.layout, err = b.source.layout(b.o); err != nil {
		return err
	}
	b.sum.Rows = b.source.rows()
	b.sum.addSchema(b.layout.found)
	if b.sum.Rows == 0 {
		return b.layout.errNoProcess(0)
	}
	b.begin()
	b.work = workFor(b.output, b.o.Folder)
	if b.o.Resume {
		known, err := b.resume()
		if known || err != nil {
			return err
		}
	}
	if err := b.work.remove(); err != nil {
		return err
	}
	b.words = b.layout.lexicons(lexiconShare(b.o.Memory))
	b.plan, err = b.source.planned(ctx, b.layout, b.words, b.o)
	return err
}

// run spills the rows, if they do not fit, and builds one partition after another.
func (b *parquetBuild) run(ctx context.Context) error {
	if err := b.openOutput(); err != nil {
		return err
	}
	if b.plan.resident() {
		if err := b.save(); err != nil {
			return err
		}
		return b.finish(b.buildResident(ctx))
	}
	if !b.work.state.Spilled {
		if err := b.spill(ctx); err != nil {
			return err
		}
	}
	return b.finish(b.buildSpilled(ctx))
}

// spill divides the input among files.
func (b *parquetBuild) spill(ctx context.Context) error {
	if err := b.work.make(); err != nil {
		return err
	}
	s, err := b.layout.spill(b.work.folder, b.plan, b.o.Memory)
	if err != nil {
		return err
	}
	if err := b.source.scan(ctx, b.layout, b.o, func(bl *block) error {
		b.words.intern(bl)
		b.step(len(bl.row))
		return s.add(bl)
	}); err != nil {
		return errors.Join(err, s.close())
	}
	if err := s.end(); err != nil {
		return err
	}
	b.sum.Spilled = s.bytes
	b.work.state.Spilled, b.work.state.Bytes, b.work.state.Text = true, s.bytes, s.text
	return b.save()
}

// buildResident builds partitions as the input has them, one after another: their rows are placed
// as they are read.
func (b *parquetBuild) buildResident(ctx context.Context) error {
	at, rows := 0, int64(0)
	var g *gathering
	complete := func() error {
		if at >= b.work.state.next() {
			set, err := g.end()
			if err == nil {
				err = b.partition(ctx, at, set)
			}
			if err != nil {
				return err
			}
		}
		at, g, rows = at+1, nil, 0
		return nil
	}
	return b.source.scan(ctx, b.layout, b.o, func(bl *block) error {
		b.words.intern(bl)
		for n := int64(len(bl.row)); n > 0; n = int64(len(bl.row)) {
			take := min(n, b.plan.parts[at].rows-rows)
			if at >= b.work.state.next() {
				if g == nil {
					g = b.layout.gather(b.words, b.plan, b.plan.parts[at])
				}
				g.add(bl.head(take))
			}
			rows += take
			b.step(int(take))
			bl = bl.tail(take)
			if rows == b.plan.parts[at].rows {
				if err := complete(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// buildSpilled builds partitions from their files.
func (b *parquetBuild) buildSpilled(ctx context.Context) error {
	for at := b.work.state.next(); at < len(b.plan.parts); at++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		part, rows := b.plan.parts[at], int64(0)
		pieces := b.plan.pieces(part, b.work.state.Text[at], b.source.budget(b.layout, b.o, len(b.plan.hosts)))
		for i, piece := range pieces {
			set, err := b.load(at, piece)
			if err != nil {
				return err
			}
			if rows += piece.rows; i < len(pieces)-1 {
				err = b.layout.buildHosts(ctx, set, b.o.Workers, &b.sum, b.to)
			} else {
				err = b.partition(ctx, at, set)
			}
			if err != nil {
				return err
			}
			b.step(int(piece.rows))
		}
	}
	return nil
}

// load reads a partition's hosts, or some of them.
func (b *parquetBuild) load(at int, piece partition) (*hostSet, error) {
	f, err := os.Open(spillName(b.work.folder, at))
	if err != nil {
		return nil, fmt.Errorf("what did not fit in memory cannot be read again: %w", err)
	}
	defer f.Close()
	r := newBlockReader(f, len(b.layout.columns))
	g := b.layout.gather(b.words, b.plan, piece)
	for {
		bl, err := r.next()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		if bl == nil {
			return g.end()
		}
		g.add(bl)
	}
}

// partition builds the last hosts of a partition and notes how far the output has come.
func (b *parquetBuild) partition(ctx context.Context, at int, set *hostSet) error {
	if err := b.layout.buildHosts(ctx, set, b.o.Workers, &b.sum, b.to); err != nil {
		return err
	}
	b.work.state.Ends = append(b.work.state.Ends, partEnd{b.to.taken, b.sum})
	if len(b.plan.parts) == 1 {
		return nil
	}
	return b.checkpoint()
}

// finish writes what is left of the output.
func (b *parquetBuild) finish(err error) error {
	ended := b.to.end(err == nil)
	b.to = nil
	if err = firstOf(ended, err); err != nil {
		return err
	}
	if b.sum.Processes == 0 {
		return b.layout.errNoProcess(b.sum.Rows)
	}
	return b.out.complete()
}
