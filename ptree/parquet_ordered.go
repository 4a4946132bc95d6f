package ptree

import "sync"

// ordered does work in parallel and takes the results one at a time, in the order in which the
// work was given. Little of it is under way at once, so that memory stays bounded.
type ordered[T any] struct {
	queue   chan chan outcome[T]
	failed  chan struct{} // closed by the first error
	done    chan struct{}
	err     error // valid once failed is closed
	failing sync.Once
}

type outcome[T any] struct {
	value T
	err   error
}

// startOrdered begins; take is called from one goroutine.
func startOrdered[T any](workers int, take func(T) error) *ordered[T] {
	o := &ordered[T]{queue: make(chan chan outcome[T], workers), failed: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(o.done)
		for slot := range o.queue {
			r := <-slot
			if o.failure() != nil {
				continue
			}
			if r.err == nil {
				r.err = take(r.value)
			}
			if r.err != nil {
				o.fail(r.err)
			}
		}
	}()
	return o
}

func (o *ordered[T]) fail(err error) {
	o.failing.Do(func() {
		o.err = err
		close(o.failed)
	})
}

func (o *ordered[T]) failure() error {
	select {
	case <-o.failed:
		return o.err
	default:
		return nil
	}
}

// do gives work; it waits while too much is under way and returns an error that came before.
func (o *ordered[T]) do(work func() (T, error)) error {
	slot := make(chan outcome[T], 1)
	select {
	case <-o.failed:
		return o.err
	case o.queue <- slot:
	}
	go func() {
		busy.Add(1)
		v, err := work()
		busy.Add(-1)
		slot <- outcome[T]{v, err}
	}()
	return nil
}

// end waits for the work that was given and returns the first error.
func (o *ordered[T]) end() error {
	close(o.queue)
	<-o.done
	return o.failure()
}
