package plotting

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
)

// traceEvent is an event of the trace event format that Perfetto and Chrome's about:tracing read,
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
type traceEvent struct {
	Phase    string            `json:"ph"`
	Name     string            `json:"name"`
	Category string            `json:"cat,omitempty"`
	Process  int               `json:"pid"` // number of the host
	Thread   int               `json:"tid"` // number of the process in the tree
	Start    float64           `json:"ts"`  // microseconds since 1970
	Duration float64           `json:"dur,omitempty"`
	ID       int               `json:"id,omitempty"`
	Binding  string            `json:"bp,omitempty"`
	Args     map[string]string `json:"args,omitempty"`
}

// writeTrace writes every process as a slice of its own track, from its creation to its end or to
// the last sign of life below it, hosts as the trace's processes, and an arrow from each parent
// to its child. Processes without a time begin with their parents, roots with the log.
func (f *Figure) writeTrace(w io.Writer) error {
	t := f.planned(0)
	out := bufio.NewWriter(w)
	out.WriteString(`{"displayTimeUnit":"ms","traceEvents":[` + "\n")
	first := true
	emit := func(e traceEvent) error {
		line, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if !first {
			out.WriteString(",\n")
		}
		first = false
		_, err = out.Write(line)
		return err
	}
	for _, event := range t.traceEvents() {
		if err := emit(event); err != nil {
			return err
		}
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

func (t *treePicture) traceEvents() []traceEvent {
	p := t.processes
	hosts := map[string]int{}
	starts, durations := p.lifetimes()
	var out []traceEvent
	for i := range p.parent {
		host, known := hosts[p.host[i]]
		if !known {
			host = len(hosts) + 1
			hosts[p.host[i]] = host
			out = append(out, traceEvent{Phase: "M", Name: "process_name", Process: host, Args: map[string]string{"name": visible(p.host[i])}})
		}
		name := t.nameOf(int32(i))
		slice := traceEvent{Phase: "X", Name: name, Category: "process", Process: host, Thread: i + 1, Args: t.traceArgs(int32(i))}
		slice.Start, slice.Duration = starts[i], durations[i]
		out = append(out, traceEvent{Phase: "M", Name: "thread_name", Process: host, Thread: i + 1, Args: map[string]string{"name": name + " " + visible(p.pid[i])}}, slice)
		if up := p.parent[i]; up >= 0 {
			link := traceEvent{Name: "starts", Category: "link", Process: host, ID: i + 1}
			from, to := link, link
			from.Phase, from.Thread = "s", int(up)+1
			to.Phase, to.Thread, to.Binding = "f", i+1, "e"
			// an end outside of its slice binds to nothing, and logs have children of ended processes
			from.Start = max(starts[up], min(slice.Start, starts[up]+durations[up]))
			to.Start = max(slice.Start, from.Start)
			out = append(out, from, to)
		}
	}
	return out
}

// lifetimes returns when each process began, and how long it is known to have run, in microseconds.
func (p *processes) lifetimes() (starts, durations []float64) {
	starts, durations = make([]float64, len(p.time)), make([]float64, len(p.time))
	began := slices.Clone(p.time)
	for i := range began {
		if up := p.parent[i]; began[i].IsZero() && up >= 0 {
			began[i] = began[up]
		}
		if began[i].IsZero() {
			began[i] = p.first
		}
		durations[i] = 1
		if began[i].IsZero() {
			continue // no process of the log has a time
		}
		ended := p.end[i]
		if ended.IsZero() {
			ended = p.alive[i]
		}
		starts[i] = float64(began[i].UnixNano()) / 1e3
		durations[i] = max(1, float64(ended.Sub(began[i]).Nanoseconds())/1e3)
	}
	return starts, durations
}

func (t *treePicture) traceArgs(i int32) map[string]string {
	p := t.processes
	args := map[string]string{"pid": visible(p.pid[i]), "image": visible(p.path[i])}
	for name, value := range map[string]string{"command": p.command[i], "user": p.user[i]} {
		if value != "" {
			args[name] = visible(value)
		}
	}
	if p.inferred[i] {
		args["inferred"] = "not in the log, known from its children"
	}
	return args
}
