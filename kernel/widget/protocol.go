package widget

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/gophertrees/gopherwood/kernel"
)

const (
	widgetTarget  = "jupyter.widget"
	controlTarget = "jupyter.widget.control"
	version       = "2.1.0"

	methodUpdate       = "update"
	methodEcho         = "echo_update"
	methodCustom       = "custom"
	methodRequestState = "request_state"
)

// live are the widgets that are open, in the order in which they were opened.
var live struct {
	sync.Mutex
	widgets []*Widget
}

// Open makes the model known to the front ends without displaying a view. anywidget then runs the
// module's initialize({model}), which may draw in what is on the page already. Displaying a widget
// opens it, too. It does nothing when the widget is open, or when no front end is there.
func (w *Widget) Open() error {
	children, first := w.beginOpening()
	if !first {
		return nil
	}
	err := openAll(children)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		values, paths, buffers := packed(w.state)
		err = w.comm.Open(kernel.CommMessage{
			Data:     map[string]any{"state": values, "buffer_paths": paths},
			Metadata: map[string]any{"version": version},
			Buffers:  buffers,
		})
	}
	if err != nil {
		w.phase = unknown
		return err
	}
	w.phase = known
	live.Lock()
	defer live.Unlock()
	live.widgets = append(live.widgets, w)
	return nil
}

// beginOpening is false when there is nothing to do. No lock is held while the children open,
// so that widgets which contain each other do no harm.
func (w *Widget) beginOpening() (children []*Widget, first bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.phase != unknown || !kernel.Interactive() {
		return nil, false
	}
	w.phase = opening
	return w.children, true
}

func openAll(widgets []*Widget) error {
	for _, w := range widgets {
		if err := w.Open(); err != nil {
			return err
		}
	}
	return nil
}

func (w *Widget) isKnown() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.phase == known
}

// forget marks the widget as closed.
func (w *Widget) forget() {
	w.mu.Lock()
	w.phase = unknown
	w.mu.Unlock()
	live.Lock()
	defer live.Unlock()
	live.widgets = slices.DeleteFunc(live.widgets, func(other *Widget) bool { return other == w })
}

// receive takes one message of the front end.
func (w *Widget) receive(m kernel.CommMessage) {
	switch m.Data["method"] {
	case methodUpdate:
		if err := w.change(m); err != nil {
			fmt.Fprintf(os.Stderr, "widget %s: a change was dropped: %v\n", w.name, err)
		}
	case methodRequestState:
		w.mu.Lock()
		answer := stateMessage(methodUpdate, w.state)
		w.mu.Unlock()
		_ = w.comm.Send(answer) // fails when the widget was closed meanwhile
	case methodCustom:
		w.mu.Lock()
		handle := w.onCustom
		w.mu.Unlock()
		if handle != nil {
			handle(m.Data["content"], m.Buffers)
		}
	}
}

// change takes over what the browser has changed, tells the other front ends, which show the
// same widget, and calls the handlers.
func (w *Widget) change(m kernel.CommMessage) error {
	state, ok := m.Data["state"].(map[string]any)
	if !ok {
		return errors.New("it has no state")
	}
	paths, _ := m.Data["buffer_paths"].([]any)
	if err := join(state, paths, m.Buffers); err != nil {
		return err
	}
	changes := map[string]entry{}
	for key, value := range state {
		e, err := encode(key, value)
		if err != nil {
			return err
		}
		changes[key] = e
	}
	w.mu.Lock()
	maps.DeleteFunc(changes, func(key string, _ entry) bool { return !w.takes(key) })
	maps.Copy(w.state, changes)
	var handlers []func()
	for _, key := range sortedKeys(changes) {
		if handle := w.onChange[key]; handle != nil {
			handlers = append(handlers, func() { handle(state[key]) })
		}
	}
	w.mu.Unlock()
	if len(changes) > 0 {
		_ = w.comm.Send(stateMessage(methodEcho, changes)) // fails when the widget was closed meanwhile
	}
	for _, handle := range handlers {
		handle()
	}
	return nil
}

// takes reports whether the browser may change a key: those with an underscore say what the
// widget is.
func (w *Widget) takes(key string) bool {
	_, inState := w.state[key]
	return !strings.HasPrefix(key, "_") && (inState || w.onChange[key] != nil)
}

func sortedKeys(state map[string]entry) []string { return slices.Sorted(maps.Keys(state)) }
