package ptree

import (
	"runtime"
	"sync"
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

// TestEachScratch: a worker keeps its scratch memory from piece to piece, and no other has it.
func TestEachScratch(t *testing.T) {
	type scratch struct{ used atomic.Bool }
	var all sync.Map
	each(1000, fewRows, func(s *scratch, _ int) {
		all.Store(s, true)
		if s.used.Swap(true) {
			t.Error("two workers have the same scratch memory")
		}
		runtime.Gosched()
		s.used.Store(false)
	})
	n := 0
	all.Range(func(any, any) bool { n++; return true })
	if n < 1 || n > runtime.GOMAXPROCS(0) {
		t.Errorf("%d processors have %d scratch memories", runtime.GOMAXPROCS(0), n)
	}
}
