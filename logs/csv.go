package logs

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

var csvFormat = &format{
	Format: Format{"csv", "comma-separated values; semicolons and bars are found too",
		[]string{".csv"}, "https://www.rfc-editor.org/rfc/rfc4180"},
	matches: func(s *source) bool {
		s.dropTypeLine()
		if c := firstByte(s.sample()); c == '<' || c == '{' || c == '[' {
			return false
		}
		return sniff(s.sample()) != 0 || oneColumn(s.sample())
	},
	decode: func(s *source) (dataframe.DataFrame, error) {
		s.dropTypeLine()
		comma := sniff(s.sample())
		if comma == 0 {
			comma = ','
		}
		return readTable(s, comma)
	},
}

var tsvFormat = &format{
	Format: Format{"tsv", "tab-separated values, with the quotes of CSV",
		[]string{".tsv", ".tab"}, "https://www.iana.org/assignments/media-types/text/tab-separated-values"},
	matches: func(s *source) bool {
		c := firstByte(s.sample())
		return c != '<' && c != '{' && c != '[' && sniff(s.sample()) == '\t'
	},
	decode: func(s *source) (dataframe.DataFrame, error) { return readTable(s, '\t') },
}

// dropTypeLine drops the first line that Windows PowerShell's Export-Csv writes before the names
// of the columns: "#TYPE " and the class of the objects.
func (s *source) dropTypeLine() {
	line, rest, ok := bytes.Cut(s.data, []byte("\n"))
	if !ok || !bytes.HasPrefix(line, []byte("#TYPE ")) {
		return
	}
	if s.offset >= 0 {
		s.offset += int64(len(line) + 1)
	}
	s.data, s.dropped = rest, s.dropped+1
}

// table reads a table of text.
type table struct {
	source  *source
	scanner scanner
	columns []*cells
	bad     dataframe.BadRecords
	line    int  // of the record that is read
	clean   bool // the whole text is UTF-8
	rescan  int  // bytes that may still be read twice, see resume
}

// readTable reads a table whose first record names the columns.
func readTable(s *source, comma byte) (dataframe.DataFrame, error) {
	t := &table{source: s, scanner: scanner{data: s.data, comma: comma}, line: 1 + s.dropped,
		clean: utf8.Valid(s.data), rescan: 4 * len(s.data)}
	pos, err := t.header()
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	for records := 0; pos < len(s.data); records++ {
		if records%4096 == 0 {
			if err := s.decoded(pos, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
		pos = t.row(pos)
	}
	return t.frame()
}

// frame finds the types of the columns and makes the frame.
func (t *table) frame() (dataframe.DataFrame, error) {
	columns := make([]dataframe.Column, len(t.columns))
	for i, c := range t.columns {
		columns[i], t.columns[i] = c.column(), nil // the texts are not needed twice
		if err := t.source.stopped(); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	columns, labels := unnamedLabels(columns)
	df, err := frame(columns, t.bad, nil)
	if err == nil && labels.Len() > 0 {
		df = df.WithIndex(labels)
	}
	if err == nil {
		df, err = powershellEvents(t.source, df)
	}
	return snapshotColumns(expandEventData(t.source, df)), err
}

// header reads the names of the columns and returns where the rows begin.
func (t *table) header() (pos int, err error) {
	for pos < len(t.source.data) {
		next, lineEnd, fault := t.scanner.record(pos)
		if fault != "" {
			return 0, fmt.Errorf("line %d should name the columns, but %s", t.line, fault)
		}
		if !t.scanner.blank() {
			t.name()
			t.line += t.lines(pos, next, lineEnd)
			return next, nil
		}
		t.line++
		pos = next
	}
	return 0, errors.New("the file holds blank lines alone: there is nothing to read")
}

// name makes the columns that the latest record names.
func (t *table) name() {
	names := make([]string, len(t.scanner.fields))
	for i, f := range t.scanner.fields {
		names[i] = string(f.text)
		if names[i] == "" && i > 0 {
			names[i] = "Unnamed: " + strconv.Itoa(i) // as pandas does
		}
	}
	for _, name := range distinctNames(names) {
		t.columns = append(t.columns, newCells(name))
	}
}

// row reads the record at pos and returns where the next one begins.
func (t *table) row(pos int) int {
	next, lineEnd, fault := t.scanner.record(pos)
	fields := t.scanner.fields
	switch {
	case fault != "":
	case len(fields) != len(t.columns) && t.scanner.blank():
		t.line++
		return next
	case len(fields) != len(t.columns):
		if t.bad.Total < dataframe.KeptBadRecords {
			fault = fmt.Sprintf("row has %d fields, want %d", len(fields), len(t.columns))
		} else {
			fault = "row of another length"
		}
	case !t.clean && !utf8.Valid(t.source.data[pos:next]):
		fault = "text is not UTF-8"
	}
	if fault != "" {
		t.source.reject(&t.bad, t.line, pos, lineEnd, "%s", fault)
		t.line++
		return t.resume(next, lineEnd)
	}
	for i, f := range fields {
		if len(f.text) == 0 && !f.quoted {
			t.columns[i].addNull()
		} else {
			t.columns[i].add(f.text)
		}
	}
	t.line += t.lines(pos, next, lineEnd)
	return next
}

// resume returns where to go on after a bad record. A stray quote makes many lines into one bad
// record, so only the first line is given up and the rest is read again. That is limited, so that
// no file can make the reading quadratic: beyond the limit no record spans lines any more.
func (t *table) resume(next, lineEnd int) int {
	if next > lineEnd {
		t.rescan -= next - lineEnd
		t.scanner.oneLine = t.rescan < 0
	}
	return lineEnd
}

// lines counts the lines from pos to next.
func (t *table) lines(pos, next, lineEnd int) int {
	if next <= lineEnd {
		return 1
	}
	return bytes.Count(t.source.data[pos:next], []byte{'\n'})
}
