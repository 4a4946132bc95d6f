package kernel

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/uuid"
)

const patience = 30 * time.Second

// message is what a client receives, decoded.
type message struct {
	Header, Parent map[string]any
	ParentRaw      string
	Kind           string
	Content        map[string]any
	Metadata       map[string]any
	Buffers        [][]byte
}

// client is a front end: DEALER sockets and one SUB, with a reader for each.
type client struct {
	t              *testing.T
	wire           *wire
	connection     connection
	sockets        map[string]zmq4.Socket
	shell, control chan message
	stdin          chan message
	iopub          chan message
	id             zmq4.Option // the identity: shell and control share it
	served         chan error
}

// localConnection uses sockets in the file system, which no other process can take.
func localConnection(t *testing.T) connection {
	t.Helper()
	dir, err := os.MkdirTemp("", "kernel") // short: such a path has at most 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return connection{Transport: "ipc", IP: filepath.Join(dir, "s"), Key: "the key", SignatureScheme: "hmac-sha256",
		ShellPort: 1, ControlPort: 2, StdinPort: 3, IOPubPort: 4, HeartbeatPort: 5}
}

// startKernel serves engine and connects a client to it.
func startKernel(t *testing.T, engine Engine) *client {
	t.Helper()
	return startKernelAt(t, engine, localConnection(t))
}

func startKernelAt(t *testing.T, engine Engine, c connection) *client {
	t.Helper()
	served := serveAt(t, engine, c)
	k := connectClient(t, c)
	k.served = served
	k.awaitReady()
	return k
}

// serveAt runs a kernel until the end of the test; what Serve returns comes by the channel.
func serveAt(t *testing.T, engine Engine, c connection) chan error {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "connection.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() {
		served <- Serve(ctx, Options{ConnectionFile: path, Engine: engine, Log: log.New(io.Discard, "", 0)})
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-served:
		case <-time.After(patience):
			t.Error("Serve did not return after its context ended")
		}
	})
	return served
}

func connectClient(t *testing.T, c connection) *client {
	t.Helper()
	k := newClient(t, c)
	k.connect("shell", zmq4.NewDealer, c.ShellPort, k.shell)
	k.connect("control", zmq4.NewDealer, c.ControlPort, k.control)
	k.connect("stdin", zmq4.NewDealer, c.StdinPort, k.stdin)
	k.connect("heartbeat", zmq4.NewReq, c.HeartbeatPort, nil)
	k.subscribe()
	return k
}

func newClient(t *testing.T, c connection) *client {
	k := &client{t: t, wire: newWire(c.Key, signatureHashes[c.SignatureScheme]), connection: c, sockets: map[string]zmq4.Socket{}}
	k.id = zmq4.WithID(zmq4.SocketIdentity(uuid.NewString()))
	k.shell, k.control, k.iopub = make(chan message, 10000), make(chan message, 100), make(chan message, 100000)
	k.stdin = make(chan message, 100)
	return k
}

func (k *client) subscribe() {
	k.t.Helper()
	k.connect("iopub", zmq4.NewSub, k.connection.IOPubPort, nil)
	sub := k.sockets["iopub"]
	if err := sub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		k.t.Fatal(err)
	}
	go k.read(sub, k.iopub)
}

func (k *client) connect(name string, open func(context.Context, ...zmq4.Option) zmq4.Socket, port int, into chan message) {
	k.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	k.t.Cleanup(cancel)
	quiet := zmq4.WithLogger(log.New(io.Discard, "", 0)) // else zmq4 reads os.Stderr, which the kernel changes
	socket := open(ctx, k.id, quiet, zmq4.WithDialerRetry(20*time.Millisecond), zmq4.WithDialerMaxRetries(200))
	// zmq4's own transports: the client must not share the kernel's.
	if err := socket.Dial(strings.TrimPrefix(k.connection.endpoint(port), "jupyter-")); err != nil {
		k.t.Fatal(err)
	}
	k.sockets[name] = socket
	if into != nil {
		go k.read(socket, into)
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func (k *client) read(socket zmq4.Socket, into chan message) {
	for {
		msg, err := socket.Recv()
		if err != nil {
			return
		}
		r, err := k.wire.parse(msg.Frames)
		if err != nil {
			k.t.Errorf("parse(%q) = %v, want a message of the kernel", msg.Frames, err)
			return
		}
		m := message{Kind: r.kind, ParentRaw: string(r.parent), Buffers: r.buffers}
		json.Unmarshal(r.metadata, &m.Metadata)
		json.Unmarshal(r.header, &m.Header)
		json.Unmarshal([]byte(m.ParentRaw), &m.Parent)
		json.Unmarshal(r.content, &m.Content)
		into <- m
	}
}

// send sends a request and returns its id.
func (k *client) send(socket, kind string, content any) string {
	k.t.Helper()
	return k.sendWith(socket, kind, nil, content)
}

// sendWith adds keys to the header, and buffers.
func (k *client) sendWith(socket, kind string, extra map[string]any, content any, buffers ...[]byte) string {
	k.t.Helper()
	id := uuid.NewString()
	keys := map[string]any{"msg_id": id, "msg_type": kind, "session": k.wire.session,
		"username": "tester", "date": time.Now().UTC().Format(time.RFC3339Nano), "version": "5.3", "x_extra": []int{1, 2}}
	maps.Copy(keys, extra)
	header, _ := json.Marshal(keys)
	body, err := json.Marshal(content)
	if err != nil {
		k.t.Fatal(err)
	}
	k.sendRaw(socket, append(k.signed(header, []byte("{}"), []byte("{}"), body), buffers...))
	return id
}

func (k *client) signed(parts ...[]byte) [][]byte {
	return append([][]byte{delimiter, k.wire.sign(parts)}, parts...)
}

func (k *client) sendRaw(socket string, frames [][]byte) {
	k.t.Helper()
	if err := k.sockets[socket].SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		k.t.Fatal(err)
	}
}

func (k *client) execute(code string) string {
	k.t.Helper()
	return k.send("shell", msgExecuteRequest, map[string]any{"code": code})
}

// reply waits for the reply to id.
func (k *client) reply(from chan message, id string) message {
	k.t.Helper()
	for end := time.After(patience); ; {
		select {
		case m := <-from:
			if m.Parent["msg_id"] == id {
				return m
			}
		case <-end:
			k.t.Fatalf("no reply to %s within %v", id, patience)
		}
	}
}

// outputs are the IOPub messages of id from busy to idle.
func (k *client) outputs(id string) []message {
	k.t.Helper()
	var all []message
	for end := time.After(patience); ; {
		select {
		case m := <-k.iopub:
			if m.Parent["msg_id"] != id {
				continue
			}
			all = append(all, m)
			if m.Kind == msgStatus && m.Content["execution_state"] == "idle" {
				return all
			}
		case <-end:
			k.t.Fatalf("no idle for %s within %v, only %v", id, patience, kinds(all))
		}
	}
}

// run executes code and returns reply and output.
func (k *client) run(code string) (message, []message) {
	k.t.Helper()
	id := k.execute(code)
	return k.reply(k.shell, id), k.outputs(id)
}

// awaitReady waits until the subscription works.
func (k *client) awaitReady() {
	k.t.Helper()
	for end := time.After(patience); ; {
		select {
		case m := <-k.iopub:
			if m.Kind == msgIOPubWelcome {
				return
			}
		case <-end:
			k.t.Fatal("no iopub_welcome")
		}
	}
}

// awaitIOPub waits for one message of a kind with parent id.
func (k *client) awaitIOPub(id, kind string) message {
	k.t.Helper()
	for end := time.After(patience); ; {
		select {
		case m := <-k.iopub:
			if m.Kind == kind && m.Parent["msg_id"] == id {
				return m
			}
		case <-end:
			k.t.Fatalf("no %s within %v", kind, patience)
		}
	}
}

func kinds(messages []message) []string {
	var out []string
	for _, m := range messages {
		kind := m.Kind
		if kind == msgStatus {
			kind = m.Content["execution_state"].(string)
		}
		out = append(out, kind)
	}
	return out
}

func streamText(messages []message, name string) string {
	var b bytes.Buffer
	for _, m := range messages {
		if m.Kind == msgStream && m.Content["name"] == name {
			b.WriteString(m.Content["text"].(string))
		}
	}
	return b.String()
}
