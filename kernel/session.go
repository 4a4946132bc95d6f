package kernel

import (
	"context"
	"sync"
	"sync/atomic"
)

// Sink takes what a session publishes, one message at a time and in the order in which a
// front end must see it. Parent is what the cell in question was given as Cell.Parent: text
// that a goroutine prints after its cell has ended still comes with the last cell's parent.
type Sink interface {
	Publish(parent any, content Content)
}

// Session runs cells one after the other and publishes what they print, show and fail with.
// It knows no sockets: Serve puts a session on the wire, kernel/notebook stores one's output.
//
// From NewSession to Close os.Stdout and os.Stderr belong to the session, and Display and
// its relatives publish through it. There is one session at a time in a process.
type Session struct {
	engine Engine
	sink   Sink

	streams *streams
	history history
	comms   commTable
	flushes sync.Mutex // streams.flush may not overlap

	mu     sync.Mutex
	parent any
	ctx    context.Context         // of the running cell
	cancel context.CancelCauseFunc // of the running cell; nil between cells
	asker  Asker                   // of the running cell; nil when nobody can answer
	count  int

	gap gap // between two cells

	outer *Session // the session that was current before
}

// current is the session that Display publishes through; nil outside of a kernel.
var current atomic.Pointer[Session]

// NewSession begins a session. Cells run in engine; sink gets all their output.
func NewSession(engine Engine, sink Sink) (*Session, error) {
	s := &Session{engine: engine, sink: sink}
	opened, err := openStreams(func(name, text string) { s.publish(Stream{Name: name, Text: text}) })
	if err != nil {
		return nil, err
	}
	s.streams = opened
	s.outer = current.Swap(s)
	return s, nil
}

// Close interrupts a running cell, publishes the last output and gives os.Stdout and
// os.Stderr back.
func (s *Session) Close() {
	s.Interrupt()
	s.flushes.Lock()
	defer s.flushes.Unlock()
	s.streams.close()
	current.CompareAndSwap(s, s.outer)
}

// Interrupt stops the running cell; between cells it does nothing. It reports whether there
// was a cell to stop.
func (s *Session) Interrupt() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel == nil {
		return false
	}
	s.cancel(errInterrupted)
	return true
}

// present is the running cell's context, which an interrupt ends; or else the other one.
func (s *Session) present(otherwise context.Context) context.Context {
	if s != nil { // it may publish before its maker knows it
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.ctx != nil {
			return s.ctx
		}
	}
	return otherwise
}

// Outside calls f with the os.Stdout and os.Stderr that the process had before the session,
// between two cells: for words to the person who runs the program.
func (s *Session) Outside(f func()) {
	s.flush(true)
	s.streams.outside(f)
}

// Count is the number of the latest cell that was counted.
func (s *Session) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// publish sends content with the present cell's parent.
func (s *Session) publish(content Content) {
	s.mu.Lock()
	parent := s.parent
	s.mu.Unlock()
	s.sink.Publish(parent, content)
}

// publishAfterText sends content after all text that was printed before.
func (s *Session) publishAfterText(content Content) {
	s.flush(false)
	s.publish(content)
}

func (s *Session) flush(end bool) {
	s.flushes.Lock()
	defer s.flushes.Unlock()
	s.streams.flush(end)
}
