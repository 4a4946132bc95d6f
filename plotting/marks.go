package plotting

import (
	"math"
	"unicode"
)

// isMark reports whether a character is drawn over or under the one before it and moves no pen.
func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

// set places the characters of a text, in em from its beginning. A mark stands in the middle of the
// character before it; fonts know better places for those that were drawn for one another, but the
// libraries that draw here do not ask them, and what has a composed form is composed already.
func (t *typeface) set(text string, put func(at int, r rune, x float64)) {
	x, before, letter := 0.0, 0.0, rune(0)
	for i, r := range text {
		switch {
		case !isMark(r):
			put(i, r, x)
			before, letter = x, r
			x += t.advance(r)
		case letter != 0:
			put(i, r, before+t.middle(letter)-t.middle(r))
		default:
			put(i, r, x)
		}
	}
}

// middle returns the middle of a character's ink, in em from where the pen stands; of one without
// ink, the middle of its advance.
func (t *typeface) middle(r rune) float64 {
	t.load()
	t.mutex.Lock()
	middle, known := t.middles[r]
	t.mutex.Unlock()
	if known {
		return middle
	}
	left, right := math.Inf(1), math.Inf(-1)
	for _, s := range t.outline(r) {
		for _, p := range s.to {
			left, right = min(left, p.x), max(right, p.x)
		}
	}
	if middle = (left + right) / 2; left > right {
		middle = t.advance(r) / 2
	}
	t.mutex.Lock()
	t.middles[r] = middle
	t.mutex.Unlock()
	return middle
}
