package plotting

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

func TestTraceHoldsEveryProcess(t *testing.T) {
	tree := treeOf(t, nested(9, 4, 6))
	var got struct{ TraceEvents []traceEvent }
	if err := json.Unmarshal(written(t, PlotProcessTree(tree), "json"), &got); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, e := range got.TraceEvents {
		count[e.Phase]++
		if e.Phase == "X" && (e.Start < float64(beginning.UnixMicro()) || e.Duration <= 0 || e.Thread < 1) {
			t.Errorf("the slice %+v has no place in time", e)
		}
	}
	links := 0
	for _, up := range tree.Parents() {
		if up >= 0 {
			links++
		}
	}
	if count["X"] != tree.Len() || count["s"] != links || count["f"] != links {
		t.Errorf("%v events, want %d slices and %d links", count, tree.Len(), links)
	}
}

// traceFields are the fields of each phase that the trace event format has and that this project
// writes; those with false may be left out.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
var traceFields = map[string]map[string]bool{
	"M": {"ph": true, "name": true, "pid": true, "tid": true, "ts": false, "args": true},
	"X": {"ph": true, "name": true, "cat": true, "pid": true, "tid": true, "ts": true, "dur": true, "args": true},
	"s": {"ph": true, "name": true, "cat": true, "pid": true, "tid": true, "ts": true, "id": true},
	"f": {"ph": true, "name": true, "cat": true, "pid": true, "tid": true, "ts": true, "id": true, "bp": true},
}

// TestTraceEventFormat holds traces against the published format: every event has its phase's
// fields with their types and no other, a thread belongs to one process, and the two ends of an arrow lie
// in slices that they can bind to, the first not after the second.
func TestTraceEventFormat(t *testing.T) {
	ends := make([]time.Time, len(office))
	ends[0] = beginning.Add(time.Second) // before its children begin
	for name, f := range map[string]*Figure{
		"office": PlotProcessTree(treeOf(t, office)), "ended": PlotProcessTree(treeOf(t, office, dataframe.Times("ExitTime", ends))),
		"nested": PlotProcessTree(treeOf(t, nested(9, 4, 6))), "hostile": hostileTree(t),
	} {
		events := looseEvents(t, written(t, f, "json"))
		slice := map[float64]map[string]any{} // by its thread
		starts := map[float64]map[string]any{}
		for _, e := range events {
			checkFields(t, name, e)
			switch id, _ := e["id"].(float64); e["ph"] {
			case "X":
				if slice[e["tid"].(float64)] != nil {
					t.Errorf("%s: two slices in the thread %v", name, e["tid"])
				}
				slice[e["tid"].(float64)] = e
			case "s":
				starts[id] = e
				checkBound(t, name, e, slice)
			case "f":
				checkBound(t, name, e, slice)
				if from := starts[id]; from == nil || from["ts"].(float64) > e["ts"].(float64) {
					t.Errorf("%s: the arrow %v begins with %v, want that before %v", name, id, from, e)
				}
				delete(starts, id)
			}
		}
		if len(slice) == 0 || len(starts) != 0 {
			t.Errorf("%s: %d slices, and %d arrows without an end", name, len(slice), len(starts))
		}
	}
}

func looseEvents(t *testing.T, file []byte) []map[string]any {
	t.Helper()
	var got struct {
		Unit   string           `json:"displayTimeUnit"`
		Events []map[string]any `json:"traceEvents"`
	}
	read := json.NewDecoder(bytes.NewReader(file))
	read.DisallowUnknownFields()
	if err := read.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if _, err := read.Token(); err != io.EOF || got.Unit != "ms" && got.Unit != "ns" {
		t.Fatalf("the unit is %q, and behind the object comes %v, want ms or ns, and the file's end", got.Unit, err)
	}
	return got.Events
}

func checkFields(t *testing.T, name string, e map[string]any) {
	t.Helper()
	phase, _ := e["ph"].(string)
	for _, field := range slices.Sorted(maps.Keys(traceFields[phase])) {
		if _, has := e[field]; traceFields[phase][field] && !has {
			t.Errorf("%s: %v has no %s", name, e, field)
		}
	}
	for field, value := range e {
		_, known := traceFields[phase][field]
		number, isNumber := value.(float64)
		text, isText := value.(string)
		_, isObject := value.(map[string]any)
		fits := isText && text != ""
		switch field {
		case "pid", "tid", "id":
			fits = isNumber && number == math.Trunc(number) && number >= 0 && number < math.MaxInt32
		case "ts":
			fits = isNumber && number >= 0
		case "dur":
			fits = isNumber && number > 0
		case "args":
			fits = isObject
		}
		if !known || !fits {
			t.Errorf("%s: an event of phase %q has %s = %v", name, phase, field, value)
		}
	}
}

// checkBound checks that an end of an arrow lies in its thread's slice, which stands before it.
func checkBound(t *testing.T, name string, e map[string]any, slice map[float64]map[string]any) {
	t.Helper()
	s := slice[e["tid"].(float64)]
	if s == nil || s["pid"] != e["pid"] {
		t.Errorf("%s: no slice before the end %v of an arrow", name, e)
		return
	}
	from := s["ts"].(float64)
	if at := e["ts"].(float64); at < from || at > from+s["dur"].(float64) {
		t.Errorf("%s: the arrow's end %v is outside of its slice %v", name, e, s)
	}
}
