package kernel

import (
	"fmt"
	"sync"
)

// CommOpen opens a comm; it is published when Go code does, and received when a front end does.
type CommOpen struct {
	ID     string `json:"comm_id"`
	Target string `json:"target_name"`
	CommMessage
}

// CommData is one message of an open comm.
type CommData struct {
	ID string `json:"comm_id"`
	CommMessage
}

// CommClose closes a comm.
type CommClose struct {
	ID string `json:"comm_id"`
	CommMessage
}

// MessageType implements Content.
func (CommOpen) MessageType() string { return msgCommOpen }

// MessageType implements Content.
func (CommData) MessageType() string { return msgCommMsg }

// MessageType implements Content.
func (CommClose) MessageType() string { return msgCommClose }

// attached implements attachments for all three.
func (m CommMessage) attached() (map[string]any, [][]byte) {
	if m.Metadata == nil {
		return map[string]any{}, m.Buffers
	}
	return m.Metadata, m.Buffers
}

// commTable holds the open comms of a session.
type commTable struct {
	mu   sync.Mutex
	open map[string]*Comm
}

// add is false when there is another comm of this id.
func (t *commTable) add(c *Comm) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open == nil {
		t.open = map[string]*Comm{}
	}
	if other, taken := t.open[c.ID]; taken && other != c {
		return false
	}
	t.open[c.ID] = c
	return true
}

func (t *commTable) remove(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.open, id)
}

func (t *commTable) find(id string) *Comm {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open[id]
}

// targets are the target names of the open comms, by comm id; all of them when target is "".
func (t *commTable) targets(target string) map[string]string {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := map[string]string{}
	for id, c := range t.open {
		if target == "" || c.Target == target {
			found[id] = c.Target
		}
	}
	return found
}

// Receive hands in a CommOpen, CommData or CommClose from the front end and runs its handler.
// Calls for different comms may overlap, and overlap with Execute. What is sent in answer has
// the given parent. Messages for comms that are not open are dropped, as the protocol has it.
func (s *Session) Receive(parent any, content Content) error {
	switch m := content.(type) {
	case CommOpen:
		return s.commOpened(parent, m)
	case CommData:
		if c := s.comms.find(m.ID); c != nil {
			c.handle(parent, func() { c.dispatch(c.messageHandler(), m.CommMessage) })
		}
	case CommClose:
		if c := s.comms.find(m.ID); c != nil {
			c.forget()
			c.handle(parent, func() { c.dispatch(c.closeHandler(), m.CommMessage) })
		}
	default:
		return fmt.Errorf("%s is no comm message", content.MessageType())
	}
	return nil
}

// commOpened takes in a comm, or closes it at once when nobody knows its target: widget
// managers wait for that.
func (s *Session) commOpened(parent any, m CommOpen) error {
	refuse := func() {
		s.sink.Publish(parent, CommClose{ID: m.ID, CommMessage: CommMessage{Data: map[string]any{}}})
	}
	opened, known := targets.Load(m.Target)
	if !known {
		refuse()
		return nil
	}
	c := &Comm{ID: m.ID, Target: m.Target, session: s}
	if !s.comms.add(c) {
		return fmt.Errorf("a comm %s is open already", visible(m.ID))
	}
	if !c.handle(parent, func() { opened.(func(*Comm, CommMessage))(c, m.CommMessage) }) {
		c.forget()
		refuse()
	}
	return nil
}

func (c *Comm) dispatch(handler func(CommMessage), m CommMessage) {
	if handler != nil {
		handler(m)
	}
}

func (c *Comm) messageHandler() func(CommMessage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.onMessage
}

func (c *Comm) closeHandler() func(CommMessage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.onClose
}
