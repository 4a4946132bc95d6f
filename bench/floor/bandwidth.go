package floor

import (
	"runtime"
	"sync"
	"time"
)

const (
	bandwidthBytes = 256 << 20 // of each processor's array: far beyond its caches
	bandwidthRuns  = 8
)

// Bandwidth is how many bytes a second all processors together move when each copies an array, read
// and written bytes counted, as the copy of STREAM counts them (https://www.cs.virginia.edu/stream/):
// the best of several runs.
func Bandwidth() float64 {
	type arrays struct{ from, to []uint64 }
	all := make([]arrays, runtime.GOMAXPROCS(0))
	for i := range all {
		all[i] = arrays{make([]uint64, bandwidthBytes/8), make([]uint64, bandwidthBytes/8)}
		for k := range all[i].from {
			all[i].from[k], all[i].to[k] = uint64(k), 1
		}
	}
	best := time.Duration(0)
	for range bandwidthRuns {
		begun := time.Now()
		var wait sync.WaitGroup
		for _, a := range all {
			wait.Go(func() { copy(a.to, a.from) })
		}
		wait.Wait()
		if took := time.Since(begun); best == 0 || took < best {
			best = took
		}
	}
	return float64(2*bandwidthBytes*len(all)) / best.Seconds()
}
