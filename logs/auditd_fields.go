package logs

import (
	"bytes"
	"unicode/utf8"
)

// auditField is one key=value of a record; a word without = has no key.
type auditField struct {
	key, value []byte
	quoted     bool
}

// auditScanner splits a record's body into fields. A value is a word, or text in double quotes;
// msg='…' holds the fields of a message from a program, which are fields like the others. Enriched
// records have a group separator before the interpreted fields.
// https://github.com/linux-audit/audit-documentation/wiki/SPEC-Writing-Good-Events
type auditScanner struct {
	text   []byte
	pos    int
	nested bool // inside msg='…'

	// how values without quotes end in an interpreted record, where they may hold blanks
	interpreted bool
	nextKey     func([]byte) bool
}

// isAuditBlank is what stands between fields; 0x1d is before those of an enriched record.
func isAuditBlank(c byte) bool { return c == ' ' || c == '\t' || c == 0x1d }

// next reads a field.
func (s *auditScanner) next(f *auditField) bool {
	for s.pos < len(s.text) && isAuditBlank(s.text[s.pos]) {
		s.pos++
	}
	if s.pos == len(s.text) {
		return false
	}
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos] != '=' && !isAuditBlank(s.text[s.pos]) {
		s.pos++
	}
	*f = auditField{}
	if s.pos == len(s.text) || s.text[s.pos] != '=' || s.pos == start {
		for s.pos < len(s.text) && !isAuditBlank(s.text[s.pos]) {
			s.pos++
		}
		f.value = s.closed(s.text[start:s.pos])
		return true
	}
	f.key = s.text[start:s.pos]
	s.pos++
	return s.value(f)
}

// value reads what follows a key.
func (s *auditScanner) value(f *auditField) bool {
	rest := s.text[s.pos:]
	switch {
	case len(rest) > 0 && rest[0] == '\'' && !s.nested:
		s.pos++
		s.nested = true
		return s.next(f) || s.empty(f)
	case len(rest) > 0 && rest[0] == '"':
		if i := bytes.IndexByte(rest[1:], '"'); i >= 0 {
			f.value, f.quoted = rest[1:1+i], true
			s.pos += i + 2
			s.unnest()
			return true
		}
	case s.interpreted:
		end := s.phrase(rest)
		f.value = s.closed(rest[:end])
		s.pos += end
		return true
	}
	end := 0
	for end < len(rest) && !isAuditBlank(rest[end]) {
		end++
	}
	f.value = s.closed(rest[:end])
	s.pos += end
	return true
}

// empty is the field of msg=' with nothing after it.
func (s *auditScanner) empty(f *auditField) bool {
	f.value = nil
	return true
}

// closed takes the quote that ends msg='…' off its last value.
func (s *auditScanner) closed(value []byte) []byte {
	if s.nested && len(value) > 0 && value[len(value)-1] == '\'' {
		s.nested = false
		return value[:len(value)-1]
	}
	return value
}

// unnest passes the quote that ends msg='…' after a quoted value.
func (s *auditScanner) unnest() {
	if s.nested && s.pos < len(s.text) && s.text[s.pos] == '\'' {
		s.nested = false
		s.pos++
	}
}

// phrase returns the length of a value of an interpreted record: up to the next key.
func (s *auditScanner) phrase(rest []byte) int {
	for i := 0; i < len(rest); i++ {
		if rest[i] == 0x1d || isAuditBlank(rest[i]) && s.nextKey(rest[i+1:]) {
			return i
		}
	}
	return len(rest)
}

// words extends a word without = to those that follow it: SELinux writes
// "avc:  denied  { read } for  pid=1".
func (s *auditScanner) words(first []byte) []byte {
	from := s.pos - len(first)
	if from < 0 || !bytes.HasPrefix(s.text[from:], first) {
		return first
	}
	end := s.pos
	for {
		before := *s
		var f auditField
		if !s.next(&f) {
			break
		}
		if f.key != nil {
			*s = before
			break
		}
		end = s.pos
	}
	return bytes.TrimSuffix(s.text[from:end], []byte("'"))
}

// beginsKey reports whether text begins with a field's name and =.
func beginsKey(text []byte) bool {
	for i, c := range text[:min(len(text), 32)] {
		switch {
		case c == '=':
			return i > 0
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-':
		default:
			return false
		}
	}
	return false
}

// beginsArgument reports whether text begins with the name of an argument and =.
func beginsArgument(text []byte) bool {
	key, _, ok := bytes.Cut(text[:min(len(text), 32)], []byte("="))
	if !ok {
		return false
	}
	_, ok = parseArgument(key)
	return ok
}

func never([]byte) bool { return false }

// hexFields are the fields that the kernel and the audit library write in hexadecimal, without
// quotes, when they hold a blank, a quote, or a byte that is not printable ASCII.
var hexFields = map[string]bool{
	"exe": true, "comm": true, "ocomm": true, "cwd": true, "name": true, "proctitle": true, "cmd": true, "data": true,
	"acct": true, "key": true, "path": true, "dir": true, "watch": true, "file": true,
}

// isHex reports whether a value is bytes in upper-case hexadecimal.
func isHex(value []byte) bool {
	if len(value) == 0 || len(value)%2 != 0 {
		return false
	}
	for _, c := range value {
		if (c < '0' || c > '9') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

func nibble(c byte) byte {
	if c >= 'A' {
		return c - 'A' + 10
	}
	return c - '0'
}

// hexDecoded appends the bytes that a value is in hexadecimal.
func hexDecoded(to, value []byte) []byte {
	for i := 0; i+1 < len(value); i += 2 {
		to = append(to, nibble(value[i])<<4|nibble(value[i+1]))
	}
	return to
}

// unhex decodes a value in hexadecimal into scratch. A value that is none stays as it is, and so
// does one that is not UTF-8, which is broken.
func unhex(value []byte, scratch *[]byte) (text []byte, broken bool) {
	if !isHex(value) {
		return value, false
	}
	*scratch = hexDecoded((*scratch)[:0], value)
	if !utf8.Valid(*scratch) {
		return value, true
	}
	return *scratch, false
}
