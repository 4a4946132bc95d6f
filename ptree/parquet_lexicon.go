package ptree

import (
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// lexicon is the dictionary of one text column over a whole log. One that has reached its limit
// takes no more words: rows with others carry their text with them.
type lexicon struct {
	words []string
	code  map[string]int32
	size  int64   // bytes in memory
	limit int64   // of size
	last  []int32 // by the code in the block before: the code here, if any
}

// wordCost is what a word takes beside its text: two string headers and a place in a map.
const wordCost = 64

// find returns the code of a word, -1 where there is none and no room for it.
func (x *lexicon) find(word string) int32 {
	if n, known := x.code[word]; known {
		return n
	}
	if x.size += int64(len(word)) + wordCost; x.size > x.limit {
		x.size -= int64(len(word)) + wordCost
		return -1
	}
	word = strings.Clone(word)
	n := int32(len(x.words))
	x.code[word] = n
	x.words = append(x.words, word)
	return n
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
			out[i] = &lexicon{code: map[string]int32{}, limit: limit / texts}
		}
	}
	if l.host >= 0 {
		out[l.host].limit = 1 << 62 // hosts are counted one by one anyway
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
	const unknown = -1 << 31
	to := slices.Repeat([]int32{unknown}, len(c.words))
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
	c.words, x.last = own, to
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
