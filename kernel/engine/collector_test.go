package engine_test

import (
	"runtime"
	"testing"
)

// TestCollectSeldom: a loop's garbage is collected seldom, though the session holds little.
func TestCollectSeldom(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes the loop take minutes")
	}
	e := newEngine(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	if got, want := eval(t, e, "s := 0; for i := range 20_000_000 { s += i }; s"), "199999990000000"; got != want {
		t.Fatalf("the loop gives %s, want %s", got, want)
	}
	runtime.ReadMemStats(&after)
	megabytes := (after.TotalAlloc - before.TotalAlloc) >> 20
	if got, limit := uint64(after.NumGC-before.NumGC), megabytes/20; got > limit {
		t.Errorf("%d collections for %d MB of garbage, want at most %d", got, megabytes, limit)
	}
}
