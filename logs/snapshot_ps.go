package logs

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// psFormat is what ps prints, with any columns of which one is PID and the last is the command:
// ps -ef, ps aux, ps -eo pid,ppid,lstart,cmd. Only lstart gives whole dates.
var psFormat = &format{
	Format: Format{"ps", "output of ps: ps -ef, ps aux, ps -eo pid,ppid,lstart,cmd",
		[]string{".txt"}, "https://man7.org/linux/man-pages/man1/ps.1.html"},
	matches: func(s *source) bool { return psHeader(firstLine(s.sample())) != nil },
	decode:  readPS,
}

// firstLine returns the first line that is not blank.
func firstLine(data []byte) string {
	data = bytes.TrimLeft(data, "\r\n")
	line, _, _ := bytes.Cut(data, []byte("\n"))
	return strings.TrimSuffix(string(line), "\r")
}

// psCommands are the names that the last column can have.
var psCommands = []string{"CMD", "COMMAND", "ARGS"}

// psHeader returns the columns that the first line names, nil when it is no header of ps.
func psHeader(line string) []string {
	if len(line) > 1000 || strings.ContainsAny(line, ",;\t|") {
		return nil
	}
	names := strings.Fields(line)
	if len(names) < 2 || !slices.Contains(names, "PID") || !slices.Contains(psCommands, names[len(names)-1]) {
		return nil
	}
	return names
}

// lines walks over the lines of a text.
type lines struct {
	data     []byte
	from, to int // of the current line
	next     int
	number   int
}

func (l *lines) advance() bool {
	if l.next >= len(l.data) {
		return false
	}
	l.number++
	l.from, l.to, l.next = l.next, len(l.data), len(l.data)
	if i := bytes.IndexByte(l.data[l.from:], '\n'); i >= 0 {
		l.to, l.next = l.from+i, l.from+i+1
	}
	return true
}

func (l *lines) text() []byte { return bytes.TrimSuffix(l.data[l.from:l.to], []byte("\r")) }

func readPS(s *source) (dataframe.DataFrame, error) {
	l := lines{data: s.data}
	var names []string
	for names == nil && l.advance() {
		if text := string(l.text()); strings.TrimSpace(text) != "" {
			if names = psHeader(text); names == nil {
				return dataframe.DataFrame{}, errors.New("the first line does not name the columns as ps does: PID among them, and CMD or COMMAND at the end")
			}
		}
	}
	if names == nil {
		return dataframe.DataFrame{}, errors.New("the file holds blank lines alone: there is nothing to read")
	}
	t := newSnapshotTable(s, distinctNames(names))
	for l.advance() {
		if text := l.text(); len(bytes.TrimSpace(text)) > 0 {
			t.row(&l, func(line string) ([]string, string) { return psFields(line, names) })
		}
		if l.number%4096 == 0 {
			if err := s.decoded(l.next, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
	return t.frame(commandNames)
}

const lstart = "Mon Jan _2 15:04:05 2006"

// psFields splits a line: words, and the rest of the line for the last column. The column
// STARTED has five words when they are a whole date.
func psFields(line string, names []string) (fields []string, fault string) {
	rest := strings.TrimLeft(line, " ")
	for i, name := range names[:len(names)-1] {
		words := 1
		if name == "STARTED" {
			if _, _, ok := cutWords(rest, 5); ok {
				date, _, _ := cutWords(rest, 5)
				if _, err := time.Parse(lstart, date); err == nil {
					words = 5
				}
			}
		}
		field, after, ok := cutWords(rest, words)
		if !ok {
			return nil, "row has " + strconv.Itoa(i) + " fields, want " + strconv.Itoa(len(names))
		}
		if (name == "PID" || name == "PPID") && !isDigits(field) {
			return nil, name + " is no number: " + dataframe.Clip(field)
		}
		fields, rest = append(fields, field), after
	}
	return append(fields, rest), ""
}

func isDigits(s string) bool {
	_, rest := cutDigits(s)
	return s != "" && rest == "" && len(s) < 19
}

// cutWords cuts the first words of a text, and the blanks behind them.
func cutWords(s string, words int) (before, after string, ok bool) {
	end := 0
	for i := range words {
		if i > 0 {
			for end < len(s) && s[end] == ' ' {
				end++
			}
		}
		start := end
		for end < len(s) && s[end] != ' ' {
			end++
		}
		if start == end {
			return "", s, false
		}
	}
	return s[:end], strings.TrimLeft(s[end:], " "), true
}

// snapshotTable collects the rows of a snapshot in text.
type snapshotTable struct {
	source  *source
	columns []*cells
	bad     dataframe.BadRecords
}

func newSnapshotTable(s *source, names []string) *snapshotTable {
	t := &snapshotTable{source: s}
	for _, name := range names {
		t.columns = append(t.columns, newCells(name))
	}
	return t
}

// row splits the current line and adds it, or counts it as bad.
func (t *snapshotTable) row(l *lines, split func(string) (fields []string, fault string)) {
	var fields []string
	var fault string
	switch text := l.text(); {
	case len(text) > maxRecord:
		fault = "the line is longer than " + strconv.Itoa(maxRecord) + " bytes"
	case !utf8.Valid(text):
		fault = "text is not UTF-8"
	default:
		fields, fault = split(string(text))
	}
	if fault != "" {
		t.source.reject(&t.bad, l.number, l.from, l.to, "%s", fault)
		return
	}
	for i, c := range t.columns {
		if fields[i] == "" {
			c.addNull()
		} else {
			c.addString(fields[i])
		}
	}
}

// frame ends the reading. more, if any, adds columns and notes.
func (t *snapshotTable) frame(more func([]dataframe.Column) ([]dataframe.Column, []string)) (dataframe.DataFrame, error) {
	columns := make([]dataframe.Column, len(t.columns))
	for i, c := range t.columns {
		columns[i] = c.column()
	}
	var notes []string
	if more != nil {
		columns, notes = more(columns)
	}
	df, err := frame(columns, t.bad, notes)
	if err != nil {
		return df, err
	}
	if df.Nrow() == 0 {
		return df, errors.New("the snapshot lists no process")
	}
	return snapshotColumns(df), nil
}

// commandNames adds the column COMM, the first word of the command, when there is none.
func commandNames(columns []dataframe.Column) ([]dataframe.Column, []string) {
	for _, c := range columns {
		if c.Name() == "COMM" {
			return columns, nil
		}
	}
	last := columns[len(columns)-1]
	names := newCells("COMM")
	for i := range last.Len() {
		word, _, _ := cutWords(last.Text(i), 1)
		if last.IsNull(i) {
			names.addNull()
		} else {
			names.addString(word)
		}
	}
	return append(columns, names.text()), []string{"name is the first word of " + last.Name() + ": a path with a blank in it ends there"}
}
