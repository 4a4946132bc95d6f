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
// there. An interrupted build is one whose context was cancelled. Another build of the same output
// fails while one is at work on it.
func BuildParquet(ctx context.Context, inputs []string, output string, options ...ParquetOptions) (ParquetSummary, error) {
	o := only("BuildParquet", options).complete()
	b := &parquetBuild{o: o, output: output}
	defer func() { b.lock.release() }()
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
	if b.source, err = openSource(ctx, inputs); err != nil {
		return err
	}
	if b.output, err = placeOf(b.output); err != nil {
		return err
	}
	if err := b.source.spares(b.output); err != nil {
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
	if b.lock, err = lockOutput(b.output); err != nil {
		return err
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
	s, err := newSpill(b.work.folder, hostsName, len(b.plan.parts), len(b.layout.columns), b.source.perRow(b.layout), b.o.Memory)
	if err != nil {
		return err
	}
	partOf, file := b.plan.partOf(), []int32(nil)
	if err := b.source.scan(ctx, b.layout, b.o, func(bl *block) error {
		b.words.intern(bl)
		b.step(len(bl.row))
		file = resized(file, len(bl.row))
		for i := range bl.row {
			file[i] = partOf[b.layout.rankOf(bl, i, b.plan.rank)]
		}
		return s.add(bl, file)
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
				err = b.layout.buildHosts(ctx, set, b.o.Workers, &b.sum, b.to)
			}
			if err == nil {
				err = b.built()
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
	m := b.source.budget(b.layout, b.o, len(b.plan.hosts))
	for at := b.work.state.next(); at < len(b.plan.parts); at++ {
		part := b.plan.parts[at]
		for _, piece := range b.plan.pieces(part, b.work.state.Text[at], m) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := b.piece(ctx, at, piece, m); err != nil {
				return err
			}
		}
		if err := b.built(); err != nil {
			return err
		}
	}
	return nil
}

// piece builds some hosts of a partition, or one that does not fit.
func (b *parquetBuild) piece(ctx context.Context, at int, piece partition, m budget) error {
	text := int64(float64(b.work.state.Text[at]) * float64(piece.rows) / float64(b.plan.parts[at].rows))
	if piece.to-piece.from == 1 && m.tooLarge(piece.rows, text) {
		if d := b.layout.division(); d != nil {
			return b.buildLarge(ctx, at, piece, d, text/piece.rows, m)
		}
	}
	set, err := b.load(at, piece)
	if err != nil {
		return err
	}
	err = b.layout.buildHosts(ctx, set, b.o.Workers, &b.sum, b.to)
	b.step(int(piece.rows))
	return err
}

// load reads a partition's hosts, or some of them.
func (b *parquetBuild) load(at int, piece partition) (*hostSet, error) {
	g := b.layout.gather(b.words, b.plan, piece)
	if err := b.eachSpilled(hostsName, at, len(b.layout.columns), func(bl *block) error {
		g.add(bl)
		return nil
	}); err != nil {
		return nil, err
	}
	return g.end()
}

// eachSpilled reads a spilled file. Each block is overwritten by the next.
func (b *parquetBuild) eachSpilled(kind string, file, columns int, take func(*block) error) error {
	f, err := os.Open(spillName(b.work.folder, kind, file))
	if err != nil {
		return fmt.Errorf("what did not fit in memory cannot be read again: %w", err)
	}
	defer f.Close()
	r := newBlockReader(f, columns)
	for {
		bl, err := r.next()
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name(), err)
		}
		if bl == nil {
			return nil
		}
		if err := take(bl); err != nil {
			return err
		}
	}
}

// built notes that all hosts of the next partition are built, and how far the output has come.
func (b *parquetBuild) built() error {
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
