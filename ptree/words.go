package ptree

import (
	"hash/maphash"
	"math/bits"
	"strings"
)

// wordTable gives words numbers, in the order in which they come. It is a table of open addresses
// without pointers, which the garbage collector passes over, and which grows without touching a text.
type wordTable struct {
	words []string
	slots []uint64 // upper half: of a word's hash; lower half: the word's number plus one, 0 where the slot is free
	shift int      // leaves the place of a slot
	used  int      // slots
}

// wordSeed is another one in every process; no result depends on it.
var wordSeed = maphash.MakeSeed()

// find returns a word's number, -1 where it has none, and its hash, with which it may be added.
func (t *wordTable) find(word string) (n int32, hash uint64) {
	hash = maphash.String(wordSeed, word)
	if len(t.slots) == 0 {
		return -1, hash
	}
	for at := hash >> t.shift; ; at = (at + 1) & uint64(len(t.slots)-1) {
		slot := t.slots[at]
		if slot == 0 {
			return -1, hash
		}
		if n = int32(uint32(slot)) - 1; (slot^hash)>>32 == 0 && t.words[n] == word {
			return n, hash
		}
	}
}

// add gives the next number to a word that has none.
func (t *wordTable) add(word string, hash uint64) int32 {
	n := int32(len(t.words))
	t.words = append(t.words, word)
	t.enter(n, hash)
	return n
}

// code is the number of a word, which gets one where it has none.
func (t *wordTable) code(word string) int32 {
	n, hash := t.find(word)
	if n < 0 {
		n = t.add(word, hash)
	}
	return n
}

// enter makes a word known by its hash.
func (t *wordTable) enter(n int32, hash uint64) {
	if t.used++; 4*t.used > 3*len(t.slots) {
		t.reserve(2 * t.used)
	}
	t.put(hash&^(1<<32-1) | uint64(uint32(n)+1))
}

func (t *wordTable) put(slot uint64) {
	at := slot >> t.shift
	for t.slots[at] != 0 {
		at = (at + 1) & uint64(len(t.slots)-1)
	}
	t.slots[at] = slot
}

// reserve makes room for so many words.
func (t *wordTable) reserve(n int) {
	width := max(4, bits.Len(uint(n+n/3)))
	if 1<<width <= len(t.slots) {
		return
	}
	old := t.slots
	t.slots, t.shift = make([]uint64, 1<<width), 64-width
	for _, slot := range old {
		if slot != 0 {
			t.put(slot)
		}
	}
}

// forget takes all words out of the table, but leaves them where they are.
func (t *wordTable) forget() {
	clear(t.slots)
	t.used = 0
}

// textArena keeps texts one behind another, so that they are few objects.
type textArena struct{ chunk *strings.Builder }

const arenaBytes = 1 << 18

// keep copies a text.
func (a *textArena) keep(text string) string {
	if a.chunk == nil || a.chunk.Cap()-a.chunk.Len() < len(text) {
		a.chunk = new(strings.Builder)
		a.chunk.Grow(max(arenaBytes, len(text)))
	}
	from := a.chunk.Len()
	a.chunk.WriteString(text)
	return a.chunk.String()[from:]
}

// distinctness tells whether words are mostly new ones, so that looking them up is in vain.
type distinctness struct{ asked, added int }

// manyWords are asked before that is told. Tests lower it.
var manyWords = 1 << 18

func (d distinctness) mostlyNew() bool { return d.asked >= manyWords && d.added > d.asked/2 }
