package ptree

import (
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// TestOutputLockTakesTurns has many who want the lock of an output while others let go of it.
func TestOutputLockTakesTurns(t *testing.T) {
	dir := t.TempDir()
	output := filepath.Join(dir, "tree.parquet")
	var turns, atWork atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5000 {
				l, err := lockOutput(output)
				if err != nil {
					continue
				}
				turns.Add(1)
				if n := atWork.Add(1); n != 1 {
					t.Errorf("%d have the lock", n)
				}
				for range 20 {
					runtime.Gosched()
				}
				atWork.Add(-1)
				l.release()
			}
		})
	}
	all.Wait()
	if turns.Load() < 100 {
		t.Errorf("%d turns of 40,000, want some at least", turns.Load())
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
