package kernel

import (
	"bytes"
	"context"
	"encoding/binary"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// tcpConnection uses free ports of this machine.
func tcpConnection(t *testing.T) connection {
	t.Helper()
	c := localConnection(t)
	c.Transport, c.IP = "tcp", "127.0.0.1"
	for _, port := range []*int{&c.ShellPort, &c.ControlPort, &c.StdinPort, &c.IOPubPort, &c.HeartbeatPort} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() // after the last is chosen, so that all differ
		*port = l.Addr().(*net.TCPAddr).Port
	}
	return c
}

func ready(properties ...byte) []byte {
	body := append([]byte("\x05READY"), properties...)
	return append([]byte{flagCommand, byte(len(body))}, body...)
}

func testGreeting() []byte {
	greeting := make([]byte, greetingSize)
	greeting[0], greeting[9], greeting[10] = 0xff, 0x7f, 3
	copy(greeting[12:], "NULL")
	return greeting
}

var dealerProperty = append([]byte("\x0bSocket-Type\x00\x00\x00\x06"), "DEALER"...)

// TestHostilePeers connects peers that hang, talk nonsense or announce the impossible. After
// each, a new client must be served.
func TestHostilePeers(t *testing.T) {
	huge := binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<62)
	var manyFrames []byte
	for range 5_000_000 {
		manyFrames = append(manyFrames, flagMore, 0)
	}
	hello := append(testGreeting(), ready(dealerProperty...)...)
	c := tcpConnection(t)
	startKernelAt(t, &fakeEngine{}, c)
	for name, said := range map[string][]byte{
		"silent":           nil,
		"HTTP":             []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + strings.Repeat("A", 100)),
		"half a greeting":  testGreeting()[:40],
		"other mechanism":  bytes.Replace(testGreeting(), []byte("NULL"), []byte("PLAIN"), 1)[:greetingSize],
		"no READY":         append(testGreeting(), 0, 5, 'h', 'e', 'l', 'l', 'o'),
		"name beyond end":  append(testGreeting(), ready(4, 'a', 'b', 'c')...),
		"name to the end":  append(testGreeting(), ready(3, 'a', 'b', 'c')...),
		"value beyond end": append(testGreeting(), ready(1, 'a', 0xff, 0xff, 0xff, 0xff)...),
		"huge frame":       append(bytes.Clone(hello), huge...),
		"empty frames":     append(bytes.Clone(hello), manyFrames...),
	} {
		for _, port := range []int{c.ShellPort, c.IOPubPort} {
			conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", itoa(port)))
			if err != nil {
				t.Fatalf("%s: the kernel takes no connections: %v", name, err)
			}
			go conn.Write(said)
			defer conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
		start := time.Now()
		k := connectClient(t, c)
		k.awaitReady()
		if reply, _ := k.run("print x"); reply.Content["status"] != "ok" {
			t.Errorf("%s: status of a new client's cell = %v, want ok", name, reply.Content["status"])
		}
		if took := time.Since(start); took > handshakeTime/2 {
			t.Errorf("%s: a new client waited %v, want the peer to hold up nobody", name, took)
		}
	}
}

// stalled connects a subscriber that never reads.
func stalled(t *testing.T, c connection) {
	t.Helper()
	conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", itoa(c.IOPubPort)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	subscriber := append([]byte("\x0bSocket-Type\x00\x00\x00\x03"), "SUB"...)
	conn.Write(append(append(testGreeting(), ready(subscriber...)...), 0, 1, 1))
}

// TestStalledSubscriber has a subscriber that never reads beside one that does.
func TestStalledSubscriber(t *testing.T) {
	c := tcpConnection(t)
	k := startKernelAt(t, &fakeEngine{}, c)
	stalled(t, c)
	k.awaitReady() // the stalled one's welcome
	const lines = 200_000
	_, out := k.run("lines " + itoa(lines))
	if got := strings.Count(streamText(out, "stdout"), "\n"); got != lines {
		t.Errorf("lines = %d, want %d", got, lines)
	}
}

// TestInterruptBesideStalled: a cell whose output waits for a subscriber ends when it is
// interrupted, long before the subscriber is hung up on.
func TestInterruptBesideStalled(t *testing.T) {
	c := tcpConnection(t)
	k := startKernelAt(t, &fakeEngine{}, c)
	stalled(t, c)
	k.awaitReady()
	id := k.execute("flood")
	k.awaitIOPub(id, msgStream)
	for quiet := false; !quiet; { // the cell waits
		select {
		case <-k.iopub:
		case <-time.After(time.Second):
			quiet = true
		}
	}
	begun := time.Now()
	k.reply(k.control, k.send("control", msgInterruptRequest, map[string]any{}))
	if got := k.reply(k.shell, id).Content["status"]; got != "error" {
		t.Errorf("status = %v, want error", got)
	}
	if took := time.Since(begun); took > stallTime*2/3 {
		t.Errorf("the interrupt took %v, want it not to wait for the subscriber", took)
	}
}

func TestFrameParser(t *testing.T) {
	long := append(binary.BigEndian.AppendUint64([]byte{flagLong}, 300), bytes.Repeat([]byte("x"), 300)...)
	stream := append([]byte{flagMore, 1, 'a', flagMore, 0}, long...)
	var seen []int
	p := frameParser{limit: 1000, onFrame: func(_ byte, head []byte) { seen = append(seen, len(head)) }}
	for i := range stream { // byte by byte: the worst case
		if p.complete {
			t.Fatalf("complete after %d of %d bytes, want at the end", i, len(stream))
		}
		if err := p.feed(stream[i : i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if !p.complete || len(seen) != 3 || seen[0] != 1 || seen[1] != 0 || seen[2] != frameHead {
		t.Errorf("frames = %v, complete = %v, want [1 0 %d], true", seen, p.complete, frameHead)
	}
}

func TestFrameParserLimit(t *testing.T) {
	for name, stream := range map[string][]byte{
		"one frame":    binary.BigEndian.AppendUint64([]byte{flagLong}, 1001),
		"overflow":     binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<64-1),
		"small frames": bytes.Repeat(append([]byte{flagMore, 100}, make([]byte, 100)...), 11),
		"empty frames": bytes.Repeat([]byte{flagMore, 0}, 1000/frameCost+1),
	} {
		p := frameParser{limit: 1000}
		if err := p.feed(stream); err == nil {
			t.Errorf("%s: feed = nil, want an error beyond 1000 bytes", name)
		}
		p = frameParser{limit: 1000}
		ends := bytes.Repeat([]byte{0, 1, 'a'}, 1000) // a thousand messages are no large one
		if err := p.feed(ends); err != nil {
			t.Errorf("feed(many messages) = %v, want nil", err)
		}
	}
}

func FuzzFrameParser(f *testing.F) {
	f.Add([]byte{flagMore, 1, 'a', 0, 0}, 3)
	f.Add(binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<63), 1)
	f.Fuzz(func(t *testing.T, stream []byte, at int) {
		whole, split := frameParser{limit: 1 << 20}, frameParser{limit: 1 << 20}
		err := whole.feed(stream)
		if len(stream) == 0 {
			return
		}
		at = int(uint(at) % uint(len(stream)))
		splitErr := split.feed(stream[:at])
		if splitErr == nil {
			splitErr = split.feed(stream[at:])
		}
		if (err == nil) != (splitErr == nil) || err == nil && (whole.left != split.left || whole.complete != split.complete) {
			t.Errorf("feed(%q) = %v, in two pieces %v, want the same", stream, err, splitErr)
		}
	})
}

func FuzzProperties(f *testing.F) {
	f.Add(dealerProperty)
	f.Add([]byte{4, 'a'})
	f.Add([]byte{})
	f.Add([]byte{1, 'a', 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{1, 'a', 0, 0, 0, 1, 'b', 1, 'a', 0, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, properties []byte) {
		if checkProperties(properties) != nil {
			return
		}
		metadata := zmq4.Metadata{}
		if err := metadata.UnmarshalZMTP(properties); err != nil { // must not panic
			t.Errorf("UnmarshalZMTP(%q) = %v, want what checkProperties accepts to be read", properties, err)
		}
	})
}

// TestDrain has a slow reader: drain must wait until it has all, or until the limit.
func TestDrain(t *testing.T) {
	here, there := net.Pipe()
	var p peers
	c := newPeerConn(here, nil, &p)
	defer c.Close()
	c.swallow = 0
	c.Write(append([]byte{0, 100}, make([]byte, 100)...))
	start := time.Now()
	p.drain(100 * time.Millisecond)
	if took := time.Since(start); took < 90*time.Millisecond || took > patience {
		t.Errorf("drain of a peer that reads nothing took %v, want the limit", took)
	}
	read := make(chan int, 1)
	var begun atomic.Bool
	go func() {
		time.Sleep(50 * time.Millisecond)
		begun.Store(true)
		n, _ := there.Read(make([]byte, 1000))
		read <- n
	}()
	p.drain(patience)
	if !begun.Load() {
		t.Error("drain returned before the peer had read")
	}
	if n := <-read; n != 102 {
		t.Errorf("read %d bytes, want 102", n)
	}
}

func TestThrottleEnds(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	var p peers
	c := newPeerConn(here, nil, &p)
	c.swallow = 0
	c.Write(append([]byte{0, 100}, make([]byte, 100)...))
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	p.throttle(ctx, 10)
	if took := time.Since(start); took < 40*time.Millisecond {
		t.Errorf("throttle returned after %v, want it to wait for the peer", took)
	}
	c.Close()
	if waiting, _ := p.backlog(); waiting != 0 {
		t.Errorf("backlog after Close = %d, want 0", waiting)
	}
}
