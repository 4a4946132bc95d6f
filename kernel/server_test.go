package kernel

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/go-cmp/cmp"
)

func wantKinds(t *testing.T, code string, got []message, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, kinds(got)); diff != "" {
		t.Errorf("messages of %q (-want +got):\n%s", code, diff)
	}
}

func TestExecuteOrder(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	code := "print one\nprint three\ndisplay <b>4</b>\neprint two\ndisplay 5\nprint five\nvalue six"
	reply, got := k.run(code)
	wantKinds(t, code, got, "busy", "execute_input", "stream", "display_data", "stream", "display_data", "stream", "execute_result", "idle")
	if got := reply.Content["status"]; got != "ok" {
		t.Errorf("status = %v, want ok", got)
	}
	if got := streamText(got, "stdout"); got != "one\nthree\nfive\n" {
		t.Errorf("stdout = %q, want the three lines", got)
	}
	if got := streamText(got, "stderr"); got != "two\n" {
		t.Errorf("stderr = %q, want two", got)
	}
	result := got[len(got)-2].Content
	if got := result["data"].(map[string]any)["text/plain"]; got != "six" {
		t.Errorf("result = %v, want six", got)
	}
	if got, want := result["execution_count"], reply.Content["execution_count"]; got != want {
		t.Errorf("execution_count of the result = %v, want the reply's %v", got, want)
	}
}

// TestDisplayUpdateClear has an output of one cell updated by another.
func TestDisplayUpdateClear(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	_, first := k.run("displayas d1 one")
	_, second := k.run("update d1 two\nclear wait\nraw \"end \\xff\"")
	wantKinds(t, "displayas", first, "busy", "execute_input", "display_data", "idle")
	wantKinds(t, "update", second, "busy", "execute_input", "update_display_data", "clear_output", "stream", "idle")
	for _, c := range []struct {
		got  message
		text string
	}{{first[2], "one"}, {second[2], "two"}} {
		want := map[string]any{"data": map[string]any{"text/plain": c.text}, "metadata": map[string]any{}, "transient": map[string]any{"display_id": "d1"}}
		if diff := cmp.Diff(want, c.got.Content); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.got.Kind, diff)
		}
	}
	if got := second[3].Content["wait"]; got != true {
		t.Errorf("clear_output wait = %v, want true", got)
	}
	if got := second[4].Content["text"]; got != "end \uFFFD" {
		t.Errorf("stream = %q, want valid UTF-8", got)
	}
}

func TestHeaders(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	reply, outputs := k.run("print x")
	seen := map[any]bool{}
	for _, m := range append(outputs, reply) {
		if m.Header["session"] == k.wire.session || m.Header["session"] != reply.Header["session"] {
			t.Errorf("session of %s = %v, want the kernel's own %v", m.Kind, m.Header["session"], reply.Header["session"])
		}
		if m.Header["version"] != "5.5" || seen[m.Header["msg_id"]] {
			t.Errorf("header of %s = %v, want version 5.5 and an id of its own", m.Kind, m.Header)
		}
		seen[m.Header["msg_id"]] = true
		if !strings.Contains(m.ParentRaw, `"x_extra":[1,2]`) {
			t.Errorf("parent of %s = %s, want a verbatim copy with x_extra", m.Kind, m.ParentRaw)
		}
	}
}

func TestSilentAndUncounted(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	first, _ := k.run("value 1")
	n := first.Content["execution_count"].(float64)

	id := k.send("shell", msgExecuteRequest, map[string]any{"code": "print 2\nvalue 2", "silent": true})
	silent := k.reply(k.shell, id)
	wantKinds(t, "silent", k.outputs(id), "busy", "stream", "idle")
	id = k.send("shell", msgExecuteRequest, map[string]any{"code": "value 3", "store_history": false})
	uncounted := k.reply(k.shell, id)
	wantKinds(t, "uncounted", k.outputs(id), "busy", "execute_input", "execute_result", "idle")

	last, _ := k.run("value 4")
	for _, got := range []any{silent.Content["execution_count"], uncounted.Content["execution_count"], last.Content["execution_count"].(float64) - 1} {
		if got != n {
			t.Errorf("execution_count = %v, want %v", got, n)
		}
	}
	id = k.send("shell", msgHistoryRequest, map[string]any{"hist_access_type": "tail", "n": 5, "output": true, "raw": true})
	history, _ := json.Marshal(k.reply(k.shell, id).Content["history"])
	if want := `[[1,1,["value 1","1"]],[1,2,["value 4","4"]]]`; string(history) != want {
		t.Errorf("history = %s, want %s", history, want)
	}
}

func TestErrorsStopTheQueue(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	var ids []string
	for _, code := range []string{"sleep 50ms\nfail no good", "print b", "print c"} {
		ids = append(ids, k.execute(code))
	}
	failed := k.reply(k.shell, ids[0]).Content
	want := map[string]any{"status": "error", "ename": "test error", "evalue": "1:2: no good", "execution_count": 1.0,
		"traceback": []any{bold + "test error" + reset + ": 1:2: no good", "cell 1, line 1"}, "user_expressions": map[string]any{}, "payload": []any{}}
	if diff := cmp.Diff(want, failed); diff != "" {
		t.Errorf("execute_reply (-want +got):\n%s", diff)
	}
	wantKinds(t, "fail", k.outputs(ids[0]), "busy", "execute_input", "error", "idle")
	for _, id := range ids[1:] {
		if got := k.reply(k.shell, id).Content["status"]; got != "aborted" {
			t.Errorf("status of a queued cell = %v, want aborted", got)
		}
		wantKinds(t, "aborted", k.outputs(id), "busy", "idle")
	}
	if reply, _ := k.run("print d"); reply.Content["status"] != "ok" {
		t.Errorf("status of a later cell = %v, want ok", reply.Content["status"])
	}
}

func TestStopOnErrorFalse(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	k.send("shell", msgExecuteRequest, map[string]any{"code": "sleep 50ms\nplainfail x", "stop_on_error": false})
	id := k.execute("print b")
	if got := k.reply(k.shell, id).Content["status"]; got != "ok" {
		t.Errorf("status after an error with stop_on_error=false = %v, want ok", got)
	}
}

func TestPanicsOfTheEngine(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	if reply, _ := k.run("panic now"); reply.Content["ename"] != "panic" {
		t.Errorf("ename = %v, want panic", reply.Content["ename"])
	}
	id := k.send("shell", msgIsCompleteRequest, map[string]any{"code": "panic"})
	if got := k.reply(k.shell, id); got.Kind != msgIsCompleteReply || got.Content["status"] != "error" {
		t.Errorf("reply to a request that panics = %v, want an error", got)
	}
}

func TestInterruptBetweenCells(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	k.reply(k.control, k.send("control", msgInterruptRequest, map[string]any{}))
	if reply, _ := k.run("print x"); reply.Content["status"] != "ok" {
		t.Errorf("status after an idle interrupt = %v, want ok", reply.Content["status"])
	}
}

// TestBesideACell asks all that must be answered while a cell runs.
func TestBesideACell(t *testing.T) {
	engine := &fakeEngine{started: make(chan string, 10)}
	k := startKernel(t, engine)
	running := k.execute("sleep 1h")
	<-engine.started
	k.awaitIOPub(running, msgExecuteInput)
	id := k.send("shell", msgCompleteRequest, map[string]any{"code": "prin", "cursor_pos": 4})
	if got := k.reply(k.shell, id).Content["matches"]; len(got.([]any)) != 2 {
		t.Errorf("matches beside a cell = %v, want two", got)
	}
	k.outputs(id)
	// The front ends' last word must be that the kernel is busy.
	if got := k.awaitIOPub(running, msgStatus).Content["execution_state"]; got != "busy" {
		t.Errorf("state after a request beside a cell = %v, want busy", got)
	}
	k.reply(k.control, k.send("control", msgKernelInfoRequest, map[string]any{}))
	if err := k.sockets["heartbeat"].Send(zmq4.NewMsg([]byte("ping"))); err != nil {
		t.Fatal(err)
	}
	if beat, err := k.sockets["heartbeat"].Recv(); err != nil || string(beat.Bytes()) != "ping" {
		t.Errorf("heartbeat = %q, %v, want ping", beat.Bytes(), err)
	}
	k.reply(k.control, k.send("control", msgInterruptRequest, map[string]any{}))
	k.reply(k.shell, running)
}

// TestSlowJoiner sends its first request before its subscription is there.
func TestSlowJoiner(t *testing.T) {
	c := localConnection(t)
	serveAt(t, &fakeEngine{}, c)
	k := newClient(t, c)
	k.connect("shell", zmq4.NewDealer, c.ShellPort, k.shell)
	id := k.execute("print x")
	time.Sleep(200 * time.Millisecond)
	k.subscribe()
	wantKinds(t, "print x", k.outputs(id), "busy", "execute_input", "stream", "idle")
}

func TestShutdown(t *testing.T) {
	for _, socket := range []string{"control", "shell"} {
		for _, code := range []string{"print idle", "sleep 1h"} {
			t.Run(socket+" "+code, func(t *testing.T) {
				engine := &fakeEngine{started: make(chan string, 10)}
				k := startKernel(t, engine)
				cell := k.execute(code)
				<-engine.started
				if code == "print idle" {
					k.reply(k.shell, cell)
				}
				id := k.send(socket, msgShutdownRequest, map[string]any{"restart": true})
				from := map[string]chan message{"control": k.control, "shell": k.shell}[socket]
				if got := k.reply(from, id).Content; got["status"] != "ok" || got["restart"] != true {
					t.Errorf("shutdown_reply = %v, want ok with restart", got)
				}
				wantKinds(t, "shutdown", k.outputs(id), "busy", "shutdown_reply", "idle")
				select {
				case err := <-k.served:
					k.served <- err
					if err != nil {
						t.Errorf("Serve = %v, want nil", err)
					}
				case <-time.After(patience):
					t.Fatal("Serve did not return")
				}
			})
		}
	}
}

func TestParentsDeath(t *testing.T) {
	for _, c := range []struct {
		announced string
		parents   []int
		stops     bool
	}{
		{"100", []int{100, 100, 1}, true},
		{"100", []int{100, 100, 7}, true},
		{"100", []int{50, 50, 50}, false},
		{"100", []int{50, 50, 1}, true},
		{"", []int{100, 1, 1}, false},
		{"1", []int{1, 1, 1}, false},
	} {
		k := &server{stopped: make(chan struct{})}
		asked := 0
		parent := func() int { asked++; return c.parents[min(asked, len(c.parents))-1] }
		done := make(chan struct{})
		time.AfterFunc(3*parentPoll, func() { close(done) })
		k.watchParent(c.announced, parent, done)
		stopped := false
		select {
		case <-k.stopped:
			stopped = true
		default:
		}
		if stopped != c.stops {
			t.Errorf("watchParent(%q) with parents %v stops = %v, want %v", c.announced, c.parents, stopped, c.stops)
		}
	}
}
