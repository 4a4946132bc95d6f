package logs

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// wmilistFormat is a list of processes with a line for each property and a blank line between
// processes, as "Get-WmiObject Win32_Process | Format-List *", Get-CimInstance and
// "wmic process list full" print it.
var wmilistFormat = &format{
	Format: Format{"wmilist", "processes of WMI as a list: Get-WmiObject Win32_Process | fl, wmic list",
		[]string{".txt"}, "https://learn.microsoft.com/windows/win32/cimwin32prov/win32-process"},
	matches: func(s *source) bool {
		sample := s.sample()
		return propertyLine.MatchString(firstLine(sample)) && processID.Match(sample)
	},
	decode: readWMIList,
}

var (
	propertyLine = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]*)(?: *: ?|=)(.*)$`)
	processID    = regexp.MustCompile(`(?m)^(ProcessId|Handle) *[:=]`)
)

// maxProperties is the number of properties of a process; Win32_Process has 60.
const maxProperties = 1000

func readWMIList(s *source) (dataframe.DataFrame, error) {
	r := &wmiList{table: newEventTable(s)}
	for l := (lines{data: s.data}); l.advance(); {
		r.line(l)
		if l.number%4096 == 0 {
			if err := s.decoded(l.next, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
	return r.frame()
}

// wmiList collects the properties of one process after another.
type wmiList struct {
	table   *eventTable
	begin   lines // of the current process
	count   int   // properties of the current process
	indent  int   // where values begin, 0 with "="
	name    string
	value   []byte // of the open property
	wrapped int
	fault   string
}

// line reads one line.
func (r *wmiList) line(l lines) {
	text := bytes.TrimRight(l.text(), "\r")
	switch m := propertyLine.FindSubmatchIndex(text); {
	case len(bytes.TrimSpace(text)) == 0:
		r.process()
	case r.count > 0 && r.indent > 0 && len(text) > r.indent && len(bytes.TrimSpace(text[:r.indent])) == 0:
		r.value = append(r.value, text[r.indent:]...)
		r.wrapped++
		if !utf8.Valid(text) || len(r.value) > maxRecord {
			r.fault = fmt.Sprintf("line %d is not UTF-8, or the value is longer than %d bytes", l.number, maxRecord)
		}
	case m == nil || !utf8.Valid(text) || len(text) > maxRecord:
		r.start(l)
		r.fault = fmt.Sprintf("line %d is neither a property nor the rest of one", l.number)
	default:
		r.property()
		r.start(l)
		if r.count == maxProperties {
			r.fault = fmt.Sprintf("more than %d properties", maxProperties)
		}
		r.name, r.value, r.indent = string(text[m[2]:m[3]]), append(r.value[:0], text[m[4]:m[5]]...), 0
		if text[m[4]-1] != '=' {
			r.indent = m[4]
		}
	}
}

// start notes where a process begins.
func (r *wmiList) start(l lines) {
	if r.count++; r.count == 1 {
		r.begin = l
	}
}

// property ends the open property. An empty value is none.
func (r *wmiList) property() {
	if r.name != "" && len(r.value) > 0 && r.fault == "" {
		if err := r.table.set(r.name, r.value); err != nil {
			r.fault = err.Error()
		}
	}
	r.name = ""
}

// process ends the current process.
func (r *wmiList) process() {
	r.property()
	switch {
	case r.count == 0:
	case r.fault != "":
		r.table.drop()
		r.table.source.reject(&r.table.bad, r.begin.number, r.begin.from, r.begin.to, "%s", r.fault)
	default:
		r.table.keep()
	}
	r.count, r.fault = 0, ""
}

func (r *wmiList) frame() (dataframe.DataFrame, error) {
	r.process()
	if r.wrapped > 0 {
		r.table.notes = append(r.table.notes, fmt.Sprintf("%d lines go on with the value before them, where PowerShell broke it: joined without a blank", r.wrapped))
	}
	t := r.table
	columns := make([]dataframe.Column, 0, len(t.columns))
	for _, c := range t.columns {
		if c.pad(t.rows); len(c.texts) > 0 {
			columns = append(columns, c.eventColumn())
		}
	}
	df, err := frame(columns, t.bad, t.notes)
	if err != nil {
		return df, err
	}
	if df.Nrow() == 0 {
		return df, fmt.Errorf("the list holds no process")
	}
	return snapshotColumns(df), nil
}
