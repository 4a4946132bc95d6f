package ptree

import (
	"context"
	"errors"
	"fmt"

	"github.com/gophertrees/gopherwood/internal/progress"
)

// parquetBuild is one call of [BuildParquet].
type parquetBuild struct {
	o      ParquetOptions
	output string
	lock   outputLock
	source *source
	layout *layout
	words  lexicons
	plan   *plan
	work   *work
	out    *partialFile
	to     *grouping
	sum    ParquetSummary
	bar    *progress.Bar
}

// begin shows how far the build is: a step for every row that is read and for every row built.
func (b *parquetBuild) begin() {
	if b.o.ShowProgress {
		b.bar = progress.Start("Building process trees", 2*b.sum.Rows)
	}
}

func (b *parquetBuild) step(rows int) { b.bar.Add(int64(rows)) }

// openOutput begins the output, or goes on with it.
func (b *parquetBuild) openOutput() (err error) {
	s := &b.work.state
	if b.out, err = openPartial(b.output, s.Offset, s.footer); err != nil {
		return err
	}
	if b.to, err = b.layout.grouping(b.o.Workers, b.out.groups); err != nil {
		return err
	}
	b.to.written = s.Written
	s.Ends = s.Ends[:s.next()] // those behind are built again, for their last rows
	if last := s.next() - 1; last >= 0 {
		b.sum, b.to.taken = s.Ends[last].Sum, s.Ends[last].Rows
	}
	return nil
}

// checkpoint makes sure of the row groups that are written, and of what is to be done next.
func (b *parquetBuild) checkpoint() error {
	if err := b.to.settle(); err != nil {
		return err
	}
	if err := b.out.steady.sync(); err != nil {
		return fmt.Errorf("the output %s cannot be written: %w", b.output, err)
	}
	b.work.state.Written, b.work.state.Offset, b.work.state.footer = b.to.written, b.out.groups.offset, b.out.groups.footer
	if err := b.work.saveState(); err != nil {
		return err
	}
	b.work.drop(b.work.state.next())
	return nil
}

// interruption is the end of a context in words.
type interruption struct{ cause error }

func (interruption) Error() string   { return "the build was interrupted" }
func (i interruption) Unwrap() error { return i.cause }

// end cleans up. A build that failed keeps what another can go on from.
func (b *parquetBuild) end(err error) error {
	if b.to != nil { // the output is open, but nothing was to be built
		err = firstOf(err, b.to.end(false))
	}
	if err == nil {
		return b.work.remove()
	}
	if errors.Is(err, context.Canceled) {
		err = interruption{err}
	}
	if b.work == nil || !b.work.worthKeeping() {
		if b.out != nil {
			b.out.discard()
		}
		if b.work != nil && b.work.own {
			b.work.remove()
		}
		return err
	}
	if b.out != nil {
		b.out.salvage()
	}
	return fmt.Errorf("%w: what is done is kept in %s: go on from it by resuming (Resume, --resume)", err, b.work.folder)
}
