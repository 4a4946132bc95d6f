package logs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// messageFields finds fields in the text of an event, for shippers that drop some of the fields
// themselves. Only what the event lacks is taken, and how much is counted. The text holds command
// lines, so the attacker writes it, too: a name that comes twice is not taken, since one of the
// two may be part of a command line.
type messageFields struct {
	table     *eventTable
	filled    map[string]int // by column
	ambiguous int
}

// maxMessage is the length of a text that is searched.
const maxMessage = 1 << 20

// fill gives the current event the fields that only its text has.
func (m *messageFields) fill() error {
	message, ok := m.table.value("Message")
	if !ok || len(message) > maxMessage {
		return nil
	}
	provider, _ := m.table.value("Provider")
	id, _ := m.table.value("EventID")
	var found []messageField
	switch {
	case strings.Contains(string(provider), "Sysmon"):
		found = sysmonFields(string(message))
	case string(id) == "4688" || string(id) == "4689":
		found = securityFields(string(message))
	}
	for i, f := range found {
		if _, there := m.table.value(f.column); there || f.value == "" {
			continue
		}
		same := func(o messageField) bool { return o.column == f.column }
		if slices.ContainsFunc(found[i+1:], same) || slices.ContainsFunc(found[:i], same) {
			m.ambiguous++
			continue
		}
		if err := m.table.set(f.column, []byte(f.value)); err != nil {
			return err
		}
		m.filled[f.column]++
	}
	return nil
}

func (m *messageFields) notes() (notes []string) {
	notes = filledNotes(m.filled, "Message")
	if m.ambiguous > 0 {
		notes = append(notes, fmt.Sprintf("%d values of Message come twice in it and were not taken: one may be part of a command line", m.ambiguous))
	}
	return notes
}

// filledNotes says how many values of each column were found in the text of another.
func filledNotes(filled map[string]int, source string) []string {
	var parts []string
	for _, column := range slices.Sorted(maps.Keys(filled)) {
		parts = append(parts, fmt.Sprintf("%s %d", dataframe.Clip(column), filled[column]))
	}
	const shown = 40
	if len(parts) > shown {
		parts = append(parts[:shown], fmt.Sprintf("and %d more", len(parts)-shown))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"values from the text of " + source + ", which the records do not have as fields: " + strings.Join(parts, ", ")}
}

// messageField is a field in the text of an event.
type messageField struct{ column, value string }

// messageLines calls each for the lines of a text, with where they begin and end.
func messageLines(message string, each func(line string, from, to int)) {
	for from := 0; from <= len(message); {
		to := len(message)
		if i := strings.IndexByte(message[from:], '\n'); i >= 0 {
			to = from + i
		}
		each(strings.TrimSuffix(message[from:to], "\r"), from, to)
		from = to + 1
	}
}

// sysmonFields reads "Name: value" lines; a line of another kind belongs to the value before it.
func sysmonFields(message string) (fields []messageField) {
	begin := 0
	messageLines(message, func(line string, from, to int) {
		name, value, ok := strings.Cut(line, ":")
		switch {
		case ok && isFieldName(name) && (value == "" || value[0] == ' ') && from > 0:
			begin = from + len(name) + 1
			fields = append(fields, messageField{name, strings.TrimPrefix(value, " ")})
		case len(fields) > 0 && line != "":
			fields[len(fields)-1].value = strings.TrimPrefix(strings.TrimSuffix(message[begin:to], "\r"), " ")
		}
	})
	return fields
}

// isFieldName reports whether a text is a name as Sysmon's fields have.
func isFieldName(s string) bool {
	if s == "" || len(s) > 40 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) < 0
}

// securityLabels are the fields behind the labels of the English text of 4688 and 4689.
// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4688
var securityLabels = map[[2]string]string{
	{"Subject", "Security ID"}: "SubjectUserSid", {"Subject", "Account Name"}: "SubjectUserName",
	{"Subject", "Account Domain"}: "SubjectDomainName", {"Subject", "Logon ID"}: "SubjectLogonId",
	{"Target Subject", "Security ID"}: "TargetUserSid", {"Target Subject", "Account Name"}: "TargetUserName",
	{"Target Subject", "Account Domain"}: "TargetDomainName", {"Target Subject", "Logon ID"}: "TargetLogonId",
	{"Process Information", "New Process ID"}: "NewProcessId", {"Process Information", "New Process Name"}: "NewProcessName",
	{"Process Information", "Token Elevation Type"}: "TokenElevationType", {"Process Information", "Mandatory Label"}: "MandatoryLabel",
	{"Process Information", "Creator Process ID"}: "ProcessId", {"Process Information", "Creator Process Name"}: "ParentProcessName",
	{"Process Information", "Process Command Line"}: "CommandLine", {"Process Information", "Process ID"}: "ProcessId",
	{"Process Information", "Process Name"}: "ProcessName", {"Process Information", "Exit Status"}: "Status",
}

// securityFields reads sections of lines of a tab, a label, tabs and a value.
func securityFields(message string) (fields []messageField) {
	section := ""
	messageLines(message, func(line string, _, _ int) {
		if !strings.HasPrefix(line, "\t") {
			if name, ok := strings.CutSuffix(line, ":"); ok {
				section = strings.TrimPrefix(name, "Creator ")
			}
			return
		}
		label, value, ok := strings.Cut(strings.TrimPrefix(line, "\t"), ":")
		if column := securityLabels[[2]string{section, label}]; ok && column != "" {
			fields = append(fields, messageField{column, strings.TrimLeft(value, "\t")})
		}
	})
	return fields
}
