package kernel

import "sync"

// job is a request on its way to a handler.
type job struct {
	request *request
	verb    verb
	reply   func(frames [][]byte)
}

// queue hands jobs from a socket's reader, which must never wait, to the goroutine of a lane.
type queue struct {
	mu   sync.Mutex
	jobs []job
	wake chan struct{}
}

func newQueue() *queue { return &queue{wake: make(chan struct{}, 1)} }

func (q *queue) push(j job) {
	q.mu.Lock()
	q.jobs = append(q.jobs, j)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// pop waits for a job; false when done is closed.
func (q *queue) pop(done <-chan struct{}) (job, bool) {
	for {
		q.mu.Lock()
		if len(q.jobs) > 0 {
			j := q.jobs[0]
			q.jobs = q.jobs[1:]
			q.mu.Unlock()
			return j, true
		}
		q.mu.Unlock()
		select {
		case <-q.wake:
		case <-done:
			return job{}, false
		}
	}
}
