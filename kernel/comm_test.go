package kernel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// echoTarget registers a target whose comms send back what they get, until the test ends.
func echoTarget(t *testing.T, name string) {
	t.Helper()
	t.Cleanup(func() { RegisterTarget(name, nil) })
	RegisterTarget(name, func(c *Comm, opened CommMessage) {
		c.OnMessage(func(m CommMessage) {
			if m.Data["panic"] != nil {
				panic(m.Data["panic"])
			}
			if err := c.Send(m); err != nil {
				t.Errorf("Send(%v) = %v, want no error", m, err)
			}
		})
		c.OnClose(func(m CommMessage) { fmt.Println("closed with", m.Data["reason"]) })
		if err := c.Send(CommMessage{Data: map[string]any{"opened": opened.Data}}); err != nil {
			t.Errorf("Send() = %v, want no error", err)
		}
	})
}

func (k *client) openComm(id, target string) []message {
	k.t.Helper()
	return k.outputs(k.send("shell", msgCommOpen, map[string]any{"comm_id": id, "target_name": target, "data": map[string]any{"n": 1}}))
}

func (k *client) tellComm(id string, data any, buffers ...[]byte) []message {
	k.t.Helper()
	return k.outputs(k.sendWith("shell", msgCommMsg, nil, map[string]any{"comm_id": id, "data": data}, buffers...))
}

func (k *client) openComms(target string) map[string]any {
	k.t.Helper()
	return k.reply(k.shell, k.send("shell", msgCommInfoRequest, map[string]any{"target_name": target})).Content["comms"].(map[string]any)
}

func TestCommOfUnknownTarget(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	got := k.openComm("c1", "unknown")
	wantKinds(t, "comm_open", got, "busy", "comm_close", "idle")
	if got[1].Content["comm_id"] != "c1" {
		t.Errorf("comm_close = %v, want comm c1", got[1].Content)
	}
	wantKinds(t, "comm_msg", k.tellComm("c1", map[string]any{}), "busy", "idle")
	if got := k.openComms(""); len(got) != 0 {
		t.Errorf("comms = %v, want none", got)
	}
}

func TestCommFromFrontEnd(t *testing.T) {
	echoTarget(t, "echo")
	k := startKernel(t, &fakeEngine{})
	got := k.openComm("c1", "echo")
	wantKinds(t, "comm_open", got, "busy", "comm_msg", "idle")
	if diff := cmp.Diff(map[string]any{"comm_id": "c1", "data": map[string]any{"opened": map[string]any{"n": 1.0}}}, got[1].Content); diff != "" {
		t.Errorf("answer to comm_open (-want +got):\n%s", diff)
	}
	wantKinds(t, "comm_open of a taken id", k.openComm("c1", "echo"), "busy", "idle")
	got = k.tellComm("c1", map[string]any{"x": []any{"é", nil}}, []byte{0, 1, 255}, nil)
	wantKinds(t, "comm_msg", got, "busy", "comm_msg", "idle")
	if diff := cmp.Diff([][]byte{{0, 1, 255}, {}}, got[1].Buffers); diff != "" {
		t.Errorf("buffers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"x": []any{"é", nil}}, got[1].Content["data"]); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"c1": map[string]any{"target_name": "echo"}}, k.openComms("echo")); diff != "" {
		t.Errorf("comms (-want +got):\n%s", diff)
	}
	if got := k.openComms("other"); len(got) != 0 {
		t.Errorf("comms of another target = %v, want none", got)
	}
	_, out := k.run("print cell")
	k.send("shell", msgCommClose, map[string]any{"comm_id": "c1", "data": map[string]any{"reason": "tired"}})
	if text := k.awaitIOPub(out[0].Parent["msg_id"].(string), msgStream).Content["text"]; text != "closed with tired\n" {
		t.Errorf("output of OnClose = %q, want it below the latest cell", text)
	}
	if got := k.openComms(""); len(got) != 0 {
		t.Errorf("comms after comm_close = %v, want none", got)
	}
	wantKinds(t, "comm_msg after comm_close", k.tellComm("c1", map[string]any{}), "busy", "idle")
}

// TestCommHandlerPanics finds the panic below the latest cell, and the comm alive.
func TestCommHandlerPanics(t *testing.T) {
	echoTarget(t, "echo")
	RegisterTarget("bad", func(*Comm, CommMessage) { panic("at once") })
	t.Cleanup(func() { RegisterTarget("bad", nil) })
	k := startKernel(t, &fakeEngine{})
	_, out := k.run("print cell")
	cell := out[0].Parent["msg_id"].(string)
	k.openComm("c1", "echo")
	wantKinds(t, "panicking handler", k.tellComm("c1", map[string]any{"panic": "boom\x1b[2J"}), "busy", "idle")
	text := k.awaitIOPub(cell, msgStream).Content
	if text["name"] != "stderr" || text["text"] != "comm for echo: the handler() panicked: boom\\x1b[2J\n" {
		t.Errorf("report = %q, want the panic on stderr", text)
	}
	wantKinds(t, "next message", k.tellComm("c1", map[string]any{"x": 1}), "busy", "comm_msg", "idle")
	wantKinds(t, "panicking target", k.openComm("c2", "bad"), "busy", "comm_close", "idle")
	if got := k.openComms("bad"); len(got) != 0 {
		t.Errorf("comms of a target that panicked = %v, want none", got)
	}
}

// TestCommBesideCell has a message answered while a cell runs, with the kernel busy after it.
func TestCommBesideCell(t *testing.T) {
	echoTarget(t, "echo")
	k := startKernel(t, &fakeEngine{started: make(chan string, 1)})
	cell := k.execute("sleep 10s")
	k.awaitIOPub(cell, msgExecuteInput)
	wantKinds(t, "comm_open beside a cell", k.openComm("c1", "echo"), "busy", "comm_msg", "idle")
	if got := k.awaitIOPub(cell, msgStatus).Content["execution_state"]; got != "busy" {
		t.Errorf("status of the cell after a comm message = %v, want busy again", got)
	}
	k.send("control", msgInterruptRequest, map[string]any{})
	k.reply(k.shell, cell)
}

func TestCommOrder(t *testing.T) {
	got := make(chan float64, 100)
	RegisterTarget("order", func(c *Comm, _ CommMessage) {
		c.OnMessage(func(m CommMessage) {
			if m.Data["n"] == 0.0 {
				time.Sleep(20 * time.Millisecond) // let the others catch up
			}
			got <- m.Data["n"].(float64)
		})
	})
	t.Cleanup(func() { RegisterTarget("order", nil) })
	k := startKernel(t, &fakeEngine{})
	k.openComm("c1", "order")
	for n := range 50 {
		k.send("shell", msgCommMsg, map[string]any{"comm_id": "c1", "data": map[string]any{"n": n}})
	}
	for n := range 50 {
		if m := <-got; m != float64(n) {
			t.Fatalf("message %d = %v, want the order of sending", n, m)
		}
	}
}

func TestCommFromCell(t *testing.T) {
	answers := make(chan CommMessage, 1)
	k := startKernel(t, &fakeEngine{})
	_, out := k.run("print cell")
	cell := out[0].Parent["msg_id"].(string)
	c := NewComm("their.target")
	c.OnMessage(func(m CommMessage) { answers <- m })
	if !Interactive() {
		t.Error("Interactive() = false, want true in a kernel")
	}
	if err := c.Open(CommMessage{Data: map[string]any{"a": 1}, Metadata: map[string]any{"version": "2.1.0"}, Buffers: [][]byte{[]byte("raw")}}); err != nil {
		t.Fatal(err)
	}
	opened := k.awaitIOPub(cell, msgCommOpen)
	if opened.Content["comm_id"] != c.ID || opened.Content["target_name"] != "their.target" || opened.Metadata["version"] != "2.1.0" || string(bytes.Join(opened.Buffers, nil)) != "raw" {
		t.Errorf("comm_open = %v %v %q, want comm %s with version and buffer", opened.Content, opened.Metadata, opened.Buffers, c.ID)
	}
	k.tellComm(c.ID, map[string]any{"hello": "kernel"})
	if m := <-answers; m.Data["hello"] != "kernel" {
		t.Errorf("message = %v, want hello: kernel", m.Data)
	}
	if err := c.Send(CommMessage{Data: map[string]any{"f": func() {}}}); err == nil || !strings.Contains(err.Error(), `"f" cannot be encoded`) {
		t.Errorf("Send(func) = %v, want an error that names the key", err)
	}
	if err := c.Close(CommMessage{}); err != nil {
		t.Fatal(err)
	}
	if m := k.awaitIOPub(cell, msgCommClose); m.Content["comm_id"] != c.ID || m.Content["data"] == nil {
		t.Errorf("comm_close = %v, want comm %s with data", m.Content, c.ID)
	}
	if err := c.Send(CommMessage{}); err != errCommClosed {
		t.Errorf("Send after Close = %v, want %v", err, errCommClosed)
	}
}

func TestCommOutsideOfKernel(t *testing.T) {
	c, err := OpenComm("x", CommMessage{})
	if err != nil || Interactive() {
		t.Errorf("OpenComm outside of a kernel = %v, interactive %v, want no error and false", err, Interactive())
	}
	if err := c.Send(CommMessage{}); err != nil {
		t.Errorf("Send outside of a kernel = %v, want no error", err)
	}
	session, err := NewSession(&fakeEngine{}, &collector{})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	if Interactive() {
		t.Error("Interactive() = true, want false when nobody carries comms")
	}
	if err := session.Receive(nil, Stream{}); err == nil {
		t.Error("Receive(Stream) = nil, want an error")
	}
}
