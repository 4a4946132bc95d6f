package widget

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gophertrees/gopherwood/kernel"
)

func update(state map[string]any, paths ...any) map[string]any {
	return map[string]any{"method": "update", "state": state, "buffer_paths": append([]any{}, paths...)}
}

func TestOpenAndUpdate(t *testing.T) {
	p := openPage(t)
	w := mustNew(t, Model{ESM: "export default {}", CSS: "b{}", State: map[string]any{"n": 1, "blob": []byte{1, 2}}})
	if got := p.take(); len(got) != 0 {
		t.Errorf("messages before the widget is shown = %v, want none", got)
	}
	forms := kernel.Render(w).Data
	if diff := cmp.Diff(map[string]any{"version_major": 2.0, "version_minor": 0.0, "model_id": w.ID()}, plain(t, forms[viewType])); diff != "" {
		t.Errorf("view (-want +got):\n%s", diff)
	}
	opened := p.takeOne()
	want := map[string]any{"comm_id": w.ID(), "target_name": "jupyter.widget", "data": map[string]any{
		"state": map[string]any{"_model_module": "anywidget", "_model_module_version": "*", "_model_name": "AnyModel",
			"_view_module": "anywidget", "_view_module_version": "*", "_view_name": "AnyView",
			"_esm": "export default {}", "_css": "b{}", "_anywidget_id": "gopherwood.Widget", "n": 1.0},
		"buffer_paths": []any{[]any{"blob"}},
	}}
	if diff := cmp.Diff(want, opened.Content); diff != "" || opened.Metadata["version"] != "2.1.0" || string(opened.Buffers[0]) != "\x01\x02" {
		t.Errorf("comm_open (-want +got):\n%s\nversion %v, buffers %v", diff, opened.Metadata, opened.Buffers)
	}
	kernel.Render(w) // a second view of the same model
	set(t, w, "n", 1)
	if got := p.take(); len(got) != 0 {
		t.Errorf("messages of a second view and an equal value = %v, want none", got)
	}
	set(t, w, "n", 2)
	if diff := cmp.Diff(plain(t, update(map[string]any{"n": 2})), p.takeOne().Content["data"]); diff != "" {
		t.Errorf("update (-want +got):\n%s", diff)
	}
}

func set(t *testing.T, w *Widget, key string, value any) {
	t.Helper()
	if err := w.Set(key, value); err != nil {
		t.Fatalf("Set(%s, %v) = %v, want no error", key, value, err)
	}
}

func TestChangesOfTheBrowser(t *testing.T) {
	p := openPage(t)
	w := mustNew(t, Model{State: map[string]any{"selected": []int{}, "deep": nil}})
	var seen []string
	w.OnChange("selected", func(value any) {
		seen = append(seen, fmt.Sprint("selected ", value))
		set(t, w, "deep", "from the handler")
	})
	w.OnChange("extra", func(value any) { seen = append(seen, fmt.Sprint("extra ", value)) })
	kernel.Render(w)
	p.take()
	p.tell(w, "m1", update(map[string]any{"selected": []int{1}, "extra": true, "unknown": 1, "_esm": "evil"}))
	got := p.take()
	if len(got) != 2 || got[0].Parent != "m1" || got[1].Parent != "m1" {
		t.Fatalf("messages = %v, want echo and update with the parent m1", got)
	}
	echo := map[string]any{"method": "echo_update", "state": map[string]any{"selected": []any{1.0}, "extra": true}, "buffer_paths": []any{}}
	if diff := cmp.Diff(echo, got[0].Content["data"]); diff != "" {
		t.Errorf("echo (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(plain(t, update(map[string]any{"deep": "from the handler"})), got[1].Content["data"]); diff != "" {
		t.Errorf("update of the handler (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"extra true", "selected [1]"}, seen); diff != "" {
		t.Errorf("handlers (-want +got):\n%s", diff)
	}
	var selected []int
	if err := w.Decode("selected", &selected); err != nil || len(selected) != 1 || selected[0] != 1 {
		t.Errorf("Decode(selected) = %v, %v, want [1]", selected, err)
	}
	if w.Get("_esm") != "" || w.Get("unknown") != nil {
		t.Errorf("_esm, unknown = %v, %v, want them unchanged", w.Get("_esm"), w.Get("unknown"))
	}
}

func TestBuffersOfTheBrowser(t *testing.T) {
	p := openPage(t)
	w := mustNew(t, Model{State: map[string]any{"a": nil, "b": nil}})
	kernel.Render(w)
	p.take()
	p.tell(w, "m1", update(map[string]any{"b": map[string]any{"list": []any{1, nil}}}, []any{"a"}, []any{"b", "list", 1}), []byte("A"), []byte("B"))
	want := map[string]any{"list": []any{1.0, []byte("B")}}
	if diff := cmp.Diff(want, w.Get("b")); diff != "" || string(w.Get("a").([]byte)) != "A" {
		t.Errorf("b (-want +got):\n%s\na = %v, want A", diff, w.Get("a"))
	}
	echo := p.takeOne()
	if diff := cmp.Diff(plain(t, [][]any{{"a"}, {"b", "list", 1}}), echo.Content["data"].(map[string]any)["buffer_paths"]); diff != "" || len(echo.Buffers) != 2 {
		t.Errorf("paths of the echo (-want +got):\n%s\nbuffers %q", diff, echo.Buffers)
	}
	for _, bad := range [][]any{{"b"}, {[]any{}}, {[]any{"b", "list", 2}}, {[]any{"b", "list", -1}}, {[]any{"b", "list", 0.5}}, {[]any{"b", "no", 1}}, {[]any{1}}, {[]any{"b", "list", "x"}}, {[]any{"b"}, []any{"a"}}} {
		p.tell(w, "bad", update(map[string]any{"b": map[string]any{"list": []any{1, nil}}}, bad...), []byte("C"))
		if got := p.take(); len(got) != 0 {
			t.Errorf("answer to the paths %v = %v, want none", bad, got)
		}
	}
	if diff := cmp.Diff(want, w.Get("b")); diff != "" {
		t.Errorf("b after malformed messages (-want +got):\n%s", diff)
	}
}

func TestRequestStateAndCustom(t *testing.T) {
	p := openPage(t)
	w := mustNew(t, Model{State: map[string]any{"n": 1, "blob": []byte{7}}})
	kernel.Render(w)
	p.take()
	p.tell(w, "m1", map[string]any{"method": "request_state"})
	answer := p.takeOne()
	data := answer.Content["data"].(map[string]any)
	if answer.Parent != "m1" || data["method"] != "update" || len(data["state"].(map[string]any)) != 10 || len(answer.Buffers) != 1 {
		t.Errorf("answer to request_state = %v, want all of the state with parent m1", answer)
	}
	w.OnCustom(func(content any, buffers [][]byte) {
		if err := w.Send(map[string]any{"got": content}, append([][]byte{}, buffers...)...); err != nil {
			t.Errorf("Send = %v, want no error", err)
		}
	})
	p.tell(w, "m2", map[string]any{"method": "custom", "content": map[string]any{"type": "expand"}}, []byte{9, 8})
	want := map[string]any{"method": "custom", "content": map[string]any{"got": map[string]any{"type": "expand"}}}
	custom := p.takeOne()
	if diff := cmp.Diff(want, custom.Content["data"]); diff != "" || string(custom.Buffers[0]) != "\x09\x08" {
		t.Errorf("custom message (-want +got):\n%s\nbuffers %v", diff, custom.Buffers)
	}
}

func TestControlComm(t *testing.T) {
	p := openPage(t)
	first, second := mustNew(t, Model{State: map[string]any{"blob": []byte("1")}}), mustNew(t, Model{State: map[string]any{"deep": []any{[]byte("2")}}})
	kernel.Render(first)
	kernel.Render(second)
	p.take()
	control := &Widget{comm: &kernel.Comm{ID: "ctl"}}
	managed.Store(false)
	if Managed() {
		t.Error("Managed() = true before a widget manager was here")
	}
	if err := p.session.Receive("m0", kernel.CommOpen{ID: "ctl", Target: controlTarget}); err != nil {
		t.Fatal(err)
	}
	if !Managed() {
		t.Error("Managed() = false after a widget manager has asked")
	}
	p.tell(control, "m1", map[string]any{"method": "request_states"})
	answer := p.takeOne()
	data := answer.Content["data"].(map[string]any)
	state := data["states"].(map[string]any)[second.ID()].(map[string]any)
	if data["method"] != "update_states" || state["model_name"] != "AnyModel" || state["model_module"] != "anywidget" || state["model_module_version"] != "*" {
		t.Errorf("answer = %v, want update_states with both models", data)
	}
	if diff := cmp.Diff([]any{nil}, state["state"].(map[string]any)["deep"]); diff != "" {
		t.Errorf("state without its buffer (-want +got):\n%s", diff)
	}
	paths := plain(t, [][]any{{first.ID(), "state", "blob"}, {second.ID(), "state", "deep", 0}})
	if diff := cmp.Diff(paths, data["buffer_paths"]); diff != "" || string(answer.Buffers[1]) != "2" {
		t.Errorf("buffer paths (-want +got):\n%s\nbuffers %q", diff, answer.Buffers)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	p.take()
	p.tell(control, "m2", map[string]any{"method": "request_states"})
	if states := p.takeOne().Content["data"].(map[string]any)["states"].(map[string]any); len(states) != 1 || states[second.ID()] == nil {
		t.Errorf("states after Close = %v, want only the second", states)
	}
}

func TestClose(t *testing.T) {
	p := openPage(t)
	w := mustNew(t, Model{State: map[string]any{"n": 1}})
	kernel.Render(w)
	p.take()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := p.takeOne(); got.Kind != "comm_close" || got.Content["comm_id"] != w.ID() {
		t.Errorf("message of Close = %v, want comm_close", got)
	}
	set(t, w, "n", 2)
	if got := p.take(); len(got) != 0 || w.Get("n") != 2 {
		t.Errorf("messages after Close = %v, n = %v, want none and 2", got, w.Get("n"))
	}
}

// TestWithoutFrontEnd shows the fallback and no view, as stored notebooks should have it.
func TestWithoutFrontEnd(t *testing.T) {
	w := mustNew(t, Model{Name: "Tree", State: map[string]any{"n": 1}, Fallback: kernel.Bundle{"text/html": "<b>tree</b>"}})
	set(t, w, "n", 2)
	want := map[string]any{"text/html": "<b>tree</b>", "text/plain": "Tree[n]"}
	if diff := cmp.Diff(want, kernel.Render(w).Data); diff != "" {
		t.Errorf("forms (-want +got):\n%s", diff)
	}
	for _, err := range []error{w.Send("x"), w.Close()} {
		if err != nil {
			t.Errorf("error = %v, want none", err)
		}
	}
}

func TestStateThatCannotBeEncoded(t *testing.T) {
	endless := map[string]any{}
	endless["self"] = endless
	for want, value := range map[string]any{"cannot be encoded": func() {}, "nested deeper": endless} {
		if _, err := New(Model{State: map[string]any{"key": value}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New(%T) = %v, want an error with %q", value, err, want)
		}
	}
}

// TestWidgetsThatContainEachOther must not hang.
func TestWidgetsThatContainEachOther(t *testing.T) {
	p := openPage(t)
	a := HBox()
	b := HBox(a)
	set(t, a, "children", []*Widget{b, a})
	kernel.Render(a)
	set(t, a, "children", []*Widget{a})
	if got := p.take(); len(got) != 3 {
		t.Errorf("messages = %v, want two comm_open and an update", got)
	}
}
