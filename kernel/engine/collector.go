package engine

import (
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// The interpreter boxes every number that a loop makes, so a loop is a source of garbage beside
// a small heap: the collector would run after each few megabytes, a fifth of the loop's time. So
// it waits for this much garbage at least while a cell runs for long, whatever the session holds.
const (
	leastGarbage = 64 << 20
	longRunning  = 20 * time.Millisecond // cells that end sooner go without
)

// collectSeldom sets the collector's pace, again and again as the heap grows, until end is called.
func collectSeldom() (end func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		setPace(stop)
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

func setPace(stop <-chan struct{}) {
	tick := time.NewTicker(longRunning)
	defer tick.Stop()
	usual, _ := collection()
	ours := usual
	for {
		select {
		case <-stop:
			setPercent(ours, usual)
			return
		case <-tick.C:
		}
		percent, live := collection()
		if percent < 0 || percent != ours {
			<-stop // the cell sees to it itself
			return
		}
		wanted := usual + leastGarbage*100/max(live, 1<<20)
		if wanted < ours*9/10 || wanted > ours*11/10 {
			setPercent(ours, wanted)
			ours = wanted
		}
	}
}

// setPercent leaves alone what is not as expected: the cell has just set it.
func setPercent(expected, percent int) {
	if found := debug.SetGCPercent(percent); found != expected {
		debug.SetGCPercent(found)
	}
}

// restAfter is how long a session has been idle when it gives memory back that a cell needed for a
// moment; this much more than after the last time is worth a collection.
const (
	restAfter = 5 * time.Second
	spare     = 64 << 20
)

var kept atomic.Uint64 // bytes that the process held after the last time

// giveBack returns memory to the machine that the heap does not hold: garbage, and what is free.
func giveBack() {
	if inUse() > kept.Load()+spare {
		debug.FreeOSMemory()
		kept.Store(inUse())
	}
}

// inUse returns the bytes that the process has from the machine.
func inUse() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}

// collection returns how much the heap may grow between collections, in percent and negative
// when the collector is off, and how large it was after the last, in bytes.
func collection() (percent, live int) {
	samples := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return int(samples[0].Value.Uint64()), int(samples[1].Value.Uint64())
}
