package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/goplus/ixgo"
)

// unwinding is how long some hundred thousand calls may take to return, each of which sees
// that it must; to leave them behind would let the recursion go on. Their deferred calls are
// skipped: ixgo's bookkeeping for them takes quadratic time.
const unwinding = time.Minute

// errGoexit is the outcome of a cell that ended its own goroutine.
var errGoexit = errors.New("the cell ended itself with runtime.Goexit")

// Fields of an interpreter that are not exported: where it sends the panics of its goroutines
// when its context has a RunContext, without which they would be lost, and how many it has.
var (
	panicsField     = fieldOf[ixgo.Interp, chan ixgo.PanicError]("cherror")
	goroutinesField = fieldOf[ixgo.Interp, int32]("goroutines")
)

// send makes an interpreter send the panics of its goroutines to a channel. A closure of an
// earlier cell that runs just now may read the field; both values are good.
//
//go:norace
func send(in *ixgo.Interp, panics chan ixgo.PanicError) {
	*field[chan ixgo.PanicError](in, panicsField) = panics
}

// alone tells whether no goroutine that the interpreter has started still runs.
func alone(in *ixgo.Interp) bool { return atomic.LoadInt32(field[int32](in, goroutinesField)) == 1 }

// run executes a built cell until it ends, panics in any goroutine, or ctx is cancelled.
func (e *Engine) run(ctx context.Context, in *ixgo.Interp) error {
	defer collectSeldom()()
	panics := make(chan ixgo.PanicError)
	send(in, panics)
	defer e.leave(in, panics)
	done := make(chan error, 1)
	go e.execute(ctx, in, done)
	overflow, stop := watchStack()
	defer stop()
	var err error
	select {
	case err = <-done:
		return err
	case err = <-panics:
	case <-ctx.Done():
		err = errInterrupted
	case <-overflow:
		err = errOverflow
	}
	switch {
	case errors.Is(err, errInterrupted):
		e.stop(in, done, e.patience)
	case errors.Is(err, errOverflow):
		in.Abort() // no call goes deeper now
		halt(e.frame.Load())
		e.stop(in, done, unwinding)
		e.frame.Store(nil)
		runtime.GC() // until then new goroutines begin with large stacks: the average of what there was
	default: // a goroutine panicked: the person waits for the message
		e.stop(in, done, e.patience/10)
	}
	return err
}

// execute runs the cell's function in a goroutine of its own, which runtime.Goexit may end.
func (e *Engine) execute(ctx context.Context, in *ixgo.Interp, done chan<- error) {
	err := errGoexit
	defer func() { done <- err }()
	if failed := in.RunInit(); failed != nil {
		err = failed
		return
	}
	if ctx.Err() != nil { // RunInit has cleared the flag of an interrupt that came before
		err = errInterrupted
		return
	}
	_, err = in.RunFunc(bodyName)
}

// leave sees to the panics of goroutines that outlive their cell, or are started later by its
// closures. A goroutine of our own waits for them only where one of the cell's still runs, and no
// longer than the interpreter lives.
func (e *Engine) leave(in *ixgo.Interp, panics chan ixgo.PanicError) {
	if alone(in) {
		send(in, e.late)
		return
	}
	go e.report(panics)
	runtime.AddCleanup(in, func(panics chan ixgo.PanicError) { close(panics) }, panics)
}

// stop ends a running cell, and leaves it behind when it does not notice: its goroutine then
// ends when the call does in which it is blocked. Closures that the cell made run in its
// interpreter, so that must come back to life for later cells.
func (e *Engine) stop(in *ixgo.Interp, done <-chan error, wait time.Duration) {
	if !abort(in, done, wait) {
		halt(e.frame.Load())
	}
	_ = in.RunInit() // clears the flag that Abort sets; init itself has run already
}

// abort tells a cell to end until it has ended. Once is not enough: the start of a cell clears
// the flag, and a loop that missed it would burn a core for ever.
func abort(in *ixgo.Interp, done <-chan error, wait time.Duration) bool {
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for late := time.After(wait); ; {
		in.Abort()
		select {
		case <-done:
			return true
		case <-late:
			return false
		case <-again.C:
		}
	}
}

// reportLate prints the panics of goroutines that closures of earlier cells started.
func (e *Engine) reportLate() {
	for {
		select {
		case p := <-e.late:
			e.tell(p)
		case <-e.ended:
			return
		}
	}
}

// report prints the panics of goroutines that outlive their cell.
func (e *Engine) report(panics <-chan ixgo.PanicError) {
	for p := range panics {
		e.tell(p)
	}
}

func (e *Engine) tell(p ixgo.PanicError) {
	failure := e.panicked(p.Value, p.Stack())
	fmt.Fprintf(os.Stderr, "a goroutine of an earlier cell ended: %s: %s\n", failure.Name, failure.Message)
	for _, line := range failure.Traceback {
		fmt.Fprintln(os.Stderr, line)
	}
}
