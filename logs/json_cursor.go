package logs

import "bytes"

// cursor walks over JSON text without building it, so that a document of any size is read
// record by record, and one broken record does not spoil the others. It finds where values end
// by their brackets and quotes; whether they are sound is seen when they are parsed.
type cursor struct {
	data []byte
	pos  int
}

// blanks skips white space and returns the byte that follows, 0 at the end.
func (c *cursor) blanks() byte {
	for c.pos < len(c.data) {
		switch b := c.data[c.pos]; b {
		case ' ', '\t', '\r', '\n':
			c.pos++
		default:
			return b
		}
	}
	return 0
}

// value skips one value and returns where it begins and ends; ok is false when the text ends
// inside it, or no value begins here.
func (c *cursor) value() (from, to int, ok bool) {
	first := c.blanks()
	from = c.pos
	switch first {
	case 0, ',', ':', ']', '}':
		return from, c.pos, false
	case '"':
		ok = c.text()
	case '{', '[':
		ok = c.nested()
	default: // a number or a word
		for c.pos < len(c.data) && bytes.IndexByte([]byte(" \t\r\n,:]}[{\""), c.data[c.pos]) < 0 {
			c.pos++
		}
		ok = c.pos > from
	}
	return from, c.pos, ok
}

// text skips a text in quotes.
func (c *cursor) text() bool {
	for c.pos++; c.pos < len(c.data); c.pos++ {
		switch c.data[c.pos] {
		case '\\':
			c.pos++
		case '"':
			c.pos++
			return true
		}
	}
	c.pos = len(c.data)
	return false
}

// nested skips an object or array.
func (c *cursor) nested() bool {
	depth := 0
	for c.pos < len(c.data) {
		switch c.data[c.pos] {
		case '"':
			if !c.text() {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				c.pos++
				return true
			}
		}
		c.pos++
	}
	return false
}

// span is a part of the text: data[from:to].
type span struct{ from, to int }

// elements calls each for the values of the array or object at from; the key is empty in an
// array. It returns false when the text is broken or ends too early, and stops when each
// returns an error.
func (c *cursor) elements(from int, each func(key, value span) error) (whole bool, err error) {
	c.pos = from
	object := c.blanks() == '{'
	c.pos++
	for first := true; ; first = false {
		b := c.blanks()
		if b == ']' || b == '}' {
			c.pos++
			return true, nil
		}
		if !first {
			if b != ',' {
				return false, nil
			}
			c.pos++
		}
		var key, value span
		var ok bool
		if object {
			if key.from, key.to, ok = c.value(); !ok || c.blanks() != ':' {
				return false, nil
			}
			c.pos++
		}
		if value.from, value.to, ok = c.value(); !ok {
			c.pos = value.from
			return false, nil
		}
		if err := each(key, value); err != nil {
			return true, err
		}
	}
}
