package notebook

import (
	"sync"

	"github.com/gophertrees/gopherwood/kernel"
)

// recorder is the sink of a session: it stores what cells publish as their outputs, by the
// rules of nbclient, except that neighbouring texts become one output for each stream, stdout
// first: how they alternate depends on time, and a stored notebook should not. The parent of
// a message is its cell.
type recorder struct {
	mu       sync.Mutex
	displays map[string][]display // by display id
	clearing map[*Cell]bool       // cells whose next output removes the earlier ones
}

// display is an output that may be updated later.
type display struct {
	cell   *Cell
	output map[string]any
}

func newRecorder() *recorder {
	return &recorder{displays: map[string][]display{}, clearing: map[*Cell]bool{}}
}

// Publish implements kernel.Sink.
func (r *recorder) Publish(parent any, content kernel.Content) {
	cell, ok := parent.(*Cell)
	if !ok {
		return // printed before the first cell
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch c := content.(type) {
	case kernel.Stream:
		r.stream(cell, c)
	case kernel.DisplayData:
		r.update(c.Data)
		r.add(cell, output("display_data", c.Data), c.DisplayID())
	case kernel.UpdateDisplayData:
		r.update(c.Data)
	case kernel.ExecuteResult:
		out := output("execute_result", c.Data)
		out["execution_count"] = c.ExecutionCount
		r.update(c.Data)
		r.add(cell, out, c.DisplayID())
	case kernel.ErrorOutput:
		r.add(cell, map[string]any{"output_type": "error", "ename": c.Name, "evalue": c.Value, "traceback": plain(c.Traceback)}, "")
	case kernel.ClearOutputs:
		if c.Wait {
			r.clearing[cell] = true
		} else {
			r.clear(cell)
		}
	}
}

func output(kind string, d kernel.Data) map[string]any {
	return map[string]any{"output_type": kind, "data": plain(d.Data), "metadata": plain(d.Metadata)}
}

func (r *recorder) stream(cell *Cell, s kernel.Stream) {
	if !r.clearing[cell] {
		for i := len(cell.Outputs) - 1; i >= 0 && cell.Outputs[i]["output_type"] == "stream"; i-- {
			if cell.Outputs[i]["name"] == s.Name {
				cell.Outputs[i]["text"] = textOf(cell.Outputs[i]["text"]) + s.Text
				return
			}
		}
	}
	r.add(cell, map[string]any{"output_type": "stream", "name": s.Name, "text": s.Text}, "")
	if n := len(cell.Outputs); n > 1 && s.Name == "stdout" && cell.Outputs[n-2]["output_type"] == "stream" {
		cell.Outputs[n-2], cell.Outputs[n-1] = cell.Outputs[n-1], cell.Outputs[n-2]
	}
}

func (r *recorder) add(cell *Cell, out map[string]any, displayID string) {
	if r.clearing[cell] {
		r.clear(cell)
	}
	cell.Outputs = append(cell.Outputs, out)
	if displayID != "" {
		r.displays[displayID] = append(r.displays[displayID], display{cell, out})
	}
}

// update replaces the forms of all outputs with the same display id, in the whole notebook.
func (r *recorder) update(d kernel.Data) {
	for _, shown := range r.displays[d.DisplayID()] {
		shown.output["data"], shown.output["metadata"] = plain(d.Data), plain(d.Metadata)
	}
}

func (r *recorder) clear(cell *Cell) {
	delete(r.clearing, cell)
	cell.Outputs = nil
	for id, shown := range r.displays {
		var kept []display
		for _, d := range shown {
			if d.cell != cell {
				kept = append(kept, d)
			}
		}
		r.displays[id] = kept
	}
}
