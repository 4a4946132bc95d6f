package ptree

import "math/bits"

// latest finds the last event that was put in with an identity: a table of open addresses that is
// used again for the next host.
type latest struct {
	slots []slot
	width int // of the slots in use, in bits: a small host stays in a small part of the memory
}

// slot is small so that a host's table stays in a processor's cache.
type slot struct {
	pid, name int32
	event     int32 // plus one; 0 is an empty slot
}

// reset empties the table and makes room for n identities: two thirds of the slots at most.
func (t *latest) reset(n int) {
	t.width = bits.Len(uint(n+n/2) | 1)
	if len(t.slots) < 1<<t.width {
		t.slots = make([]slot, 1<<t.width)
		return
	}
	clear(t.slots[:1<<t.width])
}

// at returns the slot of an identity, or the empty one where it would be.
func (t *latest) at(pid, name int32) *slot {
	key := uint64(uint32(pid))<<32 | uint64(uint32(name))
	slots := t.slots[:1<<t.width]
	for i := key * 0x9E3779B97F4A7C15 >> (64 - t.width); ; i++ {
		s := &slots[i&uint64(len(slots)-1)]
		if s.event == 0 || s.pid == pid && s.name == name {
			return s
		}
	}
}

func (t *latest) put(pid, name, event int32) { *t.at(pid, name) = slot{pid, name, event + 1} }

// find returns the event, -1 when there is none.
func (t *latest) find(pid, name int32) int32 { return t.at(pid, name).event - 1 }
