package floor

import (
	"runtime"
	"sync"
	"time"
)

const bandwidthRuns = 8

// Bandwidth is how many bytes a second all processors together move when each copies an array, read
// and written bytes counted, as the copy of STREAM counts them (https://www.cs.virginia.edu/stream/):
// the best of several runs. Each array has so many bytes, which should be far beyond the caches.
func Bandwidth(size int) float64 {
	type arrays struct{ from, to []uint64 }
	all := make([]arrays, runtime.GOMAXPROCS(0))
	for i := range all {
		all[i] = arrays{make([]uint64, size/8), make([]uint64, size/8)}
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
	return float64(2*size*len(all)) / best.Seconds()
}
