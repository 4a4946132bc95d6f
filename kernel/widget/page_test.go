package widget

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/gophertrees/gopherwood/kernel"
)

// page is a front end without a browser: it keeps what the kernel sends.
type page struct {
	t       *testing.T
	session *kernel.Session

	mu       sync.Mutex
	messages []sent
}

// sent is one message in the form in which a front end sees it.
type sent struct {
	Kind     string         `json:"msg_type"`
	Metadata map[string]any `json:"metadata"`
	Content  map[string]any `json:"content"`
	Buffers  [][]byte       `json:"buffers"` // encoding/json writes base64
	Parent   any            `json:"-"`
}

type noEngine struct{ kernel.Engine }

func (noEngine) Eval(context.Context, string) ([]any, error) { return nil, nil }

func openPage(t *testing.T) *page {
	t.Helper()
	p := &page{t: t}
	session, err := kernel.NewSession(noEngine{}, p)
	if err != nil {
		t.Fatal(err)
	}
	p.session = session
	t.Cleanup(func() {
		session.Close()
		live.widgets = nil
	})
	return p
}

func (p *page) CarriesComms() bool { return true }

func (p *page) Publish(parent any, content kernel.Content) {
	s := sent{Kind: content.MessageType(), Parent: parent, Metadata: map[string]any{}, Buffers: [][]byte{}}
	var m kernel.CommMessage
	switch c := content.(type) {
	case kernel.CommOpen:
		m = c.CommMessage
	case kernel.CommData:
		m = c.CommMessage
	case kernel.CommClose:
		m = c.CommMessage
	}
	for key, value := range m.Metadata {
		s.Metadata[key] = plain(p.t, value)
	}
	s.Buffers = append(s.Buffers, m.Buffers...)
	s.Content = plain(p.t, content).(map[string]any)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages = append(p.messages, s)
}

// take returns the messages since the last call.
func (p *page) take() []sent {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.messages
	p.messages = nil
	return taken
}

// takeOne is the only message since the last call.
func (p *page) takeOne() sent {
	p.t.Helper()
	taken := p.take()
	if len(taken) != 1 {
		p.t.Fatalf("messages = %v, want one", taken)
	}
	return taken[0]
}

// tell sends a message of the browser; its parent is its id.
func (p *page) tell(w *Widget, id string, data map[string]any, buffers ...[]byte) {
	p.t.Helper()
	data, _ = plain(p.t, data).(map[string]any)
	err := p.session.Receive(id, kernel.CommData{ID: w.ID(), CommMessage: kernel.CommMessage{Data: data, Buffers: buffers}})
	if err != nil {
		p.t.Fatal(err)
	}
}

// plain is v as a front end decodes it.
func plain(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// numbered gives widgets ids that are the same in every run.
func numbered(prefix string, widgets ...*Widget) {
	for i, w := range widgets {
		w.comm.ID = fmt.Sprintf("%s%d", prefix, i+1)
	}
}

func mustNew(t *testing.T, m Model) *Widget {
	t.Helper()
	w, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
