package widget

import (
	"slices"
	"sync/atomic"

	"github.com/gophertrees/gopherwood/kernel"
)

// The control comm hands a front end the states of all widgets in one message, when a page
// with widgets is loaded again.
func init() {
	kernel.RegisterTarget(controlTarget, func(comm *kernel.Comm, _ kernel.CommMessage) {
		managed.Store(true)
		comm.OnMessage(func(m kernel.CommMessage) {
			if m.Data["method"] == "request_states" {
				_ = comm.Send(allStates()) // fails when the front end has closed the comm
			}
		})
	})
}

// managed is set when a widget manager has asked for the states.
var managed atomic.Bool

// Managed reports whether a front end that shows widgets has been here: their managers ask for all
// states when they connect. Programs that only run notebooks, such as nbclient, do not, and would
// store the state of what is opened in the notebook.
func Managed() bool { return managed.Load() && kernel.Interactive() }

func allStates() kernel.CommMessage {
	live.Lock()
	widgets := slices.Clone(live.widgets)
	live.Unlock()
	states, allPaths, allBuffers := map[string]any{}, [][]any{}, [][]byte(nil)
	for _, w := range widgets {
		w.mu.Lock()
		values, paths, buffers := packed(w.state, w.ID(), "state")
		states[w.ID()] = map[string]any{
			"model_name": values["_model_name"], "model_module": values["_model_module"],
			"model_module_version": values["_model_module_version"], "state": values,
		}
		w.mu.Unlock()
		allPaths, allBuffers = append(allPaths, paths...), append(allBuffers, buffers...)
	}
	return kernel.CommMessage{
		Data:    map[string]any{"method": "update_states", "states": states, "buffer_paths": allPaths},
		Buffers: allBuffers,
	}
}
