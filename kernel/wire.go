package kernel

import (
	"bytes"
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"os/user"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// protocolVersion is the version of the messaging protocol spoken here.
const protocolVersion = "5.5"

// delimiter ends the routing ids of a message; what follows is signature, header, parent
// header, metadata, content and buffers.
var delimiter = []byte("<IDS|MSG>")

// request is one message from a client, checked and taken apart.
type request struct {
	ids      [][]byte // routing ids, to be sent back before the reply
	kind     string
	session  string          // of the client
	subshell string          // noSubshell, or the id of one
	sent     time.Time       // by the client's clock; zero when it did not say
	arrival  time.Time       // by ours
	header   json.RawMessage // verbatim: replies repeat it as their parent header
	parent   json.RawMessage
	metadata json.RawMessage
	content  json.RawMessage
	buffers  [][]byte
}

// wire turns messages into frames and back for one kernel process: it signs, checks
// signatures and refuses replays.
type wire struct {
	key      []byte
	hash     func() hash.Hash
	session  string
	username string
	seen     replayGuard
}

func newWire(key string, hash func() hash.Hash) *wire {
	w := &wire{key: []byte(key), hash: hash, session: uuid.NewString(), username: "kernel"}
	if u, err := user.Current(); err == nil && utf8.ValidString(u.Username) {
		w.username = u.Username
	}
	return w
}

// parse checks frames and takes them apart. Every error means: drop the message.
func (w *wire) parse(frames [][]byte) (*request, error) {
	ids, rest, err := splitIDs(frames)
	if err != nil {
		return nil, err
	}
	if err := w.verify(rest[0], rest[1:5]); err != nil {
		return nil, err
	}
	r := &request{ids: ids, arrival: time.Now(), header: rest[1], parent: rest[2], metadata: rest[3], content: rest[4], buffers: rest[5:]}
	for _, part := range []struct {
		name string
		json []byte
	}{{"header", rest[1]}, {"parent header", rest[2]}, {"metadata", rest[3]}, {"content", rest[4]}} {
		if err := checkObject(part.json); err != nil {
			return nil, fmt.Errorf("the %s %w", part.name, err)
		}
	}
	return r, r.readHeader()
}

func splitIDs(frames [][]byte) (ids, rest [][]byte, err error) {
	for i, frame := range frames {
		if !bytes.Equal(frame, delimiter) {
			continue
		}
		if len(frames)-i-1 < 5 {
			return nil, nil, fmt.Errorf("the message has %d frames after the delimiter, it needs 5", len(frames)-i-1)
		}
		return frames[:i], frames[i+1:], nil
	}
	return nil, nil, errors.New("the message has no <IDS|MSG> delimiter")
}

// checkObject accepts one JSON object in valid UTF-8: other clients cannot read the rest.
func checkObject(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("is not valid UTF-8")
	}
	trimmed := bytes.TrimLeft(data, " \t\r\n")
	if len(trimmed) == 0 || trimmed[0] != '{' || !json.Valid(data) {
		return errors.New("is not a JSON object")
	}
	return nil
}

func (r *request) readHeader() error {
	var h struct {
		Kind     string `json:"msg_type"`
		Session  string `json:"session"`
		Subshell any    `json:"subshell_id"`
		Date     any    `json:"date"`
	}
	if err := json.Unmarshal(r.header, &h); err != nil {
		return fmt.Errorf("the header cannot be read: %w", err)
	}
	if h.Kind == "" {
		return errors.New("the header has no msg_type")
	}
	r.kind, r.session = h.Kind, h.Session
	r.subshell, _ = h.Subshell.(string) // null is as good as absent
	if text, ok := h.Date.(string); ok {
		r.sent, _ = time.Parse(time.RFC3339Nano, text) // unreadable: stays zero
	}
	return nil
}

// verify checks the signature over the four JSON frames. With an empty key there is no
// authentication, as the protocol allows for a private transport.
func (w *wire) verify(signature []byte, signed [][]byte) error {
	if len(w.key) == 0 {
		return nil
	}
	digest := w.digest(signed)
	if !hmac.Equal(signature, hexadecimal(digest)) {
		return errors.New("the signature is wrong")
	}
	if !w.seen.add(binary.BigEndian.Uint64(digest)) {
		return errors.New("the message is a replay of an earlier one")
	}
	return nil
}

func (w *wire) sign(parts [][]byte) []byte {
	if len(w.key) == 0 {
		return nil
	}
	return hexadecimal(w.digest(parts))
}

func (w *wire) digest(parts [][]byte) []byte {
	mac := hmac.New(w.hash, w.key)
	for _, part := range parts {
		mac.Write(part)
	}
	return mac.Sum(nil)
}

func hexadecimal(digest []byte) []byte { return hex.AppendEncode(nil, digest) }

// frames builds the frames of a message: ids, or the one topic frame on IOPub, come first.
// A nil parent becomes an empty object.
func (w *wire) frames(ids [][]byte, parent json.RawMessage, content Content) ([][]byte, error) {
	return w.framesWithID(uuid.NewString(), ids, parent, content)
}

func (w *wire) framesWithID(id string, ids [][]byte, parent json.RawMessage, content Content) ([][]byte, error) {
	header, err := marshal(map[string]string{
		"msg_id":   id,
		"msg_type": content.MessageType(),
		"session":  w.session,
		"username": w.username,
		"date":     time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
		"version":  protocolVersion,
	})
	if err != nil {
		return nil, err
	}
	body, err := marshal(content)
	if err != nil {
		return nil, fmt.Errorf("the content of %s cannot be encoded: %w", content.MessageType(), err)
	}
	if parent == nil {
		parent = json.RawMessage("{}")
	}
	metadata, buffers := []byte("{}"), [][]byte(nil)
	if a, ok := content.(attachments); ok {
		var m map[string]any
		m, buffers = a.attached()
		if metadata, err = marshal(m); err != nil {
			return nil, err
		}
	}
	parts := [][]byte{header, parent, metadata, body}
	out := append([][]byte{}, ids...)
	out = append(out, delimiter, w.sign(parts))
	return append(append(out, parts...), buffers...), nil
}

// attachments is content that comes with metadata, which may not be nil, and with buffers.
type attachments interface {
	attached() (metadata map[string]any, buffers [][]byte)
}

// marshal is json.Marshal without the escaping of <, > and &, which would swell HTML by half.
func marshal(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// replayGuard remembers the latest signatures, for the readers of all sockets. The first 8 bytes
// of one stand for it: they are right, so nobody has chosen them, and two that begin alike come
// once in 10^14 messages.
type replayGuard struct {
	mu    sync.Mutex
	order []uint64 // a ring, once it is full
	next  int
	known map[uint64]struct{}
}

// replayMemory is how many signatures are remembered, as many as ipykernel does.
const replayMemory = 1 << 16

// add records a signature; false when it was there already.
func (g *replayGuard) add(signature uint64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.known == nil {
		g.order, g.known = make([]uint64, 0, replayMemory), make(map[uint64]struct{}, replayMemory)
	}
	if _, dup := g.known[signature]; dup {
		return false
	}
	g.known[signature] = struct{}{}
	if len(g.order) < replayMemory {
		g.order = append(g.order, signature)
		return true
	}
	delete(g.known, g.order[g.next])
	g.order[g.next] = signature
	g.next = (g.next + 1) % replayMemory
	return true
}
