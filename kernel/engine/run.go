package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"time"
	"unsafe"

	"github.com/goplus/ixgo"
)

// patience is how long an interrupted cell may take to notice, before it is abandoned in
// a call that does not end.
const patience = time.Second

// unwinding is how long some hundred thousand calls may take to return, each of which sees
// that it must; to leave them behind would let the recursion go on. Their deferred calls are
// skipped: ixgo's bookkeeping for them takes quadratic time.
const unwinding = time.Minute

// errGoexit is the outcome of a cell that ended its own goroutine.
var errGoexit = errors.New("the cell ended itself with runtime.Goexit")

// panicField is where an interpreter sends the panics of its goroutines, when its context
// has a RunContext. It is not exported; without it such panics would be lost.
var panicField = func() reflect.StructField {
	field, ok := reflect.TypeFor[ixgo.Interp]().FieldByName("cherror")
	if !ok || field.Type != reflect.TypeFor[chan ixgo.PanicError]() {
		panic("kernel/engine: this version of ixgo reports panics of goroutines in an unknown way")
	}
	return field
}()

// listen makes an interpreter send the panics of its goroutines to the channel it returns,
// which is closed when nothing can run in the interpreter any more.
func listen(in *ixgo.Interp) chan ixgo.PanicError {
	panics := make(chan ixgo.PanicError)
	*(*chan ixgo.PanicError)(unsafe.Add(unsafe.Pointer(in), panicField.Offset)) = panics
	runtime.AddCleanup(in, func(panics chan ixgo.PanicError) { close(panics) }, panics)
	return panics
}

// run executes a built cell until it ends, panics in any goroutine, or ctx is cancelled.
func (e *Engine) run(ctx context.Context, in *ixgo.Interp) error {
	defer collectSeldom()()
	panics := listen(in)
	done := make(chan error, 1)
	go e.execute(in, done)
	overflow, stop := watchStack()
	defer stop()
	var err error
	select {
	case err = <-done:
		go e.report(panics)
		return err
	case err = <-panics:
	case <-ctx.Done():
		err = errInterrupted
	case <-overflow:
		err = errOverflow
	}
	go e.report(panics)
	switch {
	case errors.Is(err, errInterrupted):
		e.stop(in, done, patience)
	case errors.Is(err, errOverflow):
		in.Abort() // no call goes deeper now
		halt(e.frame.Load())
		e.stop(in, done, unwinding)
	default: // a goroutine panicked: the person waits for the message
		e.stop(in, done, patience/10)
	}
	return err
}

// execute runs the cell's function in a goroutine of its own, which runtime.Goexit may end.
func (e *Engine) execute(in *ixgo.Interp, done chan<- error) {
	err := errGoexit
	defer func() { done <- err }()
	if failed := in.RunInit(); failed != nil {
		err = failed
		return
	}
	_, err = in.RunFunc(bodyName)
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

// report prints the panics of goroutines that outlive their cell.
func (e *Engine) report(panics <-chan ixgo.PanicError) {
	for p := range panics {
		failure := e.panicked(p.Value, p.Stack())
		fmt.Fprintf(os.Stderr, "a goroutine of an earlier cell ended: %s: %s\n", failure.Name, failure.Message)
		for _, line := range failure.Traceback {
			fmt.Fprintln(os.Stderr, line)
		}
	}
}
