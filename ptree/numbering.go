package ptree

import (
	"math/bits"
	"math/rand/v2"
)

// numbering gives identities numbers, from firstNumber on: a table of open addresses, small so that a
// host's stays in a processor's cache, and the identities by number, of which fewer are looked at.
type numbering struct {
	slots []int32 // numbers, unnamed where there is none
	shift int     // leaves the place of a slot
	of    []idAndName
	next  int32 // the next number
}

// idAndName is a process id, in the upper half, and the code of a name.
type idAndName uint64

const (
	unnamed     = iota // the number of an identity that has none
	nobody             // the number that no identity has
	firstNumber        // of the first identity
)

const noIDAndName = ^idAndName(0)

func idAndNameOf(pid, name int32) idAndName {
	return idAndName(uint32(pid))<<32 | idAndName(uint32(name))
}

// reset forgets all identities and makes room for n: four fifths of the slots at most, and as a rule much less.
func (t *numbering) reset(n int) {
	width := bits.Len(uint(n+n/4) | 1)
	t.shift, t.next = 64-width, firstNumber
	t.slots, t.of = resized(t.slots, 1<<width), resized(t.of, n/4+firstNumber+1)
	clear(t.slots)
	t.of[unnamed], t.of[nobody] = noIDAndName, noIDAndName
}

// number returns the number of an identity, which gets one where it has none.
func (t *numbering) number(who idAndName) (n int32) {
	t.of = withRoom(t.of, t.next)
	n, t.next = numbered(who, t.slots, t.of, t.shift, t.next)
	return n
}

// numberParents numbers the parents of events; those of events that tell none are nobody.
func (t *numbering) numberParents(of []entry, image int32, out []int32) {
	slots, all, shift, next, n := t.slots, t.of, t.shift, t.next, int32(0)
	for i := range of {
		out[i] = nobody
		if e := &of[i]; e.parentID >= 0 {
			if int(next) == len(all) {
				all = withRoom(all, next)
			}
			n, next = numbered(idAndNameOf(e.parentID, e.parentName&image), slots, all, shift, next)
			out[i] = n
		}
	}
	t.of, t.next = all, next
}

// withRoom makes room for the next identity.
func withRoom(of []idAndName, next int32) []idAndName {
	if int(next) < len(of) {
		return of
	}
	return append(of, make([]idAndName, len(of))...)
}

// find tells the numbers of events' own identities, unnamed where they have none.
func (t *numbering) find(of []entry, image int32, out []int32) {
	slots, all, shift := t.slots, t.of, t.shift
	for i := range of {
		out[i] = unnamed
		if e := &of[i]; e.pid >= 0 {
			out[i] = numberOf(idAndNameOf(e.pid, e.name&image), slots, all, shift)
		}
	}
}

func numbered(who idAndName, slots []int32, of []idAndName, shift int, next int32) (number, after int32) {
	at := scattered(who) >> shift
	for {
		n := slots[at]
		// without a branch that nobody can foresee: the identity has the next number at once, but it
		// counts only where the slot was free
		of[next] = who
		free := int32(uint32(n-1) >> 31)
		n |= next & -free
		slots[at] = n
		next += free
		if of[n] == who {
			return n, next
		}
		at = (at + 1) & uint64(len(slots)-1)
	}
}

func numberOf(who idAndName, slots []int32, of []idAndName, shift int) int32 {
	at := scattered(who) >> shift
	for {
		n := slots[at]
		other := uint64(of[n] ^ who)
		other = (other | -other) >> 63
		if other&(uint64(-n)>>63) == 0 { // it is this one, or the slot is free
			return n &^ -int32(other)
		}
		at = (at + 1) & uint64(len(slots)-1)
	}
}

// scattered spreads identities over 64-bit numbers, whose upper bits are used. Process ids are whatever
// somebody logged, so that nobody may know beforehand which of them meet in a table: both halves of
// a product with a secret are mixed, as in wyhash.
func scattered(who idAndName) uint64 {
	high, low := bits.Mul64(uint64(who)^secret, 0x9E3779B97F4A7C15)
	return high ^ low
}

// secret is another one in every process; no result depends on it.
var secret = rand.Uint64()
