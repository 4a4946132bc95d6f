package kernel

import (
	"fmt"
	"os"
	"sync"
)

// BetweenCells calls f while no cell runs: at once, or when the running cell has ended. It is for
// handlers that change what cells see, which would otherwise need a lock in the cells. Cells wait
// for f, so it must be short and must not call BetweenCells. Outside of a kernel f is called at once.
func BetweenCells(f func()) {
	session := current.Load()
	if session == nil {
		f()
		return
	}
	session.gap.call(f)
}

// gap is the time between two cells.
type gap struct {
	mu      sync.Mutex
	closed  bool // a cell runs
	waiting []func()
}

func (g *gap) call(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		g.waiting = append(g.waiting, f)
		return
	}
	between(f)
}

func (g *gap) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

func (g *gap) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = false
	for _, f := range g.waiting {
		between(f)
	}
	g.waiting = nil
}

func between(f func()) {
	if _, failure := call("what waited for the cell's end", func() struct{} { f(); return struct{}{} }); failure != "" {
		fmt.Fprintln(os.Stderr, failure)
	}
}
