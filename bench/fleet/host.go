package fleet

import (
	"math/rand/v2"
	"time"
)

// The habits of a host.
const (
	running      = 120                   // processes that run at once; beyond it, one ends for each that starts
	recent       = 6                     // how many of the latest a child's parent is mostly one of
	ofRecent     = 0.55                  // share of the children whose parent is a recent one
	inBurst      = 0.4                   // share of the events that follow the one before at once
	burst        = 4 * time.Millisecond  // mean gap in a burst
	tick         = 100 * time.Nanosecond // a Windows clock's resolution
	reuse        = 0.8                   // share of the processes that get the number of an ended one
	zipfExponent = 1.3                   // of the images
	pidStep      = 4                     // Windows' process ids are multiples of four
	arguments    = 64                    // variants of a command line
)

// beginning is when every log begins, but for the host's own start.
var beginning = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// process is one that runs.
type process struct {
	pid, image, event int32
	user, session     int32
}

// host is one machine while its log is made.
type host struct {
	number  int32
	events  int
	made    int // of the events
	random  *rand.Rand
	images  *rand.Zipf
	now     int64
	gap     float64 // mean time between events outside of bursts
	alive   []process
	ended   []int32 // process ids that are free again, the oldest first
	nextPID int32
	logons  int32
}

func newHost(f Fleet, number int) *host {
	h := &host{number: int32(number), events: f.of(number), random: rand.New(rand.NewPCG(f.Seed, uint64(number)+1)), nextPID: pidStep}
	h.images = rand.NewZipf(h.random, zipfExponent, 4, imageCount-2)
	day := float64(24 * time.Hour)
	h.gap = float64(f.Days) * day / float64(h.events) / (1 - inBurst)
	h.now = beginning.UnixNano() + int64(h.random.Float64()*float64(time.Minute))
	return h
}

// fill appends the host's events that are still to come, as many as there is room for.
func (h *host) fill(e *Events) {
	for ; h.made < h.events && e.filled < e.rows; h.made++ {
		h.wait()
		h.end()
		h.start(e, int32(h.made))
	}
}

// wait moves the clock on, so that no two events have one time.
func (h *host) wait() {
	mean := h.gap
	if h.random.Float64() < inBurst {
		mean = min(mean, float64(burst))
	}
	h.now += (1 + int64(h.random.ExpFloat64()*mean/float64(tick))) * int64(tick)
}

// end lets one process go once there are enough; never the host's first, the parent of last resort.
func (h *host) end() {
	if len(h.alive) < running {
		return
	}
	i := 1 + h.random.IntN(len(h.alive)-1)
	h.ended = append(h.ended, h.alive[i].pid)
	h.alive = append(h.alive[:i], h.alive[i+1:]...)
}

func (h *host) start(e *Events, event int32) {
	child, parent := process{pid: h.pid(), event: event, image: 1 + int32(h.images.Uint64())}, process{event: -1}
	if len(h.alive) > 0 {
		parent = h.parent()
		child.user, child.session = parent.user, parent.session
	} else {
		child.image = 0
	}
	if h.random.IntN(20) == 0 {
		h.logons++
		child.user, child.session = int32(h.random.IntN(userCount)), h.logons
	}
	i := e.filled
	e.Host[i], e.Time[i], e.PID[i], e.Parent[i] = h.number, h.now, child.pid, parent.pid
	e.Image[i], e.ParentImage[i], e.TrueParent[i] = child.image, parent.image, parent.event
	e.User[i], e.Session[i], e.Argument[i] = child.user, child.session, int32(h.random.IntN(arguments))
	e.filled++
	h.alive = append(h.alive, child)
}

// parent picks who starts the next process.
func (h *host) parent() process {
	n := len(h.alive)
	if h.random.Float64() < ofRecent {
		return h.alive[n-1-h.random.IntN(min(recent, n))]
	}
	return h.alive[h.random.IntN(n)]
}

func (h *host) pid() int32 {
	if len(h.ended) > 4 && h.random.Float64() < reuse {
		free := h.ended[0]
		h.ended = h.ended[1:]
		return free
	}
	h.nextPID += pidStep
	return h.nextPID
}
