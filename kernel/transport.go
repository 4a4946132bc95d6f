package kernel

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/transport"
)

// zmq4 v0.17.0 trusts its peers: it shakes hands inside the accept loop, allocates what a
// frame header announces, and writes to one subscriber after the other without deadline. A
// transport of our own, between zmq4 and the network, takes these dangers away:
//
//   - each new connection shakes hands in a goroutine of its own, with a deadline;
//   - frame headers are checked before zmq4 sees them;
//   - zmq4 writes into memory, and each connection empties its own buffer, so that one
//     stalled peer holds up nobody; it is hung up on after stallTime.
const (
	tcpTransport = "jupyter-tcp"
	ipcTransport = "jupyter-ipc"
)

func init() {
	for name, network := range map[string]string{tcpTransport: "tcp", ipcTransport: "unix"} {
		if err := zmq4.RegisterTransport(name, guardedTransport{network}); err != nil {
			panic(err)
		}
	}
}

// guardedTransport implements transport.Transport.
type guardedTransport struct{ network string }

// Dial implements transport.Transport. The kernel itself only listens.
func (t guardedTransport) Dial(ctx context.Context, dialer transport.Dialer, addr string) (net.Conn, error) {
	return dialer.DialContext(ctx, t.network, addr)
}

// Addr implements transport.Transport.
func (t guardedTransport) Addr(endpoint string) (string, error) { return endpoint, nil }

// Listen implements transport.Transport. The peers of the socket come along in ctx, because
// zmq4 offers no other way to hand anything to a transport.
func (t guardedTransport) Listen(ctx context.Context, addr string) (net.Listener, error) {
	listener, err := net.Listen(t.network, addr)
	if err != nil {
		return nil, err
	}
	p, ok := ctx.Value(peersKey{}).(*peers)
	if !ok {
		p = &peers{}
	}
	guarded := &guardedListener{Listener: listener, peers: p, ready: make(chan net.Conn), done: make(chan struct{})}
	go guarded.run()
	return guarded, nil
}

// guardedListener hands out connections that have shaken hands.
type guardedListener struct {
	net.Listener
	peers *peers
	ready chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *guardedListener) run() {
	for {
		conn, err := l.Listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil: // out of file descriptors, for instance: it may pass
			time.Sleep(10 * time.Millisecond)
		default:
			go l.welcome(conn)
		}
	}
}

func (l *guardedListener) welcome(conn net.Conn) {
	said, err := shakeHands(conn)
	if err != nil {
		conn.Close()
		return
	}
	peer := newPeerConn(conn, said, l.peers)
	select {
	case l.ready <- peer:
	case <-l.done:
		peer.Close()
	}
}

// Accept implements net.Listener.
func (l *guardedListener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.ready:
		return conn, nil
	case <-l.done:
		time.Sleep(50 * time.Millisecond) // zmq4 calls again at once until its context ends
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (l *guardedListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return l.Listener.Close()
}

type peersKey struct{}

// peers are the connections of one socket, and what the kernel wants to know of them.
type peers struct {
	// maxMessage bounds one message from a peer, in bytes; 0 is defaultMaxMessage.
	maxMessage uint64
	// subscribed, when set, is called after zmq4 has taken in a subscription.
	subscribed func(topic string)

	mu    sync.Mutex
	conns map[*peerConn]struct{}
}

// defaultMaxMessage holds any notebook's cell and any widget's buffers.
const defaultMaxMessage = 256 << 20

// context carries p to the transport of a socket that is made with it.
func (p *peers) context(parent context.Context) context.Context {
	return context.WithValue(parent, peersKey{}, p)
}

func (p *peers) add(c *peerConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conns == nil {
		p.conns = map[*peerConn]struct{}{}
	}
	p.conns[c] = struct{}{}
}

func (p *peers) remove(c *peerConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c)
}

// backlog is the number of bytes that wait for the slowest peer, and the number of bytes
// that zmq4 has ever written to the present peers.
func (p *peers) backlog() (waiting int, written int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		w, total := c.out.size()
		waiting, written = max(waiting, w), written+total
	}
	return waiting, written
}

// throttle waits while the slowest peer is more than limit bytes behind: the producer then
// goes at the pace of its reader. It cannot wait for ever, see stallTime.
func (p *peers) throttle(ctx context.Context, limit int) {
	for {
		if waiting, _ := p.backlog(); waiting <= limit || ctx.Err() != nil {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// drain waits until everything is on the wire, but not longer than the limit. zmq4's queue
// of published messages cannot be seen from outside: it is taken for empty when nothing was
// written for two rounds.
func (p *peers) drain(limit time.Duration) {
	const round = 15 * time.Millisecond
	_, before := p.backlog()
	for end := time.Now().Add(limit); time.Now().Before(end); {
		time.Sleep(round)
		waiting, written := p.backlog()
		if waiting == 0 && written == before {
			return
		}
		before = written
	}
}
