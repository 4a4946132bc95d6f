package ptree

import (
	"math"
	"math/bits"
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

// reset empties the table and makes room for n events: two thirds of the slots at most.
func (t *latest) reset(n int) {
	t.width = bits.Len(uint(n+n/2) | 1)
	switch {
	case len(t.slots) < 1<<t.width:
		t.slots, t.next = make([]slot, 1<<t.width), 0
	case int(t.next) > math.MaxInt32-n:
		clear(t.slots)
		t.next = 0
	}
	t.base, t.next = t.next, t.next+int32(n)
}

// at returns the slot of an identity, or the empty one where it would be.
func (t *latest) at(pid, name int32) *slot {
	key := uint64(uint32(pid))<<32 | uint64(uint32(name))
	slots := t.slots[:1<<t.width]
	for i := key * 0x9E3779B97F4A7C15 >> (64 - t.width); ; i++ {
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
