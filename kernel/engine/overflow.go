package engine

import (
	"errors"
	"runtime/metrics"
	"time"
)

// A goroutine whose stack passes Go's own limit, 1 GB, ends the process; nothing can recover
// that. So a cell that has made the stacks grow by a quarter of it is taken for endless.
const (
	stackGrowth = 256 << 20
	stackWatch  = 5 * time.Millisecond
)

var errOverflow = errors.New("the functions of this cell call each other without end: " +
	"their stack has passed 256 MB, some hundred thousand calls deep")

// watchStack tells when the stacks of the process have grown too far since it was called.
func watchStack() (overflow <-chan struct{}, stop func()) {
	found, stopped := make(chan struct{}), make(chan struct{})
	start := stackBytes()
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
