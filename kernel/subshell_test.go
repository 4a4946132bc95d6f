package kernel

import (
	"reflect"
	"slices"
	"testing"
)

func (k *client) onControl(kind string, content map[string]any) map[string]any {
	k.t.Helper()
	return k.reply(k.control, k.send("control", kind, content)).Content
}

func (k *client) newSubshell() string {
	k.t.Helper()
	reply := k.onControl(msgCreateSubshellRequest, map[string]any{})
	id, ok := reply["subshell_id"].(string)
	if !ok || reply["status"] != "ok" {
		k.t.Fatalf("create_subshell_reply = %v, want ok and an id", reply)
	}
	return id
}

func (k *client) sendIn(subshell, kind string, content any) string {
	k.t.Helper()
	return k.sendWith("shell", kind, map[string]any{"subshell_id": subshell}, content)
}

func TestSubshells(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	first, second := k.newSubshell(), k.newSubshell()
	list := func() []any { return k.onControl(msgListSubshellRequest, map[string]any{})["subshell_id"].([]any) }
	if got := list(); len(got) != 2 || !slices.Contains(got, any(first)) || !slices.Contains(got, any(second)) {
		t.Errorf("subshells = %v, want %v and %v", got, first, second)
	}
	if got := k.onControl(msgDeleteSubshellRequest, map[string]any{"subshell_id": first})["status"]; got != "ok" {
		t.Errorf("status of deleting = %v, want ok", got)
	}
	if got := k.onControl(msgDeleteSubshellRequest, map[string]any{"subshell_id": first}); got["status"] != "error" {
		t.Errorf("reply to deleting again = %v, want an error", got)
	}
	if got := list(); !reflect.DeepEqual(got, []any{second}) {
		t.Errorf("subshells = %v, want only %v", got, second)
	}
	for _, kind := range []string{msgExecuteRequest, msgCompleteRequest} {
		id := k.sendIn(first, kind, map[string]any{"code": "print no"})
		if reply := k.reply(k.shell, id); reply.Kind != replyTo(kind) || reply.Content["ename"] != "unknown subshell" {
			t.Errorf("%s in a deleted subshell = %s %v, want an error", kind, reply.Kind, reply.Content)
		}
		wantKinds(t, kind, k.outputs(id), "busy", "idle")
	}
	id := k.sendIn(first, msgCommMsg, map[string]any{"comm_id": "x", "data": map[string]any{}})
	wantKinds(t, "comm_msg in a deleted subshell", k.outputs(id), "busy", "idle")
	if reply := k.reply(k.shell, k.sendWith("shell", msgCompleteRequest, map[string]any{"subshell_id": nil}, map[string]any{"code": ""})); reply.Content["status"] != "ok" {
		t.Errorf("reply with a null subshell = %v, want ok", reply.Content)
	}
}

// TestSubshellBesideCell: comms, completion and inspection in a subshell wait for no cell, nor
// for a handler of the main shell; a cell in a subshell waits for the engine.
func TestSubshellBesideCell(t *testing.T) {
	echoTarget(t, "echo")
	release := make(chan struct{})
	RegisterTarget("stuck", func(*Comm, CommMessage) { <-release })
	t.Cleanup(func() { RegisterTarget("stuck", nil) })
	k := startKernel(t, &fakeEngine{})
	subshell := k.newSubshell()
	cell := k.execute("set x 1\nsleep 10s")
	k.awaitIOPub(cell, msgExecuteInput)
	k.send("shell", msgCommOpen, map[string]any{"comm_id": "c0", "target_name": "stuck"})
	second := k.sendIn(subshell, msgExecuteRequest, map[string]any{"code": "show x"})
	opened := k.sendIn(subshell, msgCommOpen, map[string]any{"comm_id": "c1", "target_name": "echo", "data": map[string]any{}})
	wantKinds(t, "comm_open in a subshell", k.outputs(opened), "busy", "comm_msg", "idle")
	reply := k.reply(k.shell, k.sendIn(subshell, msgCompleteRequest, map[string]any{"code": "pri"}))
	if reply.Content["status"] != "ok" || reply.Parent["subshell_id"] != subshell {
		t.Errorf("complete_reply = %v with parent %v, want ok in subshell %s", reply.Content, reply.Parent, subshell)
	}
	if len(k.shell) != 0 {
		t.Errorf("reply while a cell runs = %v, want none", <-k.shell)
	}
	k.onControl(msgInterruptRequest, map[string]any{})
	k.reply(k.shell, cell)
	if got := k.reply(k.shell, second).Content["status"]; got != "ok" {
		t.Errorf("status of the subshell's cell = %v, want ok: it is not in the interrupted queue", got)
	}
	close(release)
}
