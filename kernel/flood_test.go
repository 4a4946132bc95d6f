package kernel

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/google/uuid"
)

const (
	floodSize  = 10_000
	floodBatch = 500
)

// flood makes messages that look like those of a client, and spoils most of them.
type flood struct {
	*rand.Rand
	wire *wire
}

// floodRequests are contents that make sense, by type. Shutdown is left out: it would be obeyed.
var floodRequests = []struct {
	kind    string
	content map[string]any
}{
	{msgExecuteRequest, map[string]any{"code": "print x", "silent": false, "store_history": true, "user_expressions": map[string]any{"a": "value 1"}}},
	{msgExecuteRequest, map[string]any{"code": "fail x", "stop_on_error": false}},
	{msgExecuteRequest, map[string]any{"code": "panic x", "stop_on_error": true}},
	{msgExecuteRequest, map[string]any{"code": "input ?", "allow_stdin": true}},
	{msgExecuteRequest, map[string]any{"code": "display <b>"}},
	{msgExecuteRequest, map[string]any{"code": "print??"}},
	{msgInputReply, map[string]any{"value": "x"}},
	{msgCompleteRequest, map[string]any{"code": "pri", "cursor_pos": 3}},
	{msgInspectRequest, map[string]any{"code": "print", "cursor_pos": 3, "detail_level": 1}},
	{msgIsCompleteRequest, map[string]any{"code": "panic"}},
	{msgHistoryRequest, map[string]any{"hist_access_type": "range", "session": 0, "start": 1, "stop": 9, "output": true, "raw": true}},
	{msgHistoryRequest, map[string]any{"hist_access_type": "search", "pattern": "*[a?", "n": 3, "unique": true}},
	{msgKernelInfoRequest, map[string]any{}},
	{msgInterruptRequest, map[string]any{}},
	{msgCommInfoRequest, map[string]any{"target_name": "flood"}},
	{msgCommOpen, map[string]any{"comm_id": "c1", "target_name": "flood", "data": map[string]any{"a": 1}}},
	{msgCommMsg, map[string]any{"comm_id": "c1", "data": map[string]any{"panic": "x"}}},
	{msgCommMsg, map[string]any{"comm_id": "c1", "data": map[string]any{"b": []any{1, 2}}}},
	{msgCommClose, map[string]any{"comm_id": "c1", "data": map[string]any{}}},
	{msgCreateSubshellRequest, map[string]any{}},
	{msgDeleteSubshellRequest, map[string]any{"subshell_id": "x"}},
	{msgListSubshellRequest, map[string]any{}},
	{"no_such_request", map[string]any{}},
}

// oddValues take the place of what belongs somewhere.
var oddValues = []any{nil, true, -1, 1e308, 1 << 40, "", "\x00\x1b[2J", "\xff", "𐐷", []any{}, []any{nil, []any{1}}, map[string]any{},
	map[string]any{"": map[string]any{"a": nil}}, string(bytes.Repeat([]byte("a*"), 500)), 0.5, "c1", "kernel"}

// message is one message; about half of them are such that the kernel must serve them.
func (f *flood) message() [][]byte {
	r := floodRequests[f.IntN(len(floodRequests))]
	header := map[string]any{"msg_id": uuid.NewString(), "msg_type": r.kind, "session": "flood", "username": "u", "version": "5.3",
		"date": time.Now().UTC().Format(time.RFC3339Nano)}
	content := map[string]any{}
	for key, value := range r.content {
		content[key] = value
	}
	for f.IntN(3) == 0 {
		f.oddKey(content)
	}
	if f.IntN(8) == 0 {
		f.oddKey(header)
	}
	if f.IntN(8) == 0 {
		header["subshell_id"] = f.odd()
	}
	parts := [][]byte{f.json(header), []byte("{}"), []byte("{}"), f.json(content)}
	for f.IntN(6) == 0 {
		f.damage(parts)
	}
	signature := f.wire.sign(parts)
	if f.IntN(6) == 0 {
		signature = []byte(fmt.Sprintf("%x", f.Uint64()))
	}
	frames := append([][]byte{delimiter, signature}, parts...)
	for f.IntN(8) == 0 {
		frames = f.shuffle(frames)
	}
	return frames
}

func (f *flood) odd() any { return oddValues[f.IntN(len(oddValues))] }

// oddKey replaces, removes or adds a key.
func (f *flood) oddKey(m map[string]any) {
	for key := range m {
		switch f.IntN(3) {
		case 0:
			m[key] = f.odd()
		case 1:
			delete(m, key)
		}
		break
	}
	if f.IntN(4) == 0 {
		m[fmt.Sprint(f.odd())] = f.odd()
	}
}

func (f *flood) json(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return []byte("{")
	}
	return data
}

// damage changes bytes of one part.
func (f *flood) damage(parts [][]byte) {
	i := f.IntN(len(parts))
	part := bytes.Clone(parts[i])
	if len(part) == 0 {
		return
	}
	at := f.IntN(len(part))
	switch f.IntN(4) {
	case 0:
		part[at] ^= byte(1 + f.IntN(255))
	case 1:
		part = part[:at]
	case 2:
		part = append(part, part[at:]...)
	case 3:
		part = f.json(f.odd())
	}
	parts[i] = part
}

// shuffle removes, doubles or adds frames.
func (f *flood) shuffle(frames [][]byte) [][]byte {
	if len(frames) == 0 {
		return [][]byte{nil}
	}
	at := f.IntN(len(frames))
	switch f.IntN(3) {
	case 0:
		return append(frames[:at:at], frames[at+1:]...)
	case 1:
		return append(frames[:at+1:at+1], frames[at:]...)
	}
	return append(append(frames[:at:at], f.json(f.odd())), frames[at:]...)
}

// TestFlood throws messages, good, bad and forged, at every socket that takes any, and wants
// the kernel to be in order after each batch. What the kernel sends is checked by the client,
// which reads all of it.
func TestFlood(t *testing.T) {
	echoTarget(t, "flood")
	k := startKernel(t, &fakeEngine{})
	f := &flood{rand.New(rand.NewPCG(1, 2)), k.wire}
	sockets := []string{"shell", "shell", "shell", "control", "stdin"}
	for batch := range floodSize / floodBatch {
		for range floodBatch {
			if frames := f.message(); len(frames) > 0 {
				k.sendRaw(sockets[f.IntN(len(sockets))], frames)
			}
		}
		k.wantInOrder(batch)
	}
}

// wantInOrder asks on each socket and runs a cell, once those of the flood have ended.
func (k *client) wantInOrder(batch int) {
	k.t.Helper()
	value := fmt.Sprint("batch ", batch)
	for end := time.Now().Add(patience); ; {
		if reply := k.reply(k.control, k.send("control", msgInterruptRequest, map[string]any{})); reply.Content["status"] != "ok" {
			k.t.Fatalf("interrupt_reply after batch %d = %v, want ok", batch, reply.Content)
		}
		if k.runsWithin(value, 300*time.Millisecond) {
			break
		}
		if time.Now().After(end) {
			k.t.Fatalf("no cell runs after batch %d", batch)
		}
	}
	for name, from := range map[string]chan message{"shell": k.shell, "control": k.control} {
		if reply := k.reply(from, k.send(name, msgKernelInfoRequest, map[string]any{})); reply.Content["status"] != "ok" {
			k.t.Errorf("kernel_info on %s after batch %d = %v, want ok", name, batch, reply.Content)
		}
	}
	if err := k.sockets["heartbeat"].Send(zmq4.NewMsgString(value)); err != nil {
		k.t.Fatal(err)
	}
	if beat, err := k.sockets["heartbeat"].Recv(); err != nil || string(beat.Bytes()) != value {
		k.t.Errorf("heartbeat after batch %d = %q, %v, want %s", batch, beat.Bytes(), err, value)
	}
	for len(k.iopub) > 0 {
		<-k.iopub
	}
	for len(k.stdin) > 0 {
		<-k.stdin
	}
}

// runsWithin is false when the cell is aborted, or waits behind one that asks for input.
func (k *client) runsWithin(value string, limit time.Duration) bool {
	id := k.execute("value " + value)
	for end := time.After(limit); ; {
		select {
		case m := <-k.shell:
			if m.Parent["msg_id"] == id {
				return m.Content["status"] == "ok"
			}
		case <-end:
			return false
		}
	}
}
