package ptree

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// latest finds the last event that was put in with an identity: a table of open addresses that is
// used again for the next host, without being cleared.
type latest struct {
	slots      []slot
	width      int   // of the slots in use, in bits: a small host stays in a small part of the memory
	base, next int32 // what slots have of this round is above base, and next at most
}

// slot is small so that a host's table stays in a processor's cache.
type slot struct {
	pid, name int32
	event     int32 // plus the round's base and one
}

// reset empties the table and makes room for n identities, of events below the given number: two
// thirds of the slots at most.
func (t *latest) reset(n, events int) {
	t.width = bits.Len(uint(n+n/2) | 1)
	switch {
	case len(t.slots) < 1<<t.width:
		t.slots, t.next = make([]slot, 1<<t.width), 0
	case int(t.next) > math.MaxInt32-events:
		clear(t.slots)
		t.next = 0
	}
	t.base, t.next = t.next, t.next+int32(events)
}

// at returns the slot of an identity, or the empty one where it would be.
func (t *latest) at(pid, name int32) *slot {
	slots := t.slots[:1<<t.width]
	for i := scattered(pid, name) >> (64 - t.width); ; i++ {
		s := &slots[i&uint64(len(slots)-1)]
		if s.event <= t.base || s.pid == pid && s.name == name {
			return s
		}
	}
}

func (t *latest) put(pid, name, event int32) { *t.at(pid, name) = slot{pid, name, t.base + event + 1} }

// find returns the event, -1 when there is none.
func (t *latest) find(pid, name int32) int32 {
	return max(t.at(pid, name).event-t.base, 0) - 1
}

// scattered spreads identities over 64-bit numbers, whose upper bits are used. Process ids are whatever
// somebody logged, so that nobody may know beforehand which of them meet in a table: both halves of
// a product with a secret are mixed, as in wyhash.
func scattered(pid, name int32) uint64 {
	high, low := bits.Mul64((uint64(uint32(pid))<<32|uint64(uint32(name)))^secret, 0x9E3779B97F4A7C15)
	return high ^ low
}

// secret is another one in every process; no result depends on it.
var secret = rand.Uint64()

// wanted is a set of identities that may say yes to others, too: a bit each. Most processes are
// nobody's parent, and those need no place in a table.
type wanted struct {
	bits  []uint64
	shift int // leaves a bit's number
}

// reset empties the set and makes room for n identities.
func (w *wanted) reset(n int) {
	width := max(6, bits.Len(uint(n))+2)
	w.bits, w.shift = resized(w.bits, 1<<(width-6)), 64-width
	clear(w.bits)
}

func (w *wanted) add(pid, name int32) {
	bit := scattered(pid, name) >> w.shift
	w.bits[bit/64] |= 1 << (bit % 64)
}

// has is 1 for an identity of the set.
func (w *wanted) has(pid, name int32) int {
	bit := scattered(pid, name) >> w.shift
	return int(w.bits[bit/64] >> (bit % 64) & 1)
}
