package kernel

import (
	"encoding/json"
	"time"

	"github.com/go-zeromq/zmq4"
)

const (
	// maxBacklog is how far the slowest subscriber may be behind, in bytes, before a cell's
	// output waits for it.
	maxBacklog = 16 << 20
	// joinTime is how long the first request waits for a subscriber: some clients send
	// requests before their subscription is in effect, and would miss its idle message.
	joinTime = time.Second
)

// Publish implements Sink: it puts a message on IOPub. Output waits for slow subscribers;
// what steers the front ends does not, see publishStatus.
func (k *server) Publish(parent any, content Content) {
	header, _ := parent.(json.RawMessage)
	k.subscribers.throttle(k.session.present(k.ctx), maxBacklog)
	k.send(header, content)
}

// send puts one message on IOPub.
func (k *server) send(parent json.RawMessage, content Content) {
	topic := "kernel." + k.wire.session + "." + content.MessageType()
	switch c := content.(type) {
	case Stream:
		topic += "." + c.Name
	case welcomeContent:
		topic = c.Subscription
	}
	frames, err := k.wire.frames([][]byte{[]byte(topic)}, parent, content)
	if err != nil {
		k.log.drop("output "+content.MessageType(), err)
		return
	}
	k.publishing.Lock()
	defer k.publishing.Unlock()
	if err := k.sockets[iopubSocket].SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		k.log.drop("output "+content.MessageType(), err)
	}
}

func (k *server) publishStatus(parent json.RawMessage, state executionState) {
	k.send(parent, statusContent{state})
}

// beginCell and endCell bracket a request in the lane of cells. In between, the idle of a
// request beside it would make front ends believe that the kernel is idle altogether, since
// they look at the latest status only; endAside corrects that.
func (k *server) beginCell(header json.RawMessage) {
	k.status.Lock()
	defer k.status.Unlock()
	k.running = header
	k.publishStatus(header, stateBusy)
}

func (k *server) endCell(header json.RawMessage) {
	k.status.Lock()
	defer k.status.Unlock()
	k.running = nil
	k.publishStatus(header, stateIdle)
}

func (k *server) beginAside(header json.RawMessage) { k.publishStatus(header, stateBusy) }

func (k *server) endAside(header json.RawMessage) {
	k.status.Lock()
	defer k.status.Unlock()
	k.publishStatus(header, stateIdle)
	if k.running != nil {
		k.publishStatus(k.running, stateBusy)
	}
}

// welcome greets a new subscription, as protocol 5.5 has it.
func (k *server) welcome(topic string) {
	k.firstTopic.Do(func() { close(k.subscribed) })
	k.send(nil, welcomeContent{Subscription: topic})
}

func (k *server) awaitSubscriber() {
	select {
	case <-k.subscribed:
	case <-time.After(joinTime):
		k.firstTopic.Do(func() { close(k.subscribed) }) // once is enough
	case <-k.ctx.Done():
	}
}
