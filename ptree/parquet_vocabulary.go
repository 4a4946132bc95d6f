package ptree

import (
	"strings"
	"unicode/utf8"
)

// vocabulary is the words of a column in a row group, each once, in the order in which they come.
// Hosts of a set share its dictionary: a word that has a code there is found by the code, without
// looking at its text. The map is there for the others: words that were told of in another column,
// words of a second set, and those that are not UTF-8, which may become equal to others.
type vocabulary struct {
	dictionary           // its map is nil while not needed
	piece      []int32   // by the code in the piece at hand
	of         *setWords // the set by whose codes words are known
	inSet      []int32   // by the code in the set: code+1, 0 while unknown
	used       []int32   // codes in the set that have one here
}

// setWords stands for the dictionary of a set's column.
type setWords struct {
	count int
	valid bool // all words are UTF-8
}

// reset empties a vocabulary, so that it is as good as a new one and has its memory.
func (v *vocabulary) reset() {
	for _, code := range v.used {
		v.inSet[code] = 0
	}
	clear(v.words)
	v.words, v.used, v.of, v.known = v.words[:0], v.used[:0], nil, nil
}

// begin goes on with the words of another piece, and gives their codes so far: by the code in the
// piece, code+1, 0 where find must tell it.
func (v *vocabulary) begin(c cells) []int32 {
	v.piece = resized(v.piece, len(c.words))
	clear(v.piece)
	if v.of == nil && c.of != nil {
		v.of = c.of
		if len(v.inSet) < c.of.count {
			v.inSet = make([]int32, c.of.count)
		}
	}
	return v.piece
}

// find is the code of a piece's word.
func (v *vocabulary) find(c cells, code int32) int32 {
	if int(code) >= len(c.origin) || c.of != v.of {
		return v.lookUp(validText(c.words[code]))
	}
	known := &v.inSet[c.origin[code]]
	if *known > 0 {
		return *known - 1
	}
	v.used = append(v.used, c.origin[code])
	word := c.words[code]
	if v.known == nil && (c.of.valid || utf8.ValidString(word)) {
		v.words = append(v.words, word)
		*known = int32(len(v.words))
		return *known - 1
	}
	n := v.lookUp(validText(word))
	*known = n + 1
	return n
}

// lookUp finds a word by its text.
func (v *vocabulary) lookUp(word string) int32 {
	if v.known == nil {
		v.known = make(map[string]int32, len(v.words))
		for i, w := range v.words {
			v.known[w] = int32(i)
		}
	}
	return v.code(word)
}

// validText replaces what is not UTF-8, which other readers refuse.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
