package engine

import (
	"sync/atomic"
	"time"
)

// The interpreter boxes every number that a loop makes, so a loop is a source of garbage beside
// a small heap: the collector would run after each few megabytes, a fifth of the loop's time.
// A block that nobody touches, which takes no memory of the machine, makes it wait for about
// as much garbage as the block is long, whatever the session holds.
const (
	ballast     = 64 << 20
	longRunning = 100 * time.Millisecond // cells that end sooner go without
)

// collectSeldom holds the block for a cell that runs for long, until end is called.
func collectSeldom() (end func()) {
	var held atomic.Pointer[[]byte]
	timer := time.AfterFunc(longRunning, func() {
		block := make([]byte, ballast)
		held.Store(&block)
	})
	return func() {
		timer.Stop()
		held.Store(nil)
	}
}
