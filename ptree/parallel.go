package ptree

import (
	"runtime"
	"sync/atomic"
	"time"
)

// fewRows are done sooner by one processor than another one is woken.
const fewRows = 4096

// each calls work with 0 to n-1 on all processors, every worker with scratch memory of its own; all
// calls together are about so many rows. A panic in it is one of the caller. The caller works, too,
// and waits for nobody who has not begun when all is done: to wake a processor takes as long
// as linking some thousand events.
func each[Scratch any](n, rows int, work func(s *Scratch, i int)) {
	workers := min(1+idle(), n)
	if workers <= 1 || rows < fewRows {
		var s Scratch
		for i := range n {
			work(&s, i)
		}
		return
	}
	t := &task[Scratch]{n: int64(n), work: work, finished: make(chan struct{})}
	for range workers - 1 {
		hire(t.join)
	}
	t.join()
	t.wait()
	if r := t.fault.Load(); r != nil {
		panic(*r)
	}
}

// busy counts who works on a part of something larger: what those share out in turn is not worth
// waking others for that have work already.
var busy atomic.Int32

// idle is how many processors have nothing to do, the caller's not counted.
func idle() int { return runtime.GOMAXPROCS(0) - max(1, int(busy.Load())) }

// task is a piece of work that several join in.
type task[Scratch any] struct {
	n        int64
	work     func(s *Scratch, i int)
	next     atomic.Int64
	done     atomic.Int64
	fault    atomic.Pointer[any]
	finished chan struct{}
}

// join does what is left. After a panic the rest is counted, but not done.
func (t *task[Scratch]) join() {
	busy.Add(1)
	defer busy.Add(-1)
	var s Scratch
	for i := t.next.Add(1) - 1; i < t.n; i = t.next.Add(1) - 1 {
		if t.fault.Load() == nil {
			t.one(&s, int(i))
		}
		if t.done.Add(1) == t.n {
			close(t.finished)
		}
	}
}

func (t *task[Scratch]) one(s *Scratch, i int) {
	defer func() {
		if r := recover(); r != nil {
			t.fault.CompareAndSwap(nil, &r)
		}
	}()
	t.work(s, i)
}

func (t *task[Scratch]) complete() bool { return t.done.Load() == t.n }

// wait lets the others finish what they have begun, and helps where they share it out in turn.
func (t *task[Scratch]) wait() {
	for !t.complete() {
		if work := offered(t.complete); work != nil {
			work()
		} else {
			<-t.finished
		}
	}
}

// patience is how long workers look out for more before they sleep: a little longer than it takes to
// wake them, and than the steps of a build that only one processor does.
const patience = 300 * time.Microsecond

// Workers that have nothing to do count themselves as free. Who takes one from the count sends work.
var (
	free  atomic.Int32
	offer = make(chan func(), 1024)
)

// hire lets somebody else work.
func hire(work func()) {
	if taken() {
		offer <- work
		return
	}
	go func() {
		for ; work != nil; work = offered(untiring) {
			work()
		}
	}()
}

// taken takes one from the free workers, if there are any.
func taken() bool {
	for n := free.Load(); n > 0; n = free.Load() {
		if free.CompareAndSwap(n, n-1) {
			return true
		}
	}
	return false
}

// offered waits for work until there is enough; nil when none came.
func offered(enough func() bool) func() {
	free.Add(1)
	for begun := time.Now(); !enough() && time.Since(begun) < patience; runtime.Gosched() {
		select {
		case work := <-offer:
			return work
		default:
		}
	}
	if taken() {
		return nil
	}
	return <-offer // somebody took it from the count, and sends
}

func untiring() bool { return false }

// abreast does several pieces of work about so many rows on all processors.
func abreast(rows int, work ...func()) {
	each(len(work), rows, func(_ *struct{}, i int) { work[i]() })
}

// allot makes slices of n numbers, each on a processor of its own: clearing new memory takes time.
func allot(n int, to ...*[]int32) {
	each(len(to), n, func(_ *struct{}, i int) { *to[i] = make([]int32, n) })
}

// stretch is how many rows a processor takes at a time.
const stretch = 1 << 16

// stretches calls work with the ends of consecutive stretches of n rows on all processors.
func stretches(n int, work func(from, to int)) {
	each(n/stretch+1, n, func(_ *struct{}, i int) {
		work(i*stretch, min((i+1)*stretch, n))
	})
}
