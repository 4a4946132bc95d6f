package notebook

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gophertrees/gopherwood/kernel"
)

// Options configure Run.
type Options struct {
	// Engine runs the cells. It is needed.
	Engine kernel.Engine
	// AllowErrors goes on after a cell that fails. Else only a cell with the tag
	// "raises-exception" may fail.
	AllowErrors bool
	// CellTimeout is how long one cell may run; 0 is no limit.
	CellTimeout time.Duration
	// Progress, when set, is told how many of the code cells are done, of how many: before
	// the first and after each. It may print; nothing of it gets into the notebook.
	Progress func(done, total int)
}

// CellFailure is why Run stopped.
type CellFailure struct {
	// Cell is the failed cell's place in Notebook.Cells, from 0.
	Cell int
	// Err is what was wrong with it.
	Err *kernel.CellError
	// Timeout is Options.CellTimeout when the cell exceeded it, else 0.
	Timeout time.Duration
}

// Error implements error.
func (f *CellFailure) Error() string {
	if f.Timeout > 0 {
		return fmt.Sprintf("cell %d ran longer than %v", f.Cell+1, f.Timeout)
	}
	return fmt.Sprintf("cell %d failed: %s: %s", f.Cell+1, f.Err.Name, f.Err.Error())
}

// Unwrap is the cell's error.
func (f *CellFailure) Unwrap() error { return f.Err }

// Run runs the code cells in order, in one session, and replaces their outputs. It stops at
// the first cell that fails and returns a *CellFailure; that cell's output and those before
// it are in the notebook then, the later cells are as they were. Cells tagged
// "skip-execution" are passed over. Unlike nbclient it stores no times of execution, so that
// running twice gives the same file.
func Run(ctx context.Context, nb *Notebook, options Options) error {
	if options.Engine == nil {
		return errors.New("notebook: Options.Engine is missing")
	}
	session, err := kernel.NewSession(options.Engine, newRecorder())
	if err != nil {
		return err
	}
	defer session.Close()
	if nb.Metadata == nil {
		nb.Metadata = map[string]any{}
	}
	nb.Metadata["language_info"] = kernel.LanguageInfo()
	r := runner{session, options}
	total, done := 0, 0
	for _, cell := range nb.Cells {
		if cell.runs() {
			total++
		}
	}
	r.report(done, total)
	for i, cell := range nb.Cells {
		if !cell.runs() {
			continue
		}
		if err := r.cell(ctx, i, cell); err != nil {
			return err
		}
		done++
		r.report(done, total)
	}
	return nil
}

type runner struct {
	session *kernel.Session
	options Options
}

func (r runner) report(done, total int) {
	if r.options.Progress != nil {
		r.session.Outside(func() { r.options.Progress(done, total) })
	}
}

// cell runs one cell. The error is nil when the run may go on.
func (r runner) cell(parent context.Context, i int, cell *Cell) error {
	ctx, cancel := context.WithCancel(parent)
	if r.options.CellTimeout > 0 {
		ctx, cancel = context.WithTimeout(parent, r.options.CellTimeout)
	}
	defer cancel()
	cell.Outputs = nil
	outcome := r.session.Execute(ctx, kernel.Cell{Code: cell.Source(), Parent: cell})
	cell.fields["execution_count"] = outcome.Count
	switch {
	case outcome.Err == nil:
		return nil
	case parent.Err() != nil:
		return parent.Err()
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &CellFailure{Cell: i, Err: outcome.Err, Timeout: r.options.CellTimeout}
	case r.options.AllowErrors || cell.HasTag("raises-exception"):
		return nil
	}
	return &CellFailure{Cell: i, Err: outcome.Err}
}
