package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/google/uuid"
)

// A Comm is a channel between code in the front end, such as a widget, and Go code. Either
// side opens it by naming a target, under which the other side has registered a function.
//
//	kernel.RegisterTarget("lookup", func(comm *kernel.Comm, opened kernel.CommMessage) {
//		comm.OnMessage(func(m kernel.CommMessage) {
//			comm.Send(kernel.CommMessage{Data: map[string]any{"found": search(m.Data["text"])}})
//		})
//	})
//
// Handlers run beside the cells, also while one runs, so what they share with cells needs a
// lock. One comm's handlers run one after the other, in the order of the messages. What a
// handler sends by its own comm answers the message it handles; what it prints or displays
// appears below the latest cell. A handler that panics is reported there, too.
type Comm struct {
	// ID is unique among all comms.
	ID string
	// Target is the name under which the other side takes the comm in.
	Target string

	turn sync.Mutex // held while a handler runs

	mu        sync.Mutex
	session   *Session // where the comm is open; nil when it is not
	onMessage func(CommMessage)
	onClose   func(CommMessage)
	answering bool
	parent    any // of the message that is being handled
}

// CommMessage is what comms carry.
type CommMessage struct {
	// Data is what encoding/json can express. Numbers that arrive are float64.
	Data map[string]any `json:"data"`
	// Metadata is for what is about the message itself, such as a version.
	Metadata map[string]any `json:"-"`
	// Buffers are sent as they are, beside the JSON.
	Buffers [][]byte `json:"-"`
}

var errCommClosed = errors.New("the comm is closed")

// targets are the functions that take in comms, by target name, for all sessions.
var targets sync.Map

// RegisterTarget makes opened take in the comms that a front end opens for target. It should
// set the comm's handlers. Comms for targets that nobody registered are closed at once. A nil
// function removes the target.
func RegisterTarget(target string, opened func(comm *Comm, message CommMessage)) {
	if opened == nil {
		targets.Delete(target)
		return
	}
	targets.Store(target, opened)
}

// NewComm prepares a comm. Set its handlers, then Open it.
func NewComm(target string) *Comm { return &Comm{ID: uuid.NewString(), Target: target} }

// OpenComm opens a comm whose answers are of no interest until OnMessage is called.
func OpenComm(target string, message CommMessage) (*Comm, error) {
	comm := NewComm(target)
	return comm, comm.Open(message)
}

// Interactive reports whether there is a front end that comms can reach. There is none in the
// notebook runner and outside of a kernel, where what is sent to comms is lost.
func Interactive() bool {
	session := current.Load()
	if session == nil {
		return false
	}
	sink, ok := session.sink.(interface{ CarriesComms() bool })
	return ok && sink.CarriesComms()
}

// Open tells the front end of the comm. It fails when the message cannot be encoded.
func (c *Comm) Open(message CommMessage) error {
	message, err := message.encoded()
	if err != nil {
		return err
	}
	session := current.Load()
	if session == nil {
		return nil
	}
	c.mu.Lock()
	c.session = session
	c.mu.Unlock()
	session.comms.add(c)
	c.publish(CommOpen{ID: c.ID, Target: c.Target, CommMessage: message})
	return nil
}

// Send sends a message. It fails when the comm is closed or the message cannot be encoded.
func (c *Comm) Send(message CommMessage) error {
	message, err := message.encoded()
	if err != nil {
		return err
	}
	if !c.publish(CommData{ID: c.ID, CommMessage: message}) {
		return errCommClosed
	}
	return nil
}

// Close sends a last message. The comm's own OnClose is for the other side's Close only.
func (c *Comm) Close(message CommMessage) error {
	message, err := message.encoded()
	if err != nil {
		return err
	}
	if !c.publish(CommClose{ID: c.ID, CommMessage: message}) {
		return errCommClosed
	}
	c.forget()
	return nil
}

// OnMessage sets what happens when a message arrives. Messages that arrive while nothing is
// set are lost.
func (c *Comm) OnMessage(handle func(CommMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onMessage = handle
}

// OnClose sets what happens when the front end closes the comm.
func (c *Comm) OnClose(handle func(CommMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onClose = handle
}

// publish sends content with the message that is being handled as its parent, or else with
// the cell's. It is false when the comm is closed.
func (c *Comm) publish(content Content) bool {
	c.mu.Lock()
	session, answering, parent := c.session, c.answering, c.parent
	c.mu.Unlock()
	switch {
	case session == nil:
		return current.Load() == nil // outside of a kernel all goes nowhere
	case answering:
		session.sink.Publish(parent, content)
	default:
		session.publish(content)
	}
	return true
}

// forget marks the comm as closed.
func (c *Comm) forget() {
	c.mu.Lock()
	session := c.session
	c.session = nil
	c.mu.Unlock()
	if session != nil {
		session.comms.remove(c.ID)
	}
}

// handle calls one handler with its panics contained; false when it panicked.
func (c *Comm) handle(parent any, handler func()) bool {
	c.turn.Lock()
	defer c.turn.Unlock()
	c.answer(true, parent)
	defer c.answer(false, nil)
	_, failure := call("the handler", func() struct{} { handler(); return struct{}{} })
	if failure != "" {
		fmt.Fprintf(os.Stderr, "comm for %s: %s\n", visible(c.Target), failure)
	}
	return failure == ""
}

func (c *Comm) answer(answering bool, parent any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answering, c.parent = answering, parent
}

// encoded makes a message ready for the wire, so that what cannot be sent fails where it is
// sent from.
func (m CommMessage) encoded() (CommMessage, error) {
	out := CommMessage{Data: make(map[string]any, len(m.Data)), Metadata: encodedMap(m.Metadata), Buffers: m.Buffers}
	for key, value := range m.Data {
		data, err := marshal(value)
		if err != nil {
			return out, fmt.Errorf("the comm message's %q cannot be encoded: %w", key, err)
		}
		out.Data[key] = json.RawMessage(data)
	}
	return out, nil
}
