package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// lexicon is the dictionary of one text column over a whole log. One that has reached its limit, or
// in which most words are new, takes no more: rows with others carry their text with them.
type lexicon struct {
	wordTable
	distinctness
	text  textArena
	size  int64    // bytes in memory
	limit int64    // of size
	all   bool     // it takes every word
	last  []int32  // by the code in the block before: the code here, or unknown
	of    []string // the words of that block
}

// wordCost is what a word takes beside its text: a string header here and one in a set, and places in tables.
const wordCost = 64

// find returns the code of a word, -1 where there is none and no room for it.
func (x *lexicon) find(word string) int32 {
	if !x.all && x.mostlyNew() {
		return -1
	}
	x.asked++
	n, hash := x.wordTable.find(word)
	if n >= 0 {
		return n
	}
	x.added++
	if x.size += int64(len(word)) + wordCost; x.size > x.limit && !x.all {
		x.size -= int64(len(word)) + wordCost
		return -1
	}
	return x.add(x.text.keep(word), hash)
}

// lexicons are those of a layout's columns; nil for columns that are no text.
type lexicons []*lexicon

func (l *layout) lexicons(limit int64) lexicons {
	out := make(lexicons, len(l.columns))
	texts := int64(0)
	for _, c := range l.columns {
		if c.kind == dataframe.String {
			texts++
		}
	}
	for i, c := range l.columns {
		if c.kind == dataframe.String {
			out[i] = &lexicon{limit: limit / texts}
		}
	}
	if l.host >= 0 {
		out[l.host].all = true // hosts are counted one by one anyway
	}
	return out
}

// intern gives a block the lexicons' codes. A text that is not in them becomes the code -2-i,
// where i is its place among the block's words.
func (x lexicons) intern(b *block) {
	for i := range b.columns {
		if x[i] != nil {
			b.columns[i].intern(x[i])
		}
	}
}

func (c *cells) intern(x *lexicon) {
	to := x.codesOf(c.words)
	var own []string
	for i, code := range c.codes {
		if code < 0 {
			continue
		}
		if to[code] == unknown {
			if to[code] = x.again(code, c.words[code]); to[code] < 0 {
				to[code] = int32(-2 - len(own))
				own = append(own, c.words[code])
			}
		}
		c.codes[i] = to[code]
	}
	for code := range to {
		if len(own) > 0 && to[code] < 0 {
			to[code] = unknown // another block knows nothing of this one's own words
		}
	}
	x.last, x.of, c.words = to, c.words, own
}

// unknown stands for a code that was not looked for yet.
const unknown = -1 << 31

// codesOf is what is known of the codes of words: much where they are those of the block before.
func (x *lexicon) codesOf(words []string) []int32 {
	if len(words) > 0 && len(words) == len(x.of) && &words[0] == &x.of[0] {
		return x.last
	}
	return slices.Repeat([]int32{unknown}, len(words))
}

// again finds a word of a block, which mostly has the same code there as in the block before:
// blocks of a row group share its dictionary. Then it is compared once, and not looked up.
func (x *lexicon) again(code int32, word string) int32 {
	if int(code) < len(x.last) {
		if n := x.last[code]; n >= 0 && x.words[n] == word {
			return n
		}
	}
	return x.find(word)
}
