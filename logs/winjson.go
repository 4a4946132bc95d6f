package logs

import (
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// winjsonFormat is Windows events as shippers write them into JSON, one in a line or in an array.
// They get the columns that the event log itself gives ([systemColumns] and the names of
// EventData); what a shipper adds keeps its own name. Each event's shape is found on its own.
var winjsonFormat = &format{
	Format: Format{"winjson", "Windows events as JSON: winlogbeat, NXLog, evtx_dump, Get-WinEvent",
		[]string{".jsonl", ".json"}, "https://www.elastic.co/guide/en/beats/winlogbeat/current/exported-fields-winlog.html"},
	matches: func(s *source) bool {
		first := firstObject(s)
		return first != nil && shapeOf(first) != unknownShape
	},
	streams: streamsRecords,
	decode: func(s *source) (dataframe.DataFrame, error) {
		r := newRecords(s)
		r.events = newJSONEvents(s)
		if c := (&cursor{data: s.data}); c.skipRecordLine() {
			return r.numbered()
		}
		return r.objects()
	},
}

// shipper is the way in which a shipper writes an event.
type shipper int

const (
	unknownShape    shipper = iota
	winlogbeatShape         // {"winlog": {"event_id": …, "event_data": {…}}}
	beatsSixShape           // the same without "winlog", before version 7
	elementsShape           // {"Event": {"System": {…}, "EventData": {…}}}, as the XML is
	nxlogShape              // {"EventID": …, "Hostname": …, "Image": …}
	powershellShape         // {"Id": …, "MachineName": …, "Message": …}
)

// shapes are the keys by which an event's shape is known.
var shapes = []struct {
	shipper shipper
	keys    []string
}{
	{winlogbeatShape, []string{"winlog"}},
	{beatsSixShape, []string{"event_id", "computer_name"}},
	{elementsShape, []string{"Event"}},
	{elementsShape, []string{"System", "EventData"}},
	{elementsShape, []string{"System", "UserData"}},
	{nxlogShape, []string{"EventID", "SourceName", "Hostname"}},
	{nxlogShape, []string{"EventID", "Channel", "Hostname"}},
	{powershellShape, []string{"Id", "ProviderName", "LogName", "MachineName"}},
}

func shapeOf(v *fastjson.Value) shipper {
	for _, s := range shapes {
		if !slices.ContainsFunc(s.keys, func(key string) bool { return !v.Exists(key) }) && complete(s.shipper, v) {
			return s.shipper
		}
	}
	if hasPrefixedKey(v, "winlog.") {
		return winlogbeatShape
	}
	return unknownShape
}

// complete reports whether the parts that a shape has are objects.
func complete(s shipper, v *fastjson.Value) bool {
	switch s {
	case winlogbeatShape:
		return v.GetObject("winlog") != nil
	case elementsShape:
		return v.GetObject("Event", "System") != nil || v.GetObject("System") != nil
	}
	return true
}

func hasPrefixedKey(v *fastjson.Value, prefix string) (found bool) {
	if object, err := v.Object(); err == nil {
		object.Visit(func(key []byte, _ *fastjson.Value) { found = found || strings.HasPrefix(string(key), prefix) })
	}
	return found
}

// hit returns the record inside of one that Elasticsearch wraps.
func hit(v *fastjson.Value) *fastjson.Value {
	if inner := v.Get("_source"); inner != nil && inner.Type() == fastjson.TypeObject {
		return inner
	}
	return v
}

// firstObject returns the first object of a text of JSON, nil when there is none that is sound.
func firstObject(s *source) *fastjson.Value {
	c := cursor{data: s.data[:min(len(s.data), maxRecord)]}
	if !c.skipRecordLine() && c.blanks() == '[' {
		c.pos++
	}
	if c.blanks() != '{' {
		return nil
	}
	from, to, ok := c.value()
	if !ok {
		return nil
	}
	v, err := fastjson.ParseBytes(c.data[from:to])
	if err != nil {
		return nil
	}
	return hit(v)
}
