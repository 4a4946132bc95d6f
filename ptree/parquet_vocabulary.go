package ptree

import (
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/internal/pages"
)

// vocabulary is the words of a column in a row group, each once, in the order in which they come.
// Hosts of a set share its dictionary: a word that has a code there is found by the code, without
// looking at its text. The map is there for the others: words that were told of in another column,
// words of a second set, and those that are not UTF-8, which may become equal to others.
type vocabulary struct {
	wordTable
	indexed bool      // the table has the words
	size    int       // of their texts
	piece   []int32   // by the code in the piece at hand
	of      *setWords // the set by whose codes words are known
	inSet   []int32   // by the code in the set: code+1, 0 while unknown
	coded   []int32   // codes in the set that have one here
}

// setWords stands for the dictionary of a set's column.
type setWords struct {
	count   int
	valid   bool // all words are UTF-8
	repeats bool // a word may be there several times
}

// reset empties a vocabulary, so that it is as good as a new one and has its memory.
func (v *vocabulary) reset() {
	for _, code := range v.coded {
		v.inSet[code] = 0
	}
	clear(v.words)
	v.words, v.coded, v.of, v.indexed, v.size = v.words[:0], v.coded[:0], nil, false, 0
}

// begin goes on with the words of another piece, and gives their codes so far: by the code in the
// piece, code+1, 0 where find must tell it.
func (v *vocabulary) begin(c cells) []int32 {
	whole := c.of != nil && c.origin == nil
	if v.of == nil && c.of != nil || whole && c.of != v.of {
		v.goOver(c.of)
	}
	if whole {
		return v.inSet
	}
	v.piece = resized(v.piece, len(c.words))
	clear(v.piece)
	return v.piece
}

// goOver makes words known by the codes of another set; those that are there already, by their texts.
func (v *vocabulary) goOver(of *setWords) {
	for _, code := range v.coded {
		v.inSet[code] = 0
	}
	v.of, v.coded = of, v.coded[:0]
	if len(v.inSet) < of.count {
		v.inSet = make([]int32, of.count)
	}
	if len(v.words) > 0 {
		v.index()
	}
}

// find is the code of a piece's word.
func (v *vocabulary) find(c cells, code int32) int32 {
	inSet, of := c.inSet(code)
	if of == nil || of != v.of {
		return v.lookUp(validText(c.words[code]))
	}
	known := &v.inSet[inSet]
	if *known > 0 {
		return *known - 1
	}
	v.coded = append(v.coded, inSet)
	word := c.words[code]
	if !v.indexed && (c.of.valid || utf8.ValidString(word)) {
		*known = v.append(word) + 1
		return *known - 1
	}
	n := v.lookUp(validText(word))
	*known = n + 1
	return n
}

// findAmong is the code of a word of a set that may have it several times, in a row group of so many
// rows. Where no dictionary will be written, it need not be the code of the equal ones before.
func (v *vocabulary) findAmong(of *setWords, word string, rows int) int32 {
	if !of.valid {
		word = validText(word)
	}
	if len(v.words) > 0 && !pages.WorthCoding(len(v.words), v.size, rows) {
		return v.append(word)
	}
	return v.lookUp(word)
}

// append adds a word that is not to be found by its text.
func (v *vocabulary) append(word string) int32 {
	v.words, v.size = append(v.words, word), v.size+len(word)
	return int32(len(v.words) - 1)
}

// lookUp finds a word by its text.
func (v *vocabulary) lookUp(word string) int32 {
	v.index()
	n, hash := v.wordTable.find(word)
	if n < 0 {
		n, v.size = v.add(word, hash), v.size+len(word)
	}
	return n
}

// index makes the table of words, if there is none.
func (v *vocabulary) index() {
	if v.indexed {
		return
	}
	v.indexed = true
	v.forget()
	for i, w := range v.words {
		if n, hash := v.wordTable.find(w); n < 0 {
			v.enter(int32(i), hash)
		}
	}
}

// validText replaces what is not UTF-8, which other readers refuse.
func validText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
}
