// Package widget shows two-way widgets in Jupyter front ends from Go: an ES module draws in
// the browser, and what it and the Go code change reaches the other side.
//
//	tree := widget.New(widget.Model{
//		ESM: `export default { render({ model, el }) {
//			el.textContent = model.get("label");
//			el.onclick = () => { model.set("clicks", model.get("clicks") + 1); model.save_changes(); };
//		} }`,
//		State: map[string]any{"label": "click me", "clicks": 0},
//	})
//	tree.OnChange("clicks", func(value any) { fmt.Println(value, "clicks") })
//	tree
//
// The modules follow anywidget's contract (https://anywidget.dev/en/afm/), the messages the
// protocol of the Jupyter widgets, version 2.1
// (https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md).
// JupyterLab and Notebook need the extensions of the Python packages anywidget and
// jupyterlab_widgets, VS Code has its own. Everywhere else, and in a stored notebook whose
// kernel is gone, Model.Fallback is what a person sees.
package widget

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/gophertrees/gopherwood/kernel"
)

// Model describes a widget for New.
type Model struct {
	// ESM is the source of an ES module whose default export has render({model, el}).
	ESM string
	// CSS is a style sheet for the page; begin its selectors with a class of your own.
	CSS string
	// Name tells widgets of different kinds apart; default "gopherwood.Widget".
	Name string
	// State is what both sides see, by key: what encoding/json can express, []byte (a
	// DataView in the browser) and *Widget, also inside of []any and map[string]any. Only
	// keys that are here, or that OnChange names, can be changed by the browser.
	State map[string]any
	// Fallback is shown where there are no widgets, by MIME type; default is a text.
	Fallback kernel.Bundle
}

// Widget is a model with a state that a front end shares. It appears when it is the value of
// a cell or is displayed. Its methods may be called from any goroutine.
type Widget struct {
	name     string
	fallback kernel.Bundle
	comm     *kernel.Comm

	mu       sync.Mutex
	state    map[string]entry
	onChange map[string]func(any)
	onCustom func(content any, buffers [][]byte)
	children []*Widget // to be opened before this one
	phase    phase
}

// New makes a widget. It fails when a part of the state cannot be encoded.
func New(m Model) (*Widget, error) {
	if m.Name == "" {
		m.Name = "gopherwood.Widget"
	}
	w := newWidget(m.Name, identity{module: "anywidget", version: "*", model: "AnyModel", view: "AnyView"})
	w.fallback = m.Fallback
	maps.Copy(w.state, plainState(map[string]string{"_esm": m.ESM, "_css": m.CSS, "_anywidget_id": m.Name}))
	return w, w.Update(m.State)
}

// phase is how far front ends know of a widget.
type phase int

const (
	unknown phase = iota
	opening       // its children first
	known
)

// identity says which front-end code shows a widget.
type identity struct{ module, version, model, view string }

func newWidget(name string, i identity) *Widget {
	w := &Widget{name: name, comm: kernel.NewComm(widgetTarget), onChange: map[string]func(any){}}
	w.state = plainState(map[string]string{
		"_model_module": i.module, "_model_module_version": i.version, "_model_name": i.model,
		"_view_module": i.module, "_view_module_version": i.version, "_view_name": i.view,
	})
	w.comm.OnMessage(w.receive)
	w.comm.OnClose(func(kernel.CommMessage) { w.forget() })
	return w
}

// ID is the widget's model id.
func (w *Widget) ID() string { return w.comm.ID }

// Get is the present value of a key; nil when it has none. What the browser has set is as
// encoding/json decodes it, so numbers are float64, and []byte for binary values.
func (w *Widget) Get(key string) any {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state[key].value
}

// Decode stores the present value of a key in what into points to, as encoding/json does.
func (w *Widget) Decode(key string, into any) error {
	w.mu.Lock()
	e, known := w.state[key]
	w.mu.Unlock()
	if !known {
		return fmt.Errorf("the widget has no state %q", key)
	}
	return e.decode(key, into)
}

// Set changes one key here and in the browser; a value that is there already is not sent.
func (w *Widget) Set(key string, value any) error { return w.Update(map[string]any{key: value}) }

// Update changes several keys at once.
func (w *Widget) Update(state map[string]any) error {
	changes := map[string]entry{}
	var children []*Widget
	for key, value := range state {
		e, err := encode(key, value)
		if err != nil {
			return err
		}
		changes[key] = e
		children = append(children, e.children...)
	}
	if w.isKnown() {
		if err := openAll(children); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.DeleteFunc(changes, func(key string, e entry) bool { return w.state[key].equal(e) })
	maps.Copy(w.state, changes)
	if w.phase != known {
		w.children = append(w.children, children...)
		return nil
	}
	if len(changes) == 0 {
		return nil
	}
	return w.comm.Send(stateMessage(methodUpdate, changes))
}

// OnChange sets what happens when the browser changes a key. Go's own changes do not count.
// Like all handlers of widgets it runs beside the cells; see kernel.Comm.
func (w *Widget) OnChange(key string, handle func(value any)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onChange[key] = handle
}

// OnCustom sets what happens when the browser calls model.send(content, callbacks, buffers).
func (w *Widget) OnCustom(handle func(content any, buffers [][]byte)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.onCustom = handle
}

// Send sends a message that is not state; model.on("msg:custom") gets it in the browser. It
// is lost while no browser shows the widget.
func (w *Widget) Send(content any, buffers ...[]byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.phase != known {
		return nil
	}
	return w.comm.Send(kernel.CommMessage{Data: map[string]any{"method": methodCustom, "content": content}, Buffers: buffers})
}

// Close removes the widget from all front ends. Its state can still be read here.
func (w *Widget) Close() error {
	if !w.isKnown() {
		return nil
	}
	w.forget()
	return w.comm.Close(kernel.CommMessage{})
}

// String names the widget and its keys.
func (w *Widget) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var keys []string
	for _, key := range slices.Sorted(maps.Keys(w.state)) {
		if key[:min(1, len(key))] != "_" {
			keys = append(keys, key)
		}
	}
	return fmt.Sprintf("%s%v", w.name, keys)
}
