package logs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// The functions of this file have the names of msticpy's auditd reader.
// https://msticpy.readthedocs.io/en/latest/data_acquisition/AuditdExtract.html

// ExtractOptions changes what [ReadFromFile] and [ExtractEventsToDF] give. Its zero value is the
// default.
type ExtractOptions struct {
	// InputColumn holds the records of an event in each row; "" means AuditdMessage.
	InputColumn string

	// EventType is the only type of event to keep, such as SYSCALL_EXECVE; "" keeps all.
	EventType string
}

// ReadFromFile reads a Linux audit log, and picks one type of event. [OpenFiles] reads the parts
// of one that was rotated.
func ReadFromFile(path string, options ...ExtractOptions) (dataframe.DataFrame, error) {
	df, err := Open(path, Options{Format: auditdFormat.Name})
	if err != nil {
		return df, err
	}
	return picked(df, oneExtract(options).EventType)
}

// GetEventSubset returns the events of one type of an audit log, without the columns that they
// leave empty. The type SYSCALL_EXECVE are the starts of programs.
func GetEventSubset(df dataframe.DataFrame, eventType string) dataframe.DataFrame {
	out := df.Where(dataframe.Eq("EventType", eventType))
	var empty []string
	for _, c := range out.Columns() {
		if c.Nulls() == c.Len() && c.Len() > 0 {
			empty = append(empty, c.Name())
		}
	}
	return out.Drop(empty...)
}

// picked is [GetEventSubset] for a type that must be there.
func picked(df dataframe.DataFrame, eventType string) (dataframe.DataFrame, error) {
	if eventType == "" {
		return df, nil
	}
	types := df.Col("EventType").Strings()
	if slices.Contains(types, eventType) {
		return GetEventSubset(df, eventType), nil
	}
	slices.Sort(types)
	return dataframe.DataFrame{}, fmt.Errorf("no event is a %s: the log has %s", dataframe.Clip(eventType), strings.Join(slices.Compact(types), " "))
}

// UnpackAuditd splits the fields of one event's records, which are given as Microsoft Sentinel
// and msticpy keep them: for each record its type and its words, "pid=1". Arguments, titles and
// commands in hexadecimal are decoded; a word without = has the value nil; of several records of
// one type the last counts.
func UnpackAuditd(records []map[string][]string) map[string]map[string]any {
	out := map[string]map[string]any{}
	for _, record := range records {
		for kind, words := range record {
			fields := make(map[string]any, len(words))
			for _, word := range words {
				key, value, ok := strings.Cut(word, "=")
				if !ok {
					fields[key] = nil
					continue
				}
				fields[key] = unpacked(kind, key, value)
			}
			out[kind] = fields
		}
	}
	return out
}

func unpacked(kind, key, value string) string {
	if strings.HasPrefix(value, `"`) || !inHex(kind, key) {
		return strings.Trim(value, `"`)
	}
	var scratch []byte
	text, _ := unhex([]byte(value), &scratch)
	return string(text)
}

// inHex reports whether a field without quotes is in hexadecimal.
func inHex(kind, key string) bool {
	switch kind {
	case "EXECVE":
		_, ok := parseArgument([]byte(key))
		return ok
	case "PROCTITLE":
		return key == "proctitle"
	case "USER_CMD":
		return key == "cmd"
	}
	return false
}

// ExtractEventsToDF makes events of a table that has the records of an event in each row, as
// Microsoft Sentinel's query and msticpy keep them: mssg_id is the event's time and serial, and
// the input column holds its records, in JSON or as Python writes them:
//
//	[{'SYSCALL': ['arch=c000003e', 'syscall=59', …]}, {'EXECVE': ['argc=3', …]}, …]
//
// The result has the table's other columns, too, under NAME_x where an event has a field of that
// name; TimeGenerated is the event's own time. Rows that cannot be read are bad records.
func ExtractEventsToDF(df dataframe.DataFrame, options ...ExtractOptions) (dataframe.DataFrame, error) {
	o := oneExtract(options)
	if o.InputColumn == "" {
		o.InputColumn = "AuditdMessage"
	}
	messages, ids := df.Col(o.InputColumn), df.Col("mssg_id")
	b := newAuditBuilder(columnLimit(df.Nrow(), 0), false)
	types := &auditCollector{byName: map[string]*auditRecordType{}}
	var bad dataframe.BadRecords
	var rows []int32
	for i := range df.Nrow() {
		reason := b.extract(types, ids.Text(i), messages.Text(i))
		if reason != "" {
			bad.Add(dataframe.BadRecord{Line: int64(i + 1), Offset: -1, Reason: reason, Text: messages.Text(i)})
			continue
		}
		rows = append(rows, int32(i))
	}
	events, err := frame(b.columns(), bad, b.notes())
	if err != nil || len(rows) == 0 {
		return events, err
	}
	return picked(besides(events, df.Take(rows), o.InputColumn), o.EventType)
}

// extract makes one event of the records in text, or says why it cannot.
func (b *auditBuilder) extract(types *auditCollector, id, text string) string {
	var h auditHeader
	stamp := id
	if !strings.Contains(stamp, ":") {
		stamp += ":0"
	}
	if !h.stamp([]byte(stamp)) || h.interpreted {
		return "mssg_id is not seconds.milliseconds:serial but " + dataframe.Clip(id)
	}
	var records []auditRecord
	wrong := auditRecords(text, func(kind string, words []string) {
		records = append(records, auditRecord{kind: types.recordType([]byte(kind)), body: []byte(strings.Join(words, " "))})
	})
	if wrong == "" && len(records) == 0 {
		wrong = "the list of audit records is empty"
	}
	if wrong != "" {
		return wrong
	}
	b.event(auditEvent{h.nanos, h.serial, -1}, "", records)
	return ""
}

// besides adds the columns that the events came with.
func besides(events, table dataframe.DataFrame, input string) dataframe.DataFrame {
	empty := events.Has("Computer") && events.Col("Computer").Nulls() == events.Nrow()
	for _, c := range table.Columns() {
		name := c.Name()
		switch {
		case name == input || name == "TimeGenerated":
			continue
		case name == "mssg_id" || name == "Computer" && empty:
		default:
			for events.Has(name) {
				name += "_x"
			}
		}
		events = events.With(name, c.Named(name))
	}
	return events
}

func oneExtract(options []ExtractOptions) ExtractOptions {
	switch len(options) {
	case 0:
		return ExtractOptions{}
	case 1:
		return options[0]
	}
	panic(&dataframe.UsageError{Message: "give one logs.ExtractOptions, not several: put all settings into it"})
}
