package kernel

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func testWire() *wire { return newWire("the key", signatureHashes["hmac-sha256"]) }

// signedFrames is a correct message of w with the given parts.
func signedFrames(w *wire, header, parent, metadata, content string) [][]byte {
	parts := [][]byte{[]byte(header), []byte(parent), []byte(metadata), []byte(content)}
	return append([][]byte{[]byte("id"), delimiter, w.sign(parts)}, parts...)
}

const goodHeader = `{"msg_id":"1","msg_type":"execute_request","session":"s","date":"2026-11-24T10:00:00.5Z","x":[1]}`

func TestParse(t *testing.T) {
	w := testWire()
	frames := append(signedFrames(w, goodHeader, `{}`, `{"m":1}`, `{"code":"x"}`), []byte("buffer"))
	r, err := w.parse(frames)
	if err != nil {
		t.Fatalf("parse = %v, want a request", err)
	}
	if r.kind != "execute_request" || r.session != "s" || r.sent.IsZero() || len(r.ids) != 1 || string(r.header) != goodHeader {
		t.Errorf("parse = %+v, want all parts of %s", r, goodHeader)
	}
}

func TestParseRefuses(t *testing.T) {
	w := testWire()
	good := func() [][]byte { return signedFrames(w, goodHeader, `{}`, `{}`, `{}`) }
	unsigned := good()
	unsigned[2] = bytes.Repeat([]byte("0"), 64)
	for name, c := range map[string]struct {
		frames [][]byte
		want   string
	}{
		"nothing":           {nil, "delimiter"},
		"no delimiter":      {[][]byte{[]byte("garbage")}, "delimiter"},
		"too few frames":    {good()[:5], "needs 5"},
		"wrong signature":   {unsigned, "signature"},
		"header not JSON":   {signedFrames(w, `{`, `{}`, `{}`, `{}`), "header"},
		"header a list":     {signedFrames(w, `[1]`, `{}`, `{}`, `{}`), "header"},
		"header untyped":    {signedFrames(w, `{"msg_id":"2"}`, `{}`, `{}`, `{}`), "msg_type"},
		"type not a string": {signedFrames(w, `{"msg_type":3}`, `{}`, `{}`, `{}`), "header"},
		"parent missing":    {signedFrames(w, goodHeader, ``, `{}`, `{}`), "parent"},
		"metadata null":     {signedFrames(w, goodHeader, `{}`, `null`, `{}`), "metadata"},
		"content a list":    {signedFrames(w, goodHeader, `{}`, `{}`, `[1,2]`), "content"},
		"content not UTF-8": {signedFrames(w, goodHeader, `{}`, `{}`, "{\"code\":\"\xff\"}"), "UTF-8"},
	} {
		if r, err := w.parse(c.frames); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: parse = %v, %v, want an error with %q", name, r, err, c.want)
		}
	}
}

func TestReplay(t *testing.T) {
	w := testWire()
	frames := signedFrames(w, goodHeader, `{}`, `{}`, `{}`)
	if _, err := w.parse(frames); err != nil {
		t.Fatal(err)
	}
	if _, err := w.parse(frames); err == nil || !strings.Contains(err.Error(), "replay") {
		t.Errorf("parse of a replay = %v, want an error", err)
	}
	open := newWire("", signatureHashes["hmac-sha256"])
	for range 2 {
		if _, err := open.parse(signedFrames(open, goodHeader, `{}`, `{}`, `{}`)); err != nil {
			t.Errorf("parse without a key = %v, want no check", err)
		}
	}
}

func TestReplayMemory(t *testing.T) {
	var g replayGuard
	for i := range replayMemory + 10 {
		g.add(uint64(i))
	}
	if len(g.known) != replayMemory || len(g.order) != replayMemory {
		t.Errorf("remembered = %d, %d, want %d", len(g.known), len(g.order), replayMemory)
	}
	if g.add(replayMemory) || g.add(replayMemory+9) || g.add(10) || !g.add(0) {
		t.Error("add forgets the wrong signatures, want the oldest forgotten")
	}
}

// TestFrames reads back what frames writes, as another party would.
func TestFrames(t *testing.T) {
	w := testWire()
	frames, err := w.frames([][]byte{[]byte("id")}, json.RawMessage(goodHeader), Stream{"stdout", "<b>é\xff"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := testWire().parse(frames)
	if err != nil {
		t.Fatal(err)
	}
	if string(frames[4]) != goodHeader || !bytes.Contains(r.content, []byte("<b>é")) || r.kind != msgStream {
		t.Errorf("frames = %q, want a stream with its parent", frames)
	}
}

func TestFramesNeverNull(t *testing.T) {
	w := testWire()
	for _, content := range []Content{
		DisplayData{Render(1)}, ExecuteResult{Data: Render(nil)}, (&CellError{}).output(),
		executeReply{"ok", 1, map[string]any{}, []page{}},
	} {
		frames, err := w.frames(nil, nil, content)
		if err != nil || bytes.Contains(bytes.Join(frames, nil), []byte("null")) {
			t.Errorf("frames of %T = %q, %v, want no null", content, frames, err)
		}
	}
}

// FuzzParse feeds frames, separated by newlines, to an unsigned and a signed wire.
func FuzzParse(f *testing.F) {
	f.Add([]byte("id\n<IDS|MSG>\n\n{\"msg_type\":\"x\"}\n{}\n{}\n{}"))
	f.Add([]byte("<IDS|MSG>\nsig\n{}"))
	f.Add([]byte("<IDS|MSG>\n\n{\"msg_type\":\"x\",\"date\":7}\n{}\n{}\n[]\nbuffer"))
	f.Fuzz(func(t *testing.T, data []byte) {
		frames := bytes.Split(data, []byte("\n"))
		if r, err := testWire().parse(frames); err == nil {
			t.Errorf("parse(%q) = %v, want the signature refused", frames, r)
		}
		r, err := newWire("", signatureHashes["hmac-sha256"]).parse(frames)
		if err != nil {
			return
		}
		if r.kind == "" || checkObject(r.content) != nil || checkObject(r.header) != nil {
			t.Errorf("parse(%q) = %+v, want only objects accepted", frames, r)
		}
	})
}
