package ptree

import (
	"sync/atomic"
	"testing"
)

// TestEachPanics: what goes wrong on another goroutine is the caller's panic, not the process's end.
func TestEachPanics(t *testing.T) {
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v, want broken", r)
		}
	}()
	each(100, fewRows, func(_ *struct{}, i int) {
		if i == 50 {
			panic("broken")
		}
	})
}

// TestEachWithin shares out work of which every piece is shared out again: all is done once, and nobody
// waits for ever for somebody who waits.
func TestEachWithin(t *testing.T) {
	for range 200 {
		var done [40]atomic.Int32
		each(4, fewRows, func(_ *struct{}, i int) {
			each(2, fewRows, func(_ *struct{}, j int) {
				each(5, fewRows, func(_ *struct{}, k int) { done[10*i+5*j+k].Add(1) })
			})
		})
		for i := range done {
			if n := done[i].Load(); n != 1 {
				t.Fatalf("piece %d was done %d times", i, n)
			}
		}
	}
}

// TestEachScratch: a worker has scratch memory of its own.
func TestEachScratch(t *testing.T) {
	var most atomic.Int64
	each(1000, fewRows, func(s *int64, _ int) {
		*s++
		for at := most.Load(); *s > at && !most.CompareAndSwap(at, *s); at = most.Load() {
		}
	})
	if n := most.Load(); n < 1 || n > 1000 {
		t.Errorf("a worker has counted to %d in 1000 pieces", n)
	}
}
