package engine

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The interpreter boxes every number that a loop makes, so a loop is a source of garbage beside
// a small heap: the collector would run after each few megabytes, a fifth of the loop's time. So
// it waits for this much garbage at least while a cell runs for long, whatever the session holds.
const (
	leastGarbage = 64 << 20
	longRunning  = 100 * time.Millisecond // cells that end sooner go without
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

// collection returns how much the heap may grow between collections, in percent and negative
// when the collector is off, and how large it was after the last, in bytes.
func collection() (percent, live int) {
	samples := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return int(samples[0].Value.Uint64()), int(samples[1].Value.Uint64())
}
