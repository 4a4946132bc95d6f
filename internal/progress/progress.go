// Package progress tells a person how far a long call has come: with a bar on a terminal's
// standard error, with one that updates in place where a notebook has said how to show it,
// and not at all where nobody looks, such as a pipe.
package progress

import (
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// State is what a bar shows.
type State struct {
	Title       string
	Done, Total int64 // Total is negative when it is not known
	Elapsed     time.Duration
	Finished    bool // the last state of this bar
}

// View shows one bar, from its first state to the one that is finished. Calls come one at a
// time and at most ten times a second.
type View func(State)

// Open makes the view of a new bar. A program that has a better place than a terminal, such
// as a notebook, sets it before any work begins; a nil view shows nothing.
var Open = func(title string, total int64) View {
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil
	}
	return terminal(title, total)
}

func terminal(title string, total int64) View {
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetDescription(title),
		progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish())
	return func(s State) {
		// a terminal that is gone must not stop the work
		_ = bar.Set64(s.Done)
		if s.Finished {
			_ = bar.Finish()
		}
	}
}

// interval keeps bars below the rate at which Jupyter servers begin to drop messages.
const interval = 100 * time.Millisecond

// Bar is the progress of one call. A nil Bar does nothing, so callers need not ask whether
// progress is wanted. Its methods may be called from several goroutines.
type Bar struct {
	mu    sync.Mutex
	view  View
	state State
	begun time.Time
	shown time.Time
}

// Start begins a bar of total steps (bytes, rows); a negative total is not known.
func Start(title string, total int64) *Bar {
	view := Open(title, total)
	if view == nil {
		return nil
	}
	b := &Bar{view: view, state: State{Title: title, Total: total}, begun: time.Now()}
	b.show()
	return b
}

// Set says that done steps are behind us.
func (b *Bar) Set(done int64) {
	b.move(func(int64) int64 { return done })
}

// Add says that more steps are behind us.
func (b *Bar) Add(more int64) {
	b.move(func(done int64) int64 { return done + more })
}

func (b *Bar) move(to func(done int64) int64) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state.Done = to(b.state.Done)
	if !b.state.Finished && time.Since(b.shown) >= interval {
		b.show()
	}
}

// Done ends the bar; more calls do nothing.
func (b *Bar) Done() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.state.Finished {
		return
	}
	b.state.Finished = true
	if b.state.Total >= 0 {
		b.state.Done = b.state.Total
	}
	b.show()
}

func (b *Bar) show() {
	b.shown = time.Now()
	b.state.Elapsed = b.shown.Sub(b.begun)
	b.view(b.state)
}
