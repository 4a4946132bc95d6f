package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/widget"
)

// browserless is a front end without a browser: it keeps what the kernel sends.
type browserless struct {
	t       *testing.T
	session *kernel.Session

	mu   sync.Mutex
	sent []kernel.Content
}

func (b *browserless) CarriesComms() bool { return true }

func (b *browserless) Publish(_ any, c kernel.Content) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent = append(b.sent, c)
}

func (b *browserless) take() []kernel.Content {
	b.mu.Lock()
	defer b.mu.Unlock()
	sent := b.sent
	b.sent = nil
	return sent
}

// openBrowserless begins a session with the tree of a small log in its cells.
func openBrowserless(t *testing.T) *browserless {
	t.Helper()
	engine, err := newEngine()
	if err != nil {
		t.Fatal(err)
	}
	b := &browserless{t: t}
	if b.session, err = kernel.NewSession(engine, b); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.session.Close(); engine.Close() })
	b.run(fmt.Sprintf("log, _ := logs.Open(%q)\ntree, _ := ptree.BuildProcessTree(log)\nvar picked ptree.Tree", smallFile(t)))
	return b
}

// run runs a cell and returns what came of it, with the cell's text.
func (b *browserless) run(code string) (sent []kernel.Content, text string) {
	b.t.Helper()
	b.take()
	if o := b.session.Execute(b.t.Context(), kernel.Cell{Code: code}); o.Err != nil {
		b.t.Fatalf("%s: %v", code, o.Err)
	}
	sent = b.take()
	for _, c := range sent {
		switch c := c.(type) {
		case kernel.Stream:
			text += c.Text
		case kernel.ExecuteResult:
			plain, _ := c.Data.Data["text/plain"].(string)
			text += plain
		}
	}
	return sent, text
}

func (b *browserless) tell(content kernel.Content) {
	b.t.Helper()
	if err := b.session.Receive("browser", content); err != nil {
		b.t.Fatal(err)
	}
}

// opened is the only comm that was opened, its state, and whether there was one.
func opened(sent []kernel.Content) (comm kernel.CommOpen, state map[string]any, there bool) {
	for _, c := range sent {
		if c, ok := c.(kernel.CommOpen); ok {
			text, _ := json.Marshal(c.Data["state"])
			_ = json.Unmarshal(text, &state) // of a text that was just encoded
			comm, there = c, true
		}
	}
	return comm, state, there
}

// figureOf is the HTML of a cell's figure.
func figureOf(sent []kernel.Content) string {
	for _, c := range sent {
		if c, ok := c.(kernel.ExecuteResult); ok {
			html, _ := c.Data.Data["text/html"].(string)
			return html
		}
	}
	return ""
}

const plotCell = `plotting.PlotProcessTree(tree, plotting.Options{OutputVar: &picked})`

func TestFiguresAreLive(t *testing.T) {
	b := openBrowserless(t)
	managed := widget.Managed()
	sent, _ := b.run(plotCell)
	before := figureOf(sent)
	if _, _, there := opened(sent); there != managed || before == "" {
		t.Errorf("a comm is open: %v, a widget manager was here: %v; the output has %d bytes", there, managed, len(before))
	}
	b.tell(kernel.CommOpen{ID: "control", Target: "jupyter.widget.control"})
	sent, _ = b.run("fig := " + plotCell + "\nfig")
	comm, state, there := opened(sent)
	mount, _ := state["mount"].(string)
	if !there || !strings.HasSuffix(mount, "-2") || !strings.Contains(figureOf(sent), `data-gopherwood="`+mount+`"`) {
		t.Fatalf("comm %v with the mount %q, want that of the output", there, mount)
	}
	if len(comm.Buffers) != 1 || !bytes.HasPrefix(comm.Buffers[0], []byte("GWV1")) || !strings.Contains(state["_esm"].(string), "initialize") {
		t.Errorf("the comm has %d buffers, want the tree, and the module", len(comm.Buffers))
	}

	say := func(data map[string]any) {
		b.tell(kernel.CommData{ID: comm.ID, CommMessage: kernel.CommMessage{Data: data}})
	}
	say(map[string]any{"method": "update", "state": map[string]any{"selected": []any{1.0, 2.0}}})
	if _, text := b.run("picked.Len() == 1 && picked.At(0).Key == tree.At(1).Key && fig.Selected().Len() == 1"); text != "true" {
		t.Errorf("after a selection the variable is the process: %s", text)
	}
	sent, _ = b.run("fig.Select(tree.At(0).Key)\nfig.Focus(tree.At(1))")
	updates := ""
	for _, c := range sent {
		if c, ok := c.(kernel.CommData); ok {
			text, _ := json.Marshal(c.Data["state"])
			updates += string(text)
		}
	}
	if updates != `{"selected":[0,1]}{"focus":1}` {
		t.Errorf("Select and Focus send %s", updates)
	}

	b.take()
	say(map[string]any{"method": "custom", "content": map[string]any{"type": "block", "column": 0.0, "block": 0.0}})
	if answer := b.take(); len(answer) != 1 || len(answer[0].(kernel.CommData).Buffers) != 1 {
		t.Errorf("a question for a block has the answers %v", answer)
	}
	for _, odd := range []map[string]any{
		{"method": "update", "state": map[string]any{"selected": "all"}},
		{"method": "update", "state": map[string]any{"selected": []any{0.0, 99.0}}},
		{"method": "update", "state": map[string]any{"focus": "x"}},
		{"method": "custom", "content": map[string]any{"type": "block", "column": 1e300, "block": -1.0}},
		{"method": "custom", "content": "block"},
	} {
		say(odd)
	}
	if _, text := b.run("fig.Selected().Keys()[0] == tree.At(0).Key"); !strings.HasSuffix(text, "true") {
		t.Errorf("after odd messages the selection is another: %s", text)
	}
	if _, text := b.run("picked.Len()"); text != "1" {
		t.Errorf("after odd messages the variable has %s", text)
	}
}

// TestOldFiguresAreClosed: so many figures stay live, and no more.
func TestOldFiguresAreClosed(t *testing.T) {
	b := openBrowserless(t)
	b.tell(kernel.CommOpen{ID: "control", Target: "jupyter.widget.control"})
	open, closed := 0, 0
	for range mostFigures + 3 {
		sent, _ := b.run(plotCell)
		for _, c := range sent {
			switch c.(type) {
			case kernel.CommOpen:
				open++
			case kernel.CommClose:
				closed++
			}
		}
	}
	if open != mostFigures+3 || closed != 3 {
		t.Errorf("%d figures opened %d comms and closed %d, want to close 3", mostFigures+3, open, closed)
	}
}
