package kernel

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// messageTypes are the constants of messages.go, read from its source.
func messageTypes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "messages.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && strings.HasPrefix(spec.Names[0].Name, "msg") {
			name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			types = append(types, name)
		}
		return true
	})
	return types
}

// TestEveryRequestIsAnswered walks all message types: each request is in the dispatch table
// and gets its own reply between one busy and one idle, on every channel it may come by.
func TestEveryRequestIsAnswered(t *testing.T) {
	contents := map[string]map[string]any{
		msgExecuteRequest:    {"code": "value 1"},
		msgCompleteRequest:   {"code": "pri", "cursor_pos": 3},
		msgInspectRequest:    {"code": "print", "cursor_pos": 2, "detail_level": 1},
		msgIsCompleteRequest: {"code": "more"},
		msgHistoryRequest:    {"hist_access_type": "tail", "n": 1},
	}
	k := startKernel(t, &fakeEngine{})
	requests := 0
	for _, kind := range messageTypes(t) {
		if !strings.HasSuffix(kind, "_request") || kind == msgShutdownRequest || kind == msgInputRequest || kind == msgDeleteSubshellRequest {
			continue // see TestShutdown, TestInput and TestSubshells
		}
		requests++
		v, known := verbs[kind]
		if !known {
			t.Errorf("%s is not in the dispatch table", kind)
			continue
		}
		for name, on := range map[string]channel{"shell": shell, "control": control} {
			if v.channels&on == 0 {
				continue
			}
			content := contents[kind]
			if content == nil {
				content = map[string]any{}
			}
			id := k.send(name, kind, content)
			reply := k.reply(map[string]chan message{"shell": k.shell, "control": k.control}[name], id)
			if reply.Kind != strings.TrimSuffix(kind, "_request")+"_reply" || reply.Content["status"] == nil || reply.Content["status"] == "error" {
				t.Errorf("reply to %s on %s = %s %v, want its own reply", kind, name, reply.Kind, reply.Content)
			}
			got := kinds(k.outputs(id))
			if got[0] != "busy" || strings.Count(strings.Join(got, " "), "busy") != 1 {
				t.Errorf("output of %s = %v, want busy first and idle last", kind, got)
			}
		}
	}
	if requests < 8 {
		t.Errorf("request types seen = %d, want all of messages.go", requests)
	}
}

// TestEveryVerbHasAConstant finds table entries that messages.go does not know.
func TestEveryVerbHasAConstant(t *testing.T) {
	types := messageTypes(t)
	for kind := range verbs {
		found := false
		for _, known := range types {
			found = found || known == kind
		}
		if !found {
			t.Errorf("the dispatch table has %q, messages.go does not", kind)
		}
	}
}

func TestKernelInfo(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	info := k.reply(k.shell, k.send("shell", msgKernelInfoRequest, map[string]any{})).Content
	language := info["language_info"].(map[string]any)
	if info["protocol_version"] != "5.5" || language["mimetype"] != "text/x-go" || language["file_extension"] != ".go" {
		t.Errorf("kernel_info = %v, want protocol 5.5 and Go", info)
	}
	if got := info["supported_features"]; !reflect.DeepEqual(got, []any{"kernel subshells"}) {
		t.Errorf("supported_features = %v, want subshells", got)
	}
}

// TestCompletionCountsCodePoints has characters that are two UTF-16 units and four bytes.
func TestCompletionCountsCodePoints(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	for _, c := range []struct {
		code   string
		cursor any
		want   map[string]any
	}{
		{"𐐷𐐷 pri", 6, map[string]any{"matches": []any{"print", "printed"}, "cursor_start": 3.0, "cursor_end": 6.0}},
		{"x 日", 3, map[string]any{"matches": []any{"日本"}, "cursor_start": 2.0, "cursor_end": 3.0}},
		{"zz", 9999, map[string]any{"matches": []any{}, "cursor_start": 0.0, "cursor_end": 2.0}},
		{"zz", -5, map[string]any{"matches": []any{"print", "printed", "日本"}, "cursor_start": 0.0, "cursor_end": 0.0}},
		{"pri", nil, map[string]any{"matches": []any{"print", "printed"}, "cursor_start": 0.0, "cursor_end": 3.0}},
	} {
		id := k.send("shell", msgCompleteRequest, map[string]any{"code": c.code, "cursor_pos": c.cursor})
		got := k.reply(k.shell, id).Content
		typed := got["metadata"].(map[string]any)["_jupyter_types_experimental"].([]any)
		if len(typed) != len(c.want["matches"].([]any)) {
			t.Errorf("types of %q = %v, want one for each match", c.code, typed)
		}
		delete(got, "metadata")
		c.want["status"] = "ok"
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("complete(%q, %v) (-want +got):\n%s", c.code, c.cursor, diff)
		}
	}
}

func TestInspectAndPager(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	unknown := k.reply(k.shell, k.send("shell", msgInspectRequest, map[string]any{"code": "zz", "cursor_pos": 1}))
	if unknown.Content["status"] != "ok" || unknown.Content["found"] != false {
		t.Errorf("inspect(zz) = %v, want ok and not found", unknown.Content)
	}
	for code, level := range map[string]string{"print?": "0", "print??": "1", "?print": "0"} {
		reply, _ := k.run(code)
		payload, _ := json.Marshal(reply.Content["payload"])
		if want := `[{"data":{"text/plain":"print: level ` + level + `"},"source":"page","start":0}]`; string(payload) != want {
			t.Errorf("payload of %q = %s, want %s", code, payload, want)
		}
	}
	if _, out := k.run("zz?"); !strings.Contains(streamText(out, "stderr"), "zz") {
		t.Errorf("output of a vain question = %v, want a word on stderr", out)
	}
}

func TestUserExpressions(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	id := k.send("shell", msgExecuteRequest, map[string]any{"code": "set x 41", "user_expressions": map[string]string{"good": "show x", "bad": "show y"}})
	got := k.reply(k.shell, id).Content["user_expressions"].(map[string]any)
	good, bad := got["good"].(map[string]any), got["bad"].(map[string]any)
	if good["status"] != "ok" || good["data"].(map[string]any)["text/plain"] != "41" {
		t.Errorf("good = %v, want 41", good)
	}
	if bad["status"] != "error" || bad["evalue"] != "undefined: y" {
		t.Errorf("bad = %v, want an error", bad)
	}
}

// TestMalformedRequestsAreDropped sends what must neither be answered nor harm the kernel.
func TestMalformedRequestsAreDropped(t *testing.T) {
	k := startKernel(t, &fakeEngine{})
	header := func(kind string) []byte { return []byte(`{"msg_id":"bad","msg_type":"` + kind + `","session":"s"}`) }
	empty := []byte("{}")
	bad := [][][]byte{
		{[]byte("garbage"), []byte("more")},
		{delimiter, []byte("sig"), empty},
		{delimiter, []byte("zz"), header(msgExecuteRequest), empty, empty, []byte(`{"code":"print no"}`)},
		k.signed(header(msgExecuteRequest), empty, empty, []byte(`{not json`)),
		k.signed(header(msgExecuteRequest), empty, empty, []byte(`[1,2]`)),
		k.signed(header(msgExecuteRequest), empty, empty, empty),
		k.signed(header(msgExecuteRequest), empty, empty, []byte(`{"code":5,"silent":"x"}`)),
		k.signed(header("frobnicate_request"), empty, empty, empty),
		k.signed(header(msgCompleteRequest), empty, empty, []byte(`{"code":[]}`)),
	}
	for _, frames := range bad {
		k.sendRaw("shell", frames)
		k.sendRaw("control", frames)
	}
	reply, _ := k.run("print fine")
	if reply.Content["status"] != "ok" || reply.Content["execution_count"] != 1.0 {
		t.Errorf("reply after malformed requests = %v, want cell 1 ok", reply.Content)
	}
	select {
	case m := <-k.shell:
		t.Errorf("reply to a malformed request = %v, want none", m)
	default:
	}
}
