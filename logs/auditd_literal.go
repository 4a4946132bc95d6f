package logs

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// literal reads lists and dicts of texts as Python's repr writes them.
type literal struct {
	text string
	pos  int
}

// auditRecords reads [{TYPE: [WORD, …]}, …] in JSON or in Python's notation, and calls f for each
// record. What is wrong with the text is "" when nothing is.
func auditRecords(text string, f func(kind string, words []string)) (wrong string) {
	var records []map[string][]string
	if json.Unmarshal([]byte(text), &records) != nil {
		l := literal{text: text}
		if !l.records(f) {
			return fmt.Sprintf("not a list of audit records: broken at byte %d", l.pos)
		}
		return ""
	}
	for _, record := range records {
		for _, kind := range slices.Sorted(maps.Keys(record)) {
			f(kind, record[kind])
		}
	}
	return ""
}

// records calls f for each record of [{TYPE: [WORD, …]}, …], and reports whether all of the text
// is such a list.
func (l *literal) records(f func(kind string, words []string)) bool {
	ok := l.items('[', ']', func() bool {
		return l.items('{', '}', func() bool {
			kind, ok := l.quoted()
			if !ok || !l.take(':') {
				return false
			}
			var words []string
			if !l.items('[', ']', func() bool {
				word, ok := l.quoted()
				words = append(words, word)
				return ok
			}) {
				return false
			}
			f(kind, words)
			return true
		})
	})
	l.blanks()
	return ok && l.pos == len(l.text)
}

func (l *literal) blanks() {
	for l.pos < len(l.text) && strings.IndexByte(" \t\r\n", l.text[l.pos]) >= 0 {
		l.pos++
	}
}

// take passes one character after blanks.
func (l *literal) take(c byte) bool {
	l.blanks()
	if l.pos < len(l.text) && l.text[l.pos] == c {
		l.pos++
		return true
	}
	return false
}

// items reads what is between two brackets, with commas.
func (l *literal) items(open, end byte, item func() bool) bool {
	if !l.take(open) {
		return false
	}
	for first := true; ; first = false {
		if l.take(end) {
			return true
		}
		if !first && !l.take(',') {
			return false
		}
		if !first && l.take(end) {
			return true
		}
		if !item() {
			return false
		}
	}
}

// quoted reads a text in quotes of either kind.
func (l *literal) quoted() (string, bool) {
	l.blanks()
	if l.pos == len(l.text) || l.text[l.pos] != '"' && l.text[l.pos] != '\'' {
		return "", false
	}
	quote := l.text[l.pos]
	l.pos++
	rest := l.text[l.pos:]
	if i := strings.IndexByte(rest, quote); i >= 0 && strings.IndexByte(rest[:i], '\\') < 0 {
		l.pos += i + 1
		return rest[:i], true
	}
	var b strings.Builder
	for len(rest) > 0 {
		if rest[0] == quote {
			l.pos = len(l.text) - len(rest) + 1
			return b.String(), true
		}
		q := quote
		if len(rest) > 1 && rest[0] == '\\' {
			q = '\'' // Go's UnquoteChar takes an escaped quote only of the kind that it is told
			if rest[1] == '"' {
				q = '"'
			}
		}
		r, _, tail, err := strconv.UnquoteChar(rest, q)
		if err != nil && rest[0] != '\'' && rest[0] != '"' {
			return "", false
		}
		if err != nil { // the other kind of quote
			r, tail = rune(rest[0]), rest[1:]
		}
		b.WriteRune(r) // also of \xe9, which is a character in Python and a byte in Go
		rest = tail
	}
	return "", false
}
