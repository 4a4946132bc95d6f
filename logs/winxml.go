package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// winxmlFormat is Windows events as XML, as "wevtutil qe LOG /f:xml", Get-WinEvent with ToXml,
// the Event Viewer and event forwarding write them: with or without an <Events> around them. Each
// event is read on its own, so a broken one does not spoil the others.
var winxmlFormat = &format{
	Format: Format{"xml", "Windows events as XML: wevtutil, Get-WinEvent, Event Viewer",
		[]string{".xml"}, "https://learn.microsoft.com/windows/win32/wes/eventschema-schema"},
	matches: func(s *source) bool {
		return firstByte(s.data) == '<' && nextEvent(s.sample(), 0) >= 0
	},
	decode: readWinXML,
}

// xmlEvents reads the events of a text.
type xmlEvents struct {
	source   *source
	table    *eventTable
	elements elements
	text     []byte
	words    map[string]string
	line     int // of position lined
	lined    int
}

func readWinXML(s *source) (dataframe.DataFrame, error) {
	t := newEventTable(s)
	r := &xmlEvents{source: s, table: t, elements: elements{table: t}, words: map[string]string{}, line: 1}
	broken := false // what follows belongs to an event that is counted already
	for pos, n := 0, 0; ; n++ {
		at := nextEvent(s.data, pos)
		if !broken {
			r.between(pos, at)
		}
		if at < 0 {
			return t.frame()
		}
		next, err := r.event(at)
		if err == nil && !utf8.Valid(s.data[at:next]) {
			err = errors.New("text is not UTF-8")
		}
		if broken = err != nil; broken {
			t.drop()
			s.reject(&t.bad, r.lineOf(at), at, next, "%v", err)
		} else {
			t.keep()
		}
		if pos = next; n%1024 == 0 {
			if err := s.decoded(pos, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
}

var eventTag = []byte("<Event")

// nextEvent returns where the next <Event> begins, -1 when there is none.
func nextEvent(data []byte, from int) int {
	for pos := from; ; pos++ {
		i := bytes.Index(data[pos:], eventTag)
		if i < 0 {
			return -1
		}
		pos += i
		if end := pos + len(eventTag); end < len(data) && strings.IndexByte(" \t\r\n>", data[end]) >= 0 {
			return pos
		}
	}
}

// lineOf returns the line of a position that is not before the last one asked for.
func (r *xmlEvents) lineOf(pos int) int {
	if pos > r.lined {
		r.line += bytes.Count(r.source.data[r.lined:pos], []byte{'\n'})
		r.lined = pos
	}
	return r.line
}

// between counts what lies between events and is no markup; to is -1 at the end.
func (r *xmlEvents) between(from, to int) {
	if to < 0 {
		to = len(r.source.data)
	}
	for pos := from; pos < to; {
		switch b := r.source.data[pos]; {
		case b == '<':
			end := bytes.IndexByte(r.source.data[pos:to], '>')
			if end < 0 {
				r.source.reject(&r.table.bad, r.lineOf(pos), pos, to, "a tag does not end: the file is truncated")
				return
			}
			if bytes.Contains(r.source.data[pos:pos+end], []byte(":Event ")) {
				r.source.reject(&r.table.bad, r.lineOf(pos), pos, pos+end+1, "an event whose name has a prefix is not read")
			}
			pos += end + 1
		case strings.IndexByte(" \t\r\n", b) >= 0:
			pos++
		default:
			end := bytes.IndexByte(r.source.data[pos:to], '<')
			if end < 0 {
				end = to - pos
			}
			r.source.reject(&r.table.bad, r.lineOf(pos), pos, pos+end, "text that is in no event")
			pos += end
		}
	}
}

// event reads the event that begins at pos, and returns where to go on.
func (r *xmlEvents) event(pos int) (next int, err error) {
	data := r.source.data
	begin := pos
	r.elements.reset()
	for {
		if pos-begin > maxRecord {
			return pos, fmt.Errorf("event of more than %d bytes", maxRecord)
		}
		tag := bytes.IndexByte(data[pos:min(len(data), begin+maxRecord+1)], '<')
		if tag < 0 {
			if len(data) > begin+maxRecord {
				return begin + maxRecord, fmt.Errorf("event of more than %d bytes", maxRecord)
			}
			return len(data), errors.New("the event does not end: the file is truncated")
		}
		if err := r.put(data[pos : pos+tag]); err != nil {
			return pos + tag, err
		}
		pos += tag
		if pos > begin && nextEvent(data[:min(len(data), pos+len(eventTag)+1)], pos) == pos {
			return pos, errors.New("the event does not end before the next begins")
		}
		if pos, err = r.markup(pos); err != nil {
			return pos, err
		}
		if r.elements.depth == 0 {
			return pos, nil
		}
	}
}

// markup reads the tag, comment or other markup at pos and returns where it ends.
func (r *xmlEvents) markup(pos int) (int, error) {
	data := r.source.data
	for _, m := range []struct{ begin, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}} {
		if !bytes.HasPrefix(data[pos:], []byte(m.begin)) {
			continue
		}
		from := pos + len(m.begin)
		end := bytes.Index(data[from:min(len(data), from+maxRecord)], []byte(m.end))
		if end < 0 {
			return from, fmt.Errorf("%s does not end", m.begin)
		}
		if m.begin == "<![CDATA[" {
			return from + end + len(m.end), r.append(data[from : from+end])
		}
		return from + end + len(m.end), nil
	}
	end := tagEnd(data[:min(len(data), pos+maxRecord)], pos+1)
	if end < 0 {
		return pos + 1, errors.New("a tag does not end: the file is truncated")
	}
	return end + 1, r.tag(data[pos+1 : end])
}

// tagEnd returns where the > of a tag is, beyond its quoted values; -1 when there is none.
func tagEnd(data []byte, from int) int {
	quote := byte(0)
	for i := from; i < len(data); i++ {
		switch b := data[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i
		case b == '<':
			return -1
		}
	}
	return -1
}
