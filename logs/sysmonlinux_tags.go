package logs

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// tags walks over the elements of an event. It knows the XML that Sysmon for Linux writes:
// elements, attributes in quotes, text, and the five named entities and numbers; no comments, no
// CDATA, no name spaces.
type tags struct {
	text   []byte
	pos    int
	broken bool

	name       []byte
	attributes []byte
	content    []byte // the text between this tag and the next
	leaf       bool   // this tag opens an element, and the next one closes it

	key, value []byte // of the attribute that nextAttribute found
}

// next goes to the next tag that opens an element.
func (t *tags) next() bool {
	for {
		i := bytes.IndexByte(t.text[t.pos:], '<')
		if i < 0 {
			return false
		}
		t.pos += i + 1
		if t.pos < len(t.text) && t.text[t.pos] == '/' {
			continue
		}
		end := tagEnd(t.text, t.pos)
		if end < 0 {
			t.broken = true
			return false
		}
		tag := t.text[t.pos:end]
		t.pos = end + 1
		tag, single := bytes.CutSuffix(tag, []byte("/"))
		t.name, t.attributes, _ = bytes.Cut(tag, []byte(" "))
		t.content, t.leaf = nil, false
		if !single {
			t.body()
		}
		return true
	}
}

// body reads the text up to the next tag.
func (t *tags) body() {
	i := bytes.IndexByte(t.text[t.pos:], '<')
	if i < 0 {
		t.content = t.text[t.pos:]
		return
	}
	t.content = t.text[t.pos : t.pos+i]
	t.leaf = t.pos+i+1 < len(t.text) && t.text[t.pos+i+1] == '/'
}

// nextAttribute goes to the tag's next attribute.
func (t *tags) nextAttribute() bool {
	rest := bytes.TrimLeft(t.attributes, " \t\r\n")
	key, rest, ok := bytes.Cut(rest, []byte("="))
	if !ok || len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
		return false
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return false
	}
	t.key, t.value = bytes.TrimSpace(key), rest[1:1+end]
	t.attributes = rest[end+2:]
	return true
}

// attribute returns the value of an attribute, nil without one.
func (t *tags) attribute(name string) []byte {
	for t.nextAttribute() {
		if string(t.key) == name {
			return t.value
		}
	}
	return nil
}

// unescaped replaces entities; the result is good until the next call.
func (r *sysmonReader) unescaped(text []byte) []byte {
	i := bytes.IndexByte(text, '&')
	if i < 0 {
		return text
	}
	out := r.scratch[:0]
	for ; i >= 0; i = bytes.IndexByte(text, '&') {
		out = append(out, text[:i]...)
		text = text[i:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		c, ok := entity(text[1:max(1, end)])
		if !ok {
			out = append(out, '&')
			text = text[1:]
			continue
		}
		out = utf8.AppendRune(out, c)
		text = text[end+1:]
	}
	r.scratch = append(out, text...)
	return r.scratch
}

// entity returns the character that an entity stands for.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := bytes.CutPrefix(name, []byte("#"))
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := bytes.CutPrefix(digits, []byte("x")); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(string(digits), base, 21)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}
