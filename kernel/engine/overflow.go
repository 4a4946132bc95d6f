package engine

import (
	"errors"
	"runtime"
	"runtime/metrics"
	"time"
)

// A goroutine whose stack passes Go's own limit, 1 GB, ends the process; nothing can recover
// that. Stacks grow by doubling, so the last one that lives has 512 MB. A cell that has made
// them grow by 100 MB, which is one stack of 128, is taken for endless.
const (
	stackGrowth = 100 << 20
	stackWatch  = 5 * time.Millisecond
)

var errOverflow = errors.New("the functions of this cell call each other without end: " +
	"their stack has passed 100 MB, some hundred thousand calls deep")

// watchStack tells when the stacks of the process have grown too far since it was called.
func watchStack() (overflow <-chan struct{}, stop func()) {
	found, stopped := make(chan struct{}), make(chan struct{})
	start := stackBytes()
	if start > stackGrowth {
		runtime.GC() // the stack of an earlier overflow would hide the growth of a new one
		start = stackBytes()
	}
	go func() {
		ticker := time.NewTicker(stackWatch)
		defer ticker.Stop()
		for {
			select {
			case <-stopped:
				return
			case <-ticker.C:
				if stackBytes() > start+stackGrowth {
					close(found)
					return
				}
			}
		}
	}()
	return found, func() { close(stopped) }
}

func stackBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
