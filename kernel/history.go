package kernel

import (
	"strings"
	"sync"
)

// history remembers the cells of this session, so that consoles can recall them. It lives in
// memory only; the present session has number 1.
type history struct {
	mu      sync.Mutex
	entries []historyEntry
	texts   leaf
}

type historyEntry struct {
	line   int
	input  string
	output string // the result's text
	shown  bool   // whether there was a result
}

const (
	historySession = 1
	// maxHistory bounds the memory, in cells.
	maxHistory = 10_000
	// leafSize is how many bytes of texts lie side by side.
	leafSize = 64 << 10
)

func (h *history) add(line int, input string, shown []Data) {
	h.mu.Lock()
	defer h.mu.Unlock()
	entry := historyEntry{line: line, input: h.texts.keep(input)}
	if len(shown) > 0 {
		if text, ok := shown[len(shown)-1].Data[plainType].(string); ok {
			entry.output, entry.shown = h.texts.keep(text), true
		}
	}
	if len(h.entries) == maxHistory {
		h.entries[0] = historyEntry{}
		h.entries = h.entries[1:]
	}
	h.entries = append(h.entries, entry)
}

// leaf keeps texts side by side. Each where it was made would stay there after the garbage around
// it has gone, and hold the whole block of memory of a cell of long ago.
type leaf struct{ text *strings.Builder }

// keep returns an equal text that lies on the leaf, or, when it is large, by itself.
func (l *leaf) keep(text string) string {
	if len(text) > leafSize/4 {
		return strings.Clone(text)
	}
	if l.text == nil || l.text.Cap()-l.text.Len() < len(text) {
		l.text = new(strings.Builder)
		l.text.Grow(leafSize)
	}
	begin := l.text.Len()
	l.text.WriteString(text)
	return l.text.String()[begin:]
}

type historyRequest struct {
	Output  bool   `json:"output"`
	Access  string `json:"hist_access_type"`
	Session int    `json:"session"`
	Start   int    `json:"start"`
	Stop    *int   `json:"stop"`
	N       *int   `json:"n"`
	Pattern string `json:"pattern"`
	Unique  bool   `json:"unique"`
}

type historyReply struct {
	Status string   `json:"status"`
	Items  [][3]any `json:"history"`
}

func (historyReply) MessageType() string { return msgHistoryReply }

// answer selects entries: the last n ("tail"), a range of lines, or those that match a glob.
func (h *history) answer(q historyRequest) historyReply {
	h.mu.Lock()
	defer h.mu.Unlock()
	var chosen []historyEntry
	switch q.Access {
	case "tail":
		chosen = last(h.entries, q.N)
	case "range":
		chosen = h.lines(q)
	case "search":
		chosen = last(h.search(q.Pattern, q.Unique), q.N)
	}
	reply := historyReply{Status: "ok", Items: [][3]any{}}
	for _, e := range chosen {
		reply.Items = append(reply.Items, e.item(q.Output))
	}
	return reply
}

func (e historyEntry) item(withOutput bool) [3]any {
	if withOutput {
		var output any
		if e.shown {
			output = e.output
		}
		return [3]any{historySession, e.line, [2]any{e.input, output}}
	}
	return [3]any{historySession, e.line, e.input}
}

// last is the last n entries, or all when n is absent.
func last(entries []historyEntry, n *int) []historyEntry {
	if n == nil || *n >= len(entries) {
		return entries
	}
	return entries[len(entries)-max(*n, 0):]
}

// lines is the range [start, stop) of this session, which has the number 1, or 0 as IPython
// calls the present one.
func (h *history) lines(q historyRequest) []historyEntry {
	if q.Session != 0 && q.Session != historySession {
		return nil
	}
	var chosen []historyEntry
	for _, e := range h.entries {
		if e.line >= q.Start && (q.Stop == nil || e.line < *q.Stop) {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

// search finds the cells that match pattern as a whole. With unique, of equal cells only the
// latest counts.
func (h *history) search(pattern string, unique bool) []historyEntry {
	if pattern == "" {
		pattern = "*"
	}
	latest := map[string]int{}
	for i, e := range h.entries {
		latest[e.input] = i
	}
	var found []historyEntry
	for i, e := range h.entries {
		if (!unique || latest[e.input] == i) && matchGlob([]rune(pattern), []rune(e.input)) {
			found = append(found, e)
		}
	}
	return found
}

// matchGlob knows * and ?. It remembers only the latest star, so its time is bounded by the
// product of the lengths whatever the pattern.
func matchGlob(pattern, text []rune) bool {
	p, t, star, resume := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			resume++
			p, t = star+1, resume
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func (k *server) history(r *request) (Content, error) {
	q, err := object[historyRequest](r)
	if err != nil {
		return nil, err
	}
	return k.session.history.answer(q), nil
}
