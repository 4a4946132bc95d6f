package kernel

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// question waits for an input_request.
func (k *client) question() message {
	k.t.Helper()
	select {
	case m := <-k.stdin:
		return m
	case <-time.After(patience):
		k.t.Fatal("no input_request")
	}
	return message{}
}

// answer sends an input_reply with a parent of its own.
func (k *client) answer(value string, parent map[string]any) {
	k.t.Helper()
	header, _ := json.Marshal(map[string]any{"msg_id": uuid.NewString(), "msg_type": msgInputReply, "session": k.wire.session})
	raw, _ := json.Marshal(parent)
	body, _ := json.Marshal(map[string]any{"value": value})
	k.sendRaw("stdin", k.signed(header, raw, []byte("{}"), body))
}

func TestInput(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	for verb, hidden := range map[string]bool{"input": false, "password": true} {
		id := k.execute("print before\n" + verb + " name? ")
		q := k.question()
		if q.Kind != msgInputRequest || q.Parent["msg_id"] != id || q.Content["prompt"] != "name? " || q.Content["password"] != hidden {
			t.Errorf("question = %s %v of %v, want name?, hidden %v, of %s", q.Kind, q.Content, q.Parent["msg_id"], hidden, id)
		}
		k.send("stdin", msgInputReply, map[string]any{"value": "Ada"})
		if reply := k.reply(k.shell, id); reply.Content["status"] != "ok" {
			t.Errorf("reply = %v, want ok", reply.Content)
		}
		out := k.outputs(id)
		if got := out[len(out)-2].Content["data"].(map[string]any)["text/plain"]; got != "Ada" {
			t.Errorf("result = %v, want Ada", got)
		}
	}
}

func TestInputNotAllowed(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	id := k.send("shell", msgExecuteRequest, map[string]any{"code": "input name?", "allow_stdin": false})
	reply := k.reply(k.shell, id).Content
	if reply["status"] != "error" || reply["evalue"] != errNoInput.Error() {
		t.Errorf("reply = %v, want the error %q", reply, errNoInput)
	}
	if len(k.stdin) != 0 {
		t.Error("a front end that allows no input was asked")
	}
}

// TestStaleAnswers sends answers that belong to no question, or to another one.
func TestStaleAnswers(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	other := connectClient(t, k.connection)
	k.answer("too early", nil)
	k.run("print") // the early answer has arrived when this is done, or soon after
	time.Sleep(50 * time.Millisecond)
	id := k.execute("input name?")
	q := k.question()
	k.answer("of another question", map[string]any{"msg_id": "another"})
	other.answer("of another client", q.Header)
	k.send("stdin", msgExecuteRequest, map[string]any{"code": "print no"})
	k.send("stdin", msgInputReply, map[string]any{"value": 5})
	k.send("stdin", msgInputReply, map[string]any{})
	time.Sleep(50 * time.Millisecond)
	k.answer("right", q.Header)
	k.answer("second answer", q.Header)
	out := k.outputs(id)
	if got := out[len(out)-2].Content["data"]; got == nil || got.(map[string]any)["text/plain"] != "right" {
		t.Errorf("result = %v, want the right answer", got)
	}
}

func TestInterruptWhileAsking(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	id := k.execute("input name?")
	k.question()
	k.reply(k.control, k.send("control", msgInterruptRequest, map[string]any{}))
	reply := k.reply(k.shell, id).Content
	if reply["status"] != "error" || !strings.Contains(reply["evalue"].(string), "interrupted") {
		t.Errorf("reply = %v, want an interrupted cell", reply)
	}
	if reply, _ := k.run("value 1"); reply.Content["status"] != "ok" {
		t.Errorf("next cell = %v, want ok", reply.Content)
	}
}

func TestInputWithoutCell(t *testing.T) {
	if _, err := Input("?"); err != errNoInput {
		t.Errorf("Input outside of a kernel = %v, want %v", err, errNoInput)
	}
	session, err := NewSession(&fakeEngine{}, &collector{})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	if _, err := Input("?"); err != errNoCell {
		t.Errorf("Input between cells = %v, want %v", err, errNoCell)
	}
	outcome := session.Execute(t.Context(), Cell{Code: "input ?"})
	if outcome.Err == nil || outcome.Err.Message != errNoInput.Error() {
		t.Errorf("cell without Ask = %v, want %v", outcome.Err, errNoInput)
	}
}
