package ptree

import "math/bits"

// latest finds the last event that was put in with an identity: a table of open addresses that is
// used again for the next host.
type latest struct {
	slots []slot
	width int    // of the slots in use, in bits: a small host stays in a small part of the memory
	round uint32 // slots of earlier rounds are empty
}

type slot struct {
	key   uint64
	event int32
	round uint32
}

// reset empties the table and makes room for n identities.
func (t *latest) reset(n int) {
	t.width = bits.Len(uint(2*n) | 1)
	if len(t.slots) < 1<<t.width {
		t.slots, t.round = make([]slot, 1<<t.width), 0
	}
	if t.round++; t.round == 0 {
		clear(t.slots)
		t.round = 1
	}
}

// at returns the slot of an identity, or the empty one where it would be.
func (t *latest) at(key uint64) *slot {
	mask := uint64(1)<<t.width - 1
	for i := key * 0x9E3779B97F4A7C15 >> (64 - t.width); ; i++ {
		s := &t.slots[i&mask]
		if s.round != t.round || s.key == key {
			return s
		}
	}
}

func (t *latest) put(key uint64, event int32) { *t.at(key) = slot{key, event, t.round} }

// find returns the event, -1 when there is none.
func (t *latest) find(key uint64) int32 {
	if s := t.at(key); s.round == t.round {
		return s.event
	}
	return -1
}
