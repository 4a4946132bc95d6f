package logs

import (
	"slices"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// cells collects one column of text: every distinct text once, and a code for each row, so that
// finding the column's type looks at each distinct text once, however many rows there are.
type cells struct {
	name  string
	codes []int32 // -1 is null
	texts []string
	words map[string]int32
	last  int32 // code of the latest text: logs repeat themselves
}

func newCells(name string) *cells { return &cells{name: name, words: map[string]int32{}, last: -1} }

func (c *cells) addNull() { c.codes = append(c.codes, -1) }

// add appends a text. The bytes may be used again by the caller.
func (c *cells) add(text []byte) {
	if c.last >= 0 && c.texts[c.last] == string(text) {
		c.codes = append(c.codes, c.last)
		return
	}
	code, ok := c.words[string(text)]
	if !ok {
		code = c.newText(string(text))
	}
	c.last = code
	c.codes = append(c.codes, code)
}

// addString appends a text that is kept.
func (c *cells) addString(text string) {
	if c.last >= 0 && c.texts[c.last] == text {
		c.codes = append(c.codes, c.last)
		return
	}
	code, ok := c.words[text]
	if !ok {
		code = c.newText(text)
	}
	c.last = code
	c.codes = append(c.codes, code)
}

func (c *cells) newText(text string) int32 {
	code := int32(len(c.texts))
	c.words[text] = code
	c.texts = append(c.texts, text)
	return code
}

// column returns the column with the narrowest type that all its texts have: integers, numbers,
// true and false, times, or text. An empty text is null in all but text.
func (c *cells) column() dataframe.Column {
	c.words = nil
	for _, typed := range []func(string, []int32, []string) (dataframe.Column, bool){
		intColumn, floatColumn, boolColumn, timeColumn,
	} {
		if column, ok := typed(c.name, c.codes, c.texts); ok {
			return column
		}
	}
	return c.text()
}

// text returns the column as it is.
func (c *cells) text() dataframe.Column { return dataframe.Coded(c.name, c.codes, c.texts) }

// soundText returns the column as text that is UTF-8, whatever came in.
func (c *cells) soundText() dataframe.Column {
	if !slices.ContainsFunc(c.texts, func(s string) bool { return !utf8.ValidString(s) }) {
		return c.text()
	}
	repaired := newCells(c.name)
	for _, code := range c.codes {
		if code < 0 {
			repaired.addNull()
		} else {
			repaired.addString(sound(c.texts[code]))
		}
	}
	return repaired.text()
}

// spread gives each row the value of its text, and whether it has one: nil when all have.
func spread[T any](codes []int32, values []T, real func(int32) bool) ([]T, []bool) {
	there := make([]bool, len(values))
	whole := true
	for c := range there {
		there[c] = real(int32(c))
		whole = whole && there[c]
	}
	out := make([]T, len(codes))
	var valid []bool
	for i, c := range codes {
		if c >= 0 && (whole || there[c]) {
			out[i] = values[c]
			continue
		}
		if valid == nil {
			valid = make([]bool, len(codes))
			for j := range i {
				valid[j] = true
			}
		}
	}
	if valid == nil {
		return out, nil
	}
	for i, c := range codes {
		valid[i] = c >= 0 && there[c]
	}
	return out, valid
}
