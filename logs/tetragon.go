package logs

import (
	"bytes"

	"github.com/valyala/fastjson"
)

// The Tetragon reader makes one row of each event. event_type says which: process_exec for a
// program's start, process_exit, process_kprobe and others. The fields of the process have their
// own names (exec_id, pid, binary, arguments, start_time, pod_namespace, pod_container_id, …),
// those of its parent begin with parent_, and those of the event itself have theirs (time,
// node_name, function_name, signal, …). exec_id and parent_exec_id are identities: they never
// come again.
//
// https://tetragon.io/docs/reference/grpc-api/
var tetragonFormat = shapedFormat(Format{"tetragon", "Tetragon events: JSON of process_exec, process_exit, …",
	[]string{".json", ".log"}, "https://tetragon.io/docs/reference/grpc-api"}, &shape{is: isTetragon, rows: tetragonRows})

// tetragonEvent finds the member that is the event.
func tetragonEvent(record *fastjson.Value) (name []byte, event *fastjson.Value) {
	o, err := record.Object()
	if err != nil {
		return nil, nil
	}
	o.Visit(func(key []byte, v *fastjson.Value) {
		if event == nil && v.Type() == fastjson.TypeObject && isObject(v.Get("process")) {
			name, event = key, v
		}
	})
	return name, event
}

func isTetragon(record *fastjson.Value) bool {
	name, event := tetragonEvent(record)
	return bytes.HasPrefix(name, []byte("process_")) && isText(event.Get("process"), "exec_id")
}

func tetragonRows(r *records, record *fastjson.Value) (string, error) {
	name, event := tetragonEvent(record)
	if event == nil {
		return "not a Tetragon event: it has no process", nil
	}
	r.begin()
	kind := r.arena.NewStringBytes(name)
	err := firstError(
		func() error { return r.setName("time", record.Get("time")) },
		func() error { return r.setName("event_type", kind) },
		func() error { return r.setName("node_name", record.Get("node_name")) },
		func() error { return r.flatten("", event.Get("process"), tetragonWhole) },
		func() error { return r.flatten("parent_", event.Get("parent"), tetragonWhole) },
		func() error { return r.others(event, "process", "parent") },
		func() error { return r.others(record, "time", "node_name", string(name)) },
	)
	if err == nil {
		r.append()
	}
	return "", err
}

// tetragonWhole are the objects that stay JSON text.
func tetragonWhole(key []byte) bool {
	return endsInLabels(key) || string(key) == "cap" || string(key) == "ns"
}
