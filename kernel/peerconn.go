package kernel

import (
	"io"
	"net"
	"sync"
	"time"
)

// stallTime is how long a peer may take nothing at all before it is hung up on. It is long,
// since a suspended browser or a busy server comes back, and reconnects lose output.
const stallTime = 30 * time.Second

// peerConn is one connection that has shaken hands, as zmq4 sees it.
type peerConn struct {
	net.Conn
	peers    *peers
	replay   []byte // what the peer said during the handshake
	in, sent frameParser
	swallow  int // bytes of zmq4's own greeting: the peer has ours already
	topics   []string
	speaks   bool // a subscriber has sent what is no subscription
	out      *outbox
}

func newPeerConn(conn net.Conn, said []byte, p *peers) *peerConn {
	c := &peerConn{Conn: conn, peers: p, replay: said, swallow: greetingSize, out: newOutbox(conn)}
	c.in.limit = p.maxMessage
	if c.in.limit == 0 {
		c.in.limit = defaultMaxMessage
	}
	if p.subscribed != nil {
		c.in.onFrame = c.noteSubscription
	}
	p.add(c)
	return c
}

// noteSubscription keeps the topic of a subscription, a frame that begins with 1; one that
// begins with 0 ends a subscription.
func (c *peerConn) noteSubscription(flags byte, head []byte) {
	switch {
	case flags&flagCommand != 0:
	case flags&flagMore != 0 || len(head) == 0 || head[0] > 1:
		c.speaks = true
	case head[0] == 1:
		c.topics = append(c.topics, string(head[1:]))
	}
}

// Read implements net.Conn. zmq4 reads header and body of each frame by calls of their own
// and acts on a message before it reads on, so at the next call a subscription is in effect.
func (c *peerConn) Read(b []byte) (int, error) {
	for _, topic := range c.topics {
		c.peers.subscribed(topic)
	}
	c.topics = nil
	if len(c.replay) > 0 {
		n := copy(b, c.replay)
		c.replay = c.replay[n:]
		return n, nil
	}
	n, err := c.Conn.Read(b)
	// zmq4 would wait for ever for someone to take a subscriber's message, and keep the connection
	if parseErr := c.in.feed(b[:n]); parseErr != nil || c.speaks {
		c.Close()
		return 0, io.EOF // the only error on which zmq4 surely lets go
	}
	return n, err
}

// Write implements net.Conn. It never waits for the network.
func (c *peerConn) Write(b []byte) (int, error) {
	total := len(b)
	skipped := min(c.swallow, len(b))
	c.swallow -= skipped
	b = b[skipped:]
	if len(b) == 0 {
		return total, nil
	}
	if err := c.sent.feed(b); err != nil {
		return 0, io.EOF
	}
	if !c.out.append(b, c.sent.complete) {
		return 0, io.EOF
	}
	return total, nil
}

// Close implements net.Conn.
func (c *peerConn) Close() error {
	c.peers.remove(c)
	c.out.close()
	return c.Conn.Close()
}

// outbox holds what waits to be written to one connection, and writes it.
type outbox struct {
	conn net.Conn

	mu      sync.Mutex
	wake    sync.Cond
	buffer  []byte
	writing int   // bytes that the writer has taken and not yet written
	total   int64 // bytes ever appended
	closed  bool
}

// writeChunk is how much is written under one deadline, so that a slow peer which takes
// anything at all stays connected.
const writeChunk = 64 << 10

func newOutbox(conn net.Conn) *outbox {
	o := &outbox{conn: conn}
	o.wake.L = &o.mu
	go o.run()
	return o
}

// append adds bytes; false when the connection is gone. The writer wakes at the end of a
// message, so that a message's many small frames leave in one packet.
func (o *outbox) append(b []byte, wake bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return false
	}
	o.buffer = append(o.buffer, b...)
	o.total += int64(len(b))
	if wake || len(o.buffer) > writeChunk {
		o.wake.Signal()
	}
	return true
}

func (o *outbox) size() (waiting int, total int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.buffer) + o.writing, o.total
}

func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed, o.buffer, o.writing = true, nil, 0
	o.wake.Signal()
}

func (o *outbox) run() {
	var spare []byte
	for {
		batch := o.take(spare)
		if batch == nil {
			return
		}
		if err := o.write(batch); err != nil {
			o.close()
			o.conn.Close() // zmq4's reader notices and forgets the connection
			return
		}
		spare = nil
		if cap(batch) <= 1<<20 {
			spare = batch[:0]
		}
	}
}

// take waits for bytes and takes all there are; nil when the connection is closed.
func (o *outbox) take(spare []byte) []byte {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.writing = 0
	for len(o.buffer) == 0 {
		if o.closed {
			return nil
		}
		o.wake.Wait()
	}
	batch := o.buffer
	o.buffer, o.writing = spare, len(batch)
	return batch
}

func (o *outbox) write(batch []byte) error {
	for len(batch) > 0 {
		n := min(len(batch), writeChunk)
		if err := o.conn.SetWriteDeadline(time.Now().Add(stallTime)); err != nil {
			return err
		}
		if _, err := o.conn.Write(batch[:n]); err != nil {
			return err
		}
		batch = batch[n:]
		o.mu.Lock()
		o.writing = len(batch)
		o.mu.Unlock()
	}
	return nil
}
