package ptree

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls work with 0 to n-1 on all processors, every worker with scratch memory of its own. A
// panic in it is one of the caller.
func each[Scratch any](n int, work func(s *Scratch, i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		var s Scratch
		for i := range n {
			work(&s, i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	var fault atomic.Pointer[any]
	for range workers {
		group.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					fault.CompareAndSwap(nil, &r)
				}
			}()
			var s Scratch
			for i := int(next.Add(1)) - 1; i < n && fault.Load() == nil; i = int(next.Add(1)) - 1 {
				work(&s, i)
			}
		})
	}
	group.Wait()
	if r := fault.Load(); r != nil {
		panic(*r)
	}
}

// allot makes slices of n numbers, each on a processor of its own: clearing new memory takes time.
func allot(n int, to ...*[]int32) {
	each(len(to), func(_ *struct{}, i int) { *to[i] = make([]int32, n) })
}

// stretch is how many rows a processor takes at a time.
const stretch = 1 << 16

// stretches calls work with the ends of consecutive stretches of n rows on all processors.
func stretches(n int, work func(from, to int)) {
	each(n/stretch+1, func(_ *struct{}, i int) {
		work(i*stretch, min((i+1)*stretch, n))
	})
}
