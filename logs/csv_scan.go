package logs

import "bytes"

// field is one field of a record. A quoted field that is empty is the empty text, one without
// quotes is null.
type field struct {
	text   []byte
	quoted bool
}

// scanner splits text into records and fields by the rules of RFC 4180 as encoding/csv has
// them: a quoted field may hold separators, line breaks and doubled quotes, CRLF reads as LF,
// empty lines do not count. A quote inside an unquoted field is a plain character, as many
// programs write it.
// https://www.rfc-editor.org/rfc/rfc4180
type scanner struct {
	data   []byte
	comma  byte
	fields []field // of the latest record
	buffer []byte  // texts of fields that had doubled quotes or CRLF inside

	oneLine bool // no record spans lines
}

const (
	unclosedQuote  = "a quote is never closed"
	textAfterQuote = "text follows a closing quote"
)

// record reads the record at pos into s.fields and returns where the next one begins and where
// the first line of this one ends. The fault is "" for a sound record.
func (s *scanner) record(pos int) (next, lineEnd int, fault string) {
	s.fields, s.buffer = s.fields[:0], s.buffer[:0]
	lineEnd = len(s.data)
	if i := bytes.IndexByte(s.data[pos:], '\n'); i >= 0 {
		lineEnd = pos + i + 1
	}
	line := s.data[pos:lineEnd]
	if bytes.IndexByte(line, '"') < 0 {
		s.plain(trimNewline(line))
		return lineEnd, lineEnd, ""
	}
	data := s.data
	if s.oneLine {
		data = data[:lineEnd]
	}
	next, fault = s.quoted(data, pos)
	return next, lineEnd, fault
}

// plain splits a line without quotes.
func (s *scanner) plain(line []byte) {
	start := 0
	for i, c := range line {
		if c == s.comma {
			s.fields = append(s.fields, field{text: line[start:i]})
			start = i + 1
		}
	}
	s.fields = append(s.fields, field{text: line[start:]})
}

// quoted reads the record of data at i, which may span lines.
func (s *scanner) quoted(data []byte, i int) (next int, fault string) {
	for {
		if i < len(data) && data[i] == '"' {
			text, end := s.quotedField(data, i+1)
			if end < 0 {
				return len(data), unclosedQuote
			}
			s.fields = append(s.fields, field{text, true})
			i = end
		} else {
			start := i
			for i < len(data) && data[i] != s.comma && data[i] != '\n' {
				i++
			}
			text := data[start:i]
			if i == len(data) || data[i] == '\n' {
				text = trimReturn(text)
			}
			s.fields = append(s.fields, field{text: text})
		}
		switch {
		case i == len(data):
			return i, ""
		case data[i] == s.comma:
			i++
		case data[i] == '\n':
			return i + 1, ""
		case data[i] == '\r' && (i+1 == len(data) || data[i+1] == '\n'):
			return min(i+2, len(data)), ""
		default:
			return i, textAfterQuote
		}
	}
}

// quotedField reads the field whose text begins at start, and returns where it ends, after the
// closing quote; -1 when there is none.
func (s *scanner) quotedField(data []byte, start int) (text []byte, end int) {
	doubled := false
	for i := start; ; i++ {
		j := bytes.IndexByte(data[i:], '"')
		if j < 0 {
			return nil, -1
		}
		i += j
		if i+1 < len(data) && data[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		text, end = data[start:i], i+1
		break
	}
	if doubled || bytes.IndexByte(text, '\r') >= 0 {
		text = s.unescape(text)
	}
	return text, end
}

// unescape turns doubled quotes into one and CRLF into LF.
func (s *scanner) unescape(text []byte) []byte {
	begin := len(s.buffer)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if i+1 < len(text) && (c == '"' && text[i+1] == '"' || c == '\r' && text[i+1] == '\n') {
			i++
			c = text[i]
		}
		s.buffer = append(s.buffer, c)
	}
	return s.buffer[begin:]
}

func trimNewline(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	return trimReturn(line)
}

func trimReturn(text []byte) []byte {
	if n := len(text); n > 0 && text[n-1] == '\r' {
		return text[:n-1]
	}
	return text
}

// blank reports whether the latest record is an empty line.
func (s *scanner) blank() bool {
	return len(s.fields) == 1 && len(s.fields[0].text) == 0 && !s.fields[0].quoted
}
