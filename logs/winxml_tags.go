package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// tag reads what stands between < and >.
func (r *xmlEvents) tag(text []byte) error {
	if bytes.HasPrefix(text, []byte("/")) {
		name := string(local(bytes.TrimSpace(text[1:])))
		if top := r.elements.top(); top == nil || top.name != name {
			return fmt.Errorf("</%s> ends an element that did not begin", dataframe.Clip(name))
		}
		return r.elements.end()
	}
	empty := bytes.HasSuffix(text, []byte("/"))
	if empty {
		text = text[:len(text)-1]
	}
	end := bytes.IndexAny(text, " \t\r\n")
	if end < 0 {
		end = len(text)
	}
	if end == 0 {
		return errors.New("a tag has no name")
	}
	if err := r.elements.start(r.word(local(text[:end]))); err != nil {
		return err
	}
	if err := r.attributes(text[end:]); err != nil {
		return err
	}
	if empty {
		return r.elements.end()
	}
	return nil
}

// attributes reads name="value" pairs.
func (r *xmlEvents) attributes(text []byte) error {
	for {
		if text = bytes.TrimLeft(text, " \t\r\n"); len(text) == 0 {
			return nil
		}
		name, rest, ok := bytes.Cut(text, []byte("="))
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if !ok || len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return errors.New("an attribute has no value in quotes")
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return errors.New("the value of an attribute does not end")
		}
		r.text = unescape(r.text[:0], rest[1:1+end])
		if err := r.elements.attribute(r.word(bytes.TrimSpace(name)), r.text); err != nil {
			return err
		}
		text = rest[end+2:]
	}
}

// local returns a name without the prefix of its namespace.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// word returns a name as a string that is made once.
func (r *xmlEvents) word(name []byte) string {
	word, ok := r.words[string(name)]
	if !ok {
		word = string(name)
		r.words[word] = word
	}
	return word
}

// put adds escaped text to the open element.
func (r *xmlEvents) put(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	r.text = unescape(r.text[:0], text)
	return r.append(r.text)
}

func (r *xmlEvents) append(text []byte) error {
	top := r.elements.top()
	if top == nil {
		return errors.New("text outside of any element")
	}
	top.text = append(top.text, text...)
	return nil
}

// unescape puts characters in the place of references, and one line feed in that of a carriage
// return and a line feed, as XML demands. A reference that is none stays as it is.
// https://www.w3.org/TR/xml/#sec-line-ends
func unescape(out, text []byte) []byte {
	for len(text) > 0 {
		i := bytes.IndexAny(text, "&\r")
		if i < 0 {
			return append(out, text...)
		}
		out = append(out, text[:i]...)
		text = text[i:]
		if text[0] == '\r' {
			if len(text) == 1 || text[1] != '\n' {
				out = append(out, '\n')
			}
			text = text[1:]
			continue
		}
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			out, text = append(out, '&'), text[1:]
			continue
		}
		if character, ok := reference(string(text[1:end])); ok {
			out = append(out, character...)
		} else {
			out = append(out, text[:end+1]...)
		}
		text = text[end+1:]
	}
	return out
}

// reference returns the characters that a reference stands for.
func reference(name string) (string, bool) {
	if text, ok := entities[name]; ok {
		return text, true
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if digits == name {
		return "", false
	}
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}
