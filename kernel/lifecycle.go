package kernel

import (
	"context"
	"log"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// processStderr is the standard error that the process was started with; os.Stderr belongs
// to the cells during a session.
var processStderr = os.Stderr

const (
	// cellGrace is how long the end waits for an interrupted cell's last words.
	cellGrace = 250 * time.Millisecond
	// drainTime is how long the end waits for slow subscribers.
	drainTime = 500 * time.Millisecond
	// parentPoll is how often the parent process is looked for.
	parentPoll = 500 * time.Millisecond
)

// stop asks Serve to return.
func (k *server) stop() { k.stopOnce.Do(func() { close(k.stopped) }) }

// end stops the cell, sends what is left and closes the sockets, within about a second.
func (k *server) end(cancel context.CancelFunc) {
	cancel() // interrupts the cell, too
	select {
	case <-k.cellsDone:
	case <-time.After(cellGrace):
	}
	k.session.Close()
	k.subscribers.drain(drainTime)
	k.closeSockets()
}

func (k *server) closeSockets() {
	for _, socket := range k.sockets {
		if err := socket.Close(); err != nil {
			k.log.drop("socket", err)
		}
	}
}

// watchProcess makes signals and the parent's death act on the kernel until the returned
// function is called.
func (k *server) watchProcess() (end func()) {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-signals:
				if s == os.Interrupt {
					k.session.Interrupt()
				} else {
					k.stop()
				}
			case <-done:
				return
			}
		}
	}()
	go k.watchParent(os.Getenv("JPY_PARENT_PID"), os.Getppid, done)
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// watchParent stops the kernel when the server that started it is gone, as it may be without
// a word when it is killed. The kernel may also be the child of a launcher between the two;
// then only adoption by process 1 tells. On Windows the parent's id never changes.
func (k *server) watchParent(announced string, parent func() int, done <-chan struct{}) {
	expected, err := strconv.Atoi(announced)
	first := parent()
	if err != nil || first == 1 {
		return
	}
	tick := time.NewTicker(parentPoll)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			now := parent()
			if now == 1 || first == expected && now != first {
				k.stop()
				return
			}
		case <-done:
			return
		}
	}
}

// maxDropLines bounds what a flood of bad messages writes to the log.
const maxDropLines = 100

// dropLog says what was dropped and why.
type dropLog struct {
	logger *log.Logger
	mu     sync.Mutex
	lines  int
}

func (l *dropLog) drop(what string, why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines++
	switch {
	case l.lines < maxDropLines:
		l.logger.Printf("%s dropped: %s", what, visible(why.Error()))
	case l.lines == maxDropLines:
		l.logger.Printf("%s dropped: %s; no more of this kind will be reported", what, visible(why.Error()))
	}
}
