package ptree

import (
	"strconv"

	"github.com/gophertrees/gopherwood/dataframe"
)

// numbers are the process ids that codes stand for: texts, or, where the log has small numbers or
// all texts are such, the codes themselves.
type numbers struct {
	words []string // nil for numbers
	base  int      // in which numbers are written: 10, or 16 with 0x before them
}

func (n numbers) text(code int32) string {
	switch {
	case n.words != nil:
		return n.words[code]
	case n.base == 16:
		return "0x" + strconv.FormatInt(int64(code), 16)
	}
	return strconv.Itoa(int(code))
}

// find returns the code of a text.
func (n numbers) find() func(text string) (int32, bool) {
	if n.words == nil {
		return func(text string) (int32, bool) { return numeral(text, n.base) }
	}
	return finder(n.words)
}

// finder returns the codes of words.
func finder(words []string) func(word string) (int32, bool) {
	code := make(map[string]int32, len(words))
	for i, w := range words {
		code[w] = int32(i)
	}
	return func(word string) (int32, bool) { c, ok := code[word]; return c, ok }
}

// decimals reads codes as decimal numbers; -1 for what is none.
func (n numbers) decimals() func(code int32) int64 {
	switch {
	case n.words == nil && n.base == 10:
		return func(code int32) int64 { return int64(code) }
	case n.words == nil:
		return func(int32) int64 { return -1 }
	}
	values := make([]int64, len(n.words))
	for i, w := range n.words {
		v, err := strconv.ParseInt(w, 10, 64)
		if err != nil || v < 0 {
			v = -1
		}
		values[i] = v
	}
	return func(code int32) int64 { return values[code] }
}

// numeral reads a number that is written as programs write it, without signs and leading zeros:
// "12", and in base 16 "0x1c". It has 31 bits at most.
func numeral(text string, base int) (int32, bool) {
	if base == 16 {
		if len(text) < 3 || text[:2] != "0x" {
			return 0, false
		}
		text = text[2:]
	}
	if text == "" || text[0] == '0' && text != "0" {
		return 0, false
	}
	value := int64(0)
	for i := range len(text) {
		digit := int64(digits[text[i]])
		if value = value*int64(base) + digit; digit >= int64(base) || value >= 1<<31 {
			return 0, false
		}
	}
	return int32(value), true
}

// digits are the values of characters; 255 for those that are no digits.
var digits = func() (of [256]uint8) {
	for i := range of {
		of[i] = 255
	}
	for value, c := range "0123456789abcdef" {
		of[c] = uint8(value)
	}
	return of
}()

// processIDs codes the ids of processes and parents alike.
func processIDs(events *creations, s Schema) (own, parent coding, pids numbers) {
	own, whole := events.small(s.ProcessID)
	if whole {
		if parent, whole = events.small(s.ParentID); whole {
			return own, parent, numbers{base: 10}
		}
	}
	for _, base := range []int{16, 10} {
		var both [2]bool
		abreast(events.log.Nrow(),
			func() { own, both[0] = events.numerals(s.ProcessID, base) },
			func() { parent, both[1] = events.numerals(s.ParentID, base) },
		)
		if both[0] && both[1] {
			return own, parent, numbers{base: base}
		}
	}
	ids := dictionary{}
	own, parent = ids.coded(events, s.ProcessID, -1), ids.coded(events, s.ParentID, -1)
	if ids.words == nil {
		ids.words = []string{} // no id at all
	}
	return own, parent, numbers{words: ids.words}
}

// numerals codes a text column whose words are all numbers of one base, see [numeral]; else false.
func (e *creations) numerals(name string, base int) (c coding, ok bool) {
	column := e.log.Col(name)
	if e.replaced(name) || column.Kind() != dataframe.String {
		return c, false
	}
	c = coding{codes: column.RowCodes(), to: make([]int32, column.Words()+1), rows: e.rows()}
	c.to[0] = -1
	for i := range c.to[1:] {
		if c.to[i+1], ok = numeral(column.Word(i), base); !ok {
			return c, false
		}
	}
	return c, c.codes != nil
}
