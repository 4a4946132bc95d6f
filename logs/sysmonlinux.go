package logs

import (
	"bytes"
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// The reader of Sysmon for Linux makes one row of each event that syslog holds, with the columns
// of Sysmon on Windows: EventID (1 is a process's start, 5 its end), Computer, TimeCreated,
// UtcTime, ProcessGuid, ProcessId, Image, CommandLine, ParentProcessGuid, ParentProcessId, …
// Lines of other programs are passed, and a note counts them. syslog's own marks for control
// characters (#012 for a new line) stay.
//
// https://github.com/microsoft/SysmonForLinux
var sysmonLinuxFormat = &format{
	Format: Format{"sysmonlinux", "Sysmon for Linux: event XML in syslog lines",
		[]string{".log", ""}, "https://github.com/microsoft/SysmonForLinux"},
	matches: looksLikeSysmonLinux,
	decode:  readSysmonLinux,
}

var (
	eventOpens  = []byte("<Event>")
	eventCloses = []byte("</Event>")
)

// looksLikeSysmonLinux looks for the provider, which other programs' lines may come before.
func looksLikeSysmonLinux(s *source) bool {
	sample := s.sample()
	i := bytes.Index(sample, eventOpens)
	return i >= 0 && bytes.Contains(sample[i:], []byte(`Name="Linux-Sysmon"`))
}

// sysmonReader collects the events' fields.
type sysmonReader struct {
	source  *source
	columns []*cells
	number  map[string]int
	rows    int
	line    int // of position lined
	lined   int
	foreign int // lines without an event
	limit   int // of columns
	dropped int // values of more columns than are kept
	bad     dataframe.BadRecords
	scratch []byte
}

func readSysmonLinux(s *source) (dataframe.DataFrame, error) {
	r := &sysmonReader{source: s, number: map[string]int{}, line: 1, limit: columnLimit(bytes.Count(s.data, eventCloses), len(s.data))}
	for _, name := range []string{"TimeCreated", "EventID", "Computer", "Channel", "Provider", "ProviderGuid", "EventRecordID"} {
		r.column([]byte(name))
	}
	end, after := -1, 0 // of the event that closes next; of the last one
	for {
		i := bytes.Index(s.data[after:], eventOpens)
		if i < 0 {
			r.skip(after, len(s.data))
			return r.frame()
		}
		from := after + i
		r.skip(after, from)
		if end < from {
			if end = bytes.Index(s.data[from:], eventCloses); end < 0 {
				r.reject(from, len(s.data), "the text ends inside an event")
				return r.frame()
			}
			end += from
		}
		after = r.event(from, end)
		if r.rows%1024 == 0 {
			if err := s.decoded(after, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
}

// event reads the event that begins at from, where the next one that is closed ends at end, and
// returns where to go on.
func (r *sysmonReader) event(from, end int) int {
	body := from + len(eventOpens)
	if i := bytes.LastIndex(r.source.data[body:end], eventOpens); i >= 0 {
		r.reject(from, body+i, "the event has no end")
		return body + i
	}
	after := end + len(eventCloses)
	if end-from > maxRecord {
		r.reject(from, after, fmt.Sprintf("record of %d bytes, more than %d", end-from, maxRecord))
		return after
	}
	if fault := r.fields(r.source.data[body:end]); fault != "" {
		for _, c := range r.columns {
			c.codes = c.codes[:min(len(c.codes), r.rows)]
		}
		r.reject(from, after, fault)
		return after
	}
	r.rows++
	return after
}

// skip counts the lines of other programs between events. What comes before an event in its own
// line and after one is syslog's.
func (r *sysmonReader) skip(from, to int) {
	between := r.source.data[from:to]
	i := bytes.IndexByte(between, '\n')
	if i < 0 {
		return
	}
	between = between[i+1:]
	for len(between) > 0 {
		i := bytes.IndexByte(between, '\n')
		line := between
		if i < 0 && to < len(r.source.data) {
			return // the beginning of an event's line
		}
		if i >= 0 {
			line, between = between[:i], between[i+1:]
		} else {
			between = nil
		}
		if len(bytes.TrimSpace(line)) > 0 {
			r.foreign++
		}
	}
}

func (r *sysmonReader) reject(from, to int, reason string) {
	r.line += bytes.Count(r.source.data[r.lined:from], []byte{'\n'})
	r.lined = from
	r.source.reject(&r.bad, r.line, from, to, "%s", reason)
}

// sysmonNames are the columns of attributes, by element and attribute.
var sysmonNames = map[string]string{
	"Provider Name": "Provider", "Provider Guid": "ProviderGuid", "TimeCreated SystemTime": "TimeCreated",
	"Execution ProcessID": "ExecutionProcessID", "Execution ThreadID": "ThreadID", "Security UserId": "UserID",
	"Correlation ActivityID": "ActivityID", "Correlation RelatedActivityID": "RelatedActivityID", "EventID Qualifiers": "Qualifiers",
}

// fields puts the elements of an event into a row, or says what is wrong.
func (r *sysmonReader) fields(text []byte) (fault string) {
	t := tags{text: text}
	for t.next() {
		if string(t.name) == "Data" {
			if key := t.attribute("Name"); key != nil {
				r.set(r.unescaped(key), t.content)
			} else {
				return "a Data element has no Name"
			}
			continue
		}
		for t.nextAttribute() {
			if name, ok := sysmonNames[string(t.name)+" "+string(t.key)]; ok {
				r.set([]byte(name), t.value)
			}
		}
		if t.leaf && len(t.content) > 0 {
			r.set(t.name, t.content)
		}
	}
	if t.broken {
		return "the event is not sound XML"
	}
	return ""
}

// set gives the current row a value; the first of one name counts.
func (r *sysmonReader) set(name, value []byte) {
	c := r.column(name)
	if c == nil {
		r.dropped++
		return
	}
	for len(c.codes) < r.rows {
		c.addNull()
	}
	if len(c.codes) > r.rows {
		r.dropped++
		return
	}
	c.add(r.unescaped(value))
}

func (r *sysmonReader) column(name []byte) *cells {
	if i, ok := r.number[string(name)]; ok {
		return r.columns[i]
	}
	if len(r.columns) >= r.limit {
		return nil
	}
	c := newCells(string(name))
	r.number[c.name] = len(r.columns)
	r.columns = append(r.columns, c)
	return c
}

// frame ends the reading.
func (r *sysmonReader) frame() (dataframe.DataFrame, error) {
	var columns []dataframe.Column
	for _, c := range r.columns {
		for len(c.codes) < r.rows {
			c.addNull()
		}
		columns = append(columns, sysmonColumn(c))
	}
	if len(columns) > 0 { // the name that Microsoft Sentinel gives the time
		columns = append(columns, columns[0].Named("TimeGenerated"))
	}
	var notes []string
	if r.foreign > 0 {
		notes = append(notes, fmt.Sprintf("%d lines hold no event of Sysmon and were passed", r.foreign))
	}
	if r.dropped > 0 {
		notes = append(notes, fmt.Sprintf("%d values were dropped: their event has the same name before them, or the log more than %d names", r.dropped, r.limit))
	}
	return frame(columns, r.bad, notes)
}

// sysmonNumbers are the fields that hold decimal numbers.
var sysmonNumbers = map[string]bool{
	"EventID": true, "Version": true, "Level": true, "Task": true, "Opcode": true, "EventRecordID": true, "ExecutionProcessID": true,
	"ThreadID": true, "ProcessId": true, "ParentProcessId": true, "LogonId": true, "TerminalSessionId": true,
	"SourcePort": true, "DestinationPort": true, "UserID": true,
}

func sysmonColumn(c *cells) dataframe.Column {
	if sysmonNumbers[c.name] {
		if column, ok := intColumn(c.name, c.codes, c.texts); ok {
			return column
		}
	}
	switch c.name {
	case "TimeCreated", "UtcTime", "CreationUtcTime":
		if column, ok := timeColumn(c.name, c.codes, c.texts); ok {
			return column
		}
	}
	return c.soundText()
}
