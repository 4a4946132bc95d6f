package logs

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// jsonEvents makes JSON records rows of events.
type jsonEvents struct {
	table    *eventTable
	elements elements
	message  messageFields
	data     dataText
	clock    clock
	scratch  []byte
	err      error // the first of the current record
}

func newJSONEvents(s *source) *jsonEvents {
	t := newEventTable(s)
	return &jsonEvents{table: t, elements: elements{table: t}, message: messageFields{table: t, filled: map[string]int{}}, data: newDataText(s)}
}

// record makes one record a row.
func (j *jsonEvents) record(v *fastjson.Value) error {
	j.err = nil
	j.elements.reset()
	if inner := hit(v); inner != v {
		j.each(v, func(key string, v *fastjson.Value) {
			if v != inner {
				j.field(key, v)
			}
		})
		v = inner
	}
	switch shapeOf(v) {
	case winlogbeatShape:
		j.winlogbeat(v)
	case beatsSixShape:
		j.winlog("", v)
	case elementsShape:
		j.event(v)
	case nxlogShape:
		j.renamed(v, nxlogNames)
		j.clock.nxlog(j, v)
	case powershellShape:
		j.renamed(v, powershellNames)
	default:
		j.renamed(v, nil)
	}
	if j.err == nil && len(j.table.pending) == 0 {
		j.err = errors.New("the record has no field")
	}
	if j.err == nil {
		j.err = j.data.fill(j.table)
	}
	if j.err == nil {
		j.err = j.message.fill()
	}
	if j.err != nil {
		j.table.drop()
		return j.err
	}
	j.table.keep()
	return nil
}

// frame ends the reading.
func (j *jsonEvents) frame(bad dataframe.BadRecords) (dataframe.DataFrame, error) {
	j.table.bad = bad
	j.table.notes = append(j.table.notes, j.data.notes()...)
	j.table.notes = append(j.table.notes, j.message.notes()...)
	j.table.notes = append(j.table.notes, j.clock.notes()...)
	return j.table.frame()
}

// each visits the members of an object.
func (j *jsonEvents) each(v *fastjson.Value, visit func(key string, v *fastjson.Value)) {
	object, err := v.Object()
	if err != nil {
		return
	}
	object.Visit(func(key []byte, v *fastjson.Value) {
		if j.err == nil {
			visit(string(key), v)
		}
	})
}

// field gives the event a value; null is none, and an object or array is kept as JSON.
func (j *jsonEvents) field(name string, v *fastjson.Value) {
	text, ok := j.textOf(v)
	if !ok || j.err != nil {
		return
	}
	if !validName(name) {
		j.err = fmt.Errorf("the name of a field has %d bytes", len(name))
		return
	}
	j.err = j.table.set(name, text)
}

// maxName is the length of the names of fields that are read.
const maxName = 1024

func validName(name string) bool { return len(name) <= maxName }

// textOf returns a value's text.
func (j *jsonEvents) textOf(v *fastjson.Value) ([]byte, bool) {
	switch v.Type() {
	case fastjson.TypeNull:
		return nil, false
	case fastjson.TypeString:
		text, _ := v.StringBytes()
		return text, true
	case fastjson.TypeNumber:
		if fault := badNumber(v, &j.scratch); fault != "" {
			j.err = errors.New(fault)
		}
	}
	j.scratch = v.MarshalTo(j.scratch[:0])
	return j.scratch, true
}

// winlogNames are the columns of winlogbeat's fields.
// https://www.elastic.co/guide/en/beats/winlogbeat/current/exported-fields-winlog.html
var winlogNames = map[string]string{
	"@timestamp": "TimeCreated", "message": "Message", "event_id": "EventID", "computer_name": "Computer",
	"channel": "Channel", "log_name": "Channel", "provider_name": "Provider", "source_name": "Provider",
	"provider_guid": "ProviderGuid", "record_id": "EventRecordID", "record_number": "EventRecordID",
	"activity_id": "ActivityID", "related_activity_id": "RelatedActivityID", "version": "Version",
	"process.pid": "ExecutionProcessID", "process.thread.id": "ThreadID", "process_id": "ExecutionProcessID",
	"thread_id": "ThreadID", "user.identifier": "UserID", "opcode": "OpcodeText", "task": "TaskText",
}

// winlogbeat reads an event whose Windows fields are under "winlog", nested or with dots.
func (j *jsonEvents) winlogbeat(v *fastjson.Value) {
	j.each(v, func(key string, v *fastjson.Value) {
		switch {
		case key == "winlog" && v.Type() == fastjson.TypeObject:
			j.winlog("", v)
		case strings.HasPrefix(key, "winlog."):
			j.winlogField(strings.TrimPrefix(key, "winlog."), v)
		case key == "@timestamp" || key == "message":
			j.field(winlogNames[key], v)
		default:
			j.field(key, v)
		}
	})
}

// winlog reads the fields under "winlog"; path is that of the object that is read.
func (j *jsonEvents) winlog(path string, v *fastjson.Value) {
	j.each(v, func(key string, v *fastjson.Value) { j.winlogField(path+key, v) })
}

func (j *jsonEvents) winlogField(path string, v *fastjson.Value) {
	section, name, _ := strings.Cut(path, ".")
	switch {
	case v.Type() == fastjson.TypeObject && strings.Count(path, ".") < 4:
		j.winlog(path+".", v)
	case section == "event_data" && name != "":
		j.field(dataColumn("EventData", name), v)
	case section == "user_data" && name != "":
		j.field(dataColumn("UserData", name), v)
	case winlogNames[path] != "":
		j.field(winlogNames[path], v)
	default:
		j.field("winlog."+path, v)
	}
}

// nxlogNames and powershellNames are the columns of the fields that are named otherwise there.
// NXLog's own ProcessID is the process that logged, as is ProcessId in PowerShell: never the
// process that the event is about.
// https://docs.nxlog.co/refman/current/im/msvistalog.html
// https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord
var (
	nxlogNames = map[string]string{
		"Hostname": "Computer", "SourceName": "Provider", "RecordNumber": "EventRecordID", "ProcessID": "ExecutionProcessID",
	}
	powershellNames = map[string]string{
		"Id": "EventID", "ProviderName": "Provider", "ProviderId": "ProviderGuid", "LogName": "Channel", "MachineName": "Computer",
		"RecordId": "EventRecordID", "ProcessId": "ExecutionProcessID", "ThreadId": "ThreadID", "UserId": "UserID",
		"ActivityId": "ActivityID", "RelatedActivityId": "RelatedActivityID",
	}
)

// renamed reads a flat event. A field is not renamed into one that the event has as well.
func (j *jsonEvents) renamed(v *fastjson.Value, names map[string]string) {
	j.each(v, func(key string, value *fastjson.Value) {
		if name := names[key]; name != "" && !v.Exists(name) {
			key = name
		}
		if key == "TimeCreated" {
			j.time(value)
			return
		}
		if sid := value.Get("Value"); key == "UserID" && sid != nil {
			value = sid // an object with the identifier's length and domain
		}
		j.field(key, value)
	})
}
