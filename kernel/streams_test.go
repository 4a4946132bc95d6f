package kernel

import (
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// piece is one emitted text.
type piece struct{ name, text string }

// collected opens streams that collect what they emit.
func collected(t *testing.T) (s *streams, pieces func() []piece) {
	t.Helper()
	var mu sync.Mutex
	var all []piece
	s, err := openStreams(func(name, text string) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, piece{name, text})
	})
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	t.Cleanup(func() { once.Do(s.close) })
	return s, func() []piece {
		mu.Lock()
		defer mu.Unlock()
		return append([]piece(nil), all...)
	}
}

func textOf(pieces []piece, name string) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.name == name {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

func TestStreamsFlushTakesAll(t *testing.T) {
	s, pieces := collected(t)
	for i := range 200 {
		fmt.Fprintln(os.Stdout, "out", i)
		s.flush(false)
		if got, want := textOf(pieces(), "stdout"), fmt.Sprintf("out %d\n", i); !strings.HasSuffix(got, want) {
			t.Fatalf("stdout after flush %d ends in %q, want %q", i, got[max(0, len(got)-20):], want)
		}
	}
}

// TestStreamsOrder prints to both at once, many times: every run must look the same, unless
// the machine stood still for flushInterval.
func TestStreamsOrder(t *testing.T) {
	const want = "[{stdout 1\n3\n} {stderr 2\n}]"
	var others []string
	for range 100 {
		s, pieces := collected(t)
		fmt.Println(1)
		fmt.Fprintln(os.Stderr, 2)
		fmt.Println(3)
		s.flush(true)
		if got := fmt.Sprint(pieces()); got != want {
			others = append(others, got)
		}
		s.close()
	}
	if len(others) > 5 {
		t.Errorf("%d of 100 runs look like %q, want %q", len(others), others[0], want)
	}
}

func TestStreamsCoalesce(t *testing.T) {
	s, pieces := collected(t)
	for i := range 5000 {
		fmt.Println("line", i)
	}
	s.flush(true)
	if got := strings.Count(textOf(pieces(), "stdout"), "\n"); got != 5000 {
		t.Errorf("lines = %d, want 5000", got)
	}
	if got := len(pieces()); got > 50 {
		t.Errorf("messages for 5000 lines = %d, want few", got)
	}
}

func TestStreamsEmitWithoutFlush(t *testing.T) {
	_, pieces := collected(t)
	fmt.Fprintln(os.Stderr, "soon")
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(flushInterval) {
		if textOf(pieces(), "stderr") == "soon\n" {
			return
		}
	}
	t.Error("text was not emitted on its own")
}

// TestStreamsRunes writes texts byte by byte, with pauses in the middle of runes.
func TestStreamsRunes(t *testing.T) {
	for text, want := range map[string]string{
		"é日𐐷":                 "é日𐐷",
		"a\xffb":              "a\uFFFDb",
		"\xf0\x90":            "\uFFFD",
		"x\xe6\x97":           "x\uFFFD",
		"\x00\xff not a mark": "\x00\uFFFD not a mark",
	} {
		s, pieces := collected(t)
		for i := range len(text) {
			os.Stdout.WriteString(text[i : i+1])
			s.flush(false)
		}
		s.flush(true)
		for _, p := range pieces() {
			if !utf8.ValidString(p.text) {
				t.Errorf("emitted %q for %q, want valid UTF-8", p.text, text)
			}
		}
		if got := textOf(pieces(), "stdout"); got != want {
			t.Errorf("text of %q = %q, want %q", text, got, want)
		}
	}
}

func TestStreamsRestore(t *testing.T) {
	out, err, logged := os.Stdout, os.Stderr, log.Writer()
	s, pieces := collected(t)
	log.Print("by the logger")
	s.outside(func() {
		if os.Stdout != out || os.Stderr != err || log.Writer() != logged {
			t.Error("outside has the cells' files, want the process's")
		}
	})
	s.close()
	if os.Stdout != out || os.Stderr != err || log.Writer() != logged {
		t.Error("close did not put the process's files back")
	}
	if got := textOf(pieces(), "stderr"); !strings.Contains(got, "by the logger") {
		t.Errorf("stderr = %q, want the standard logger's line", got)
	}
}

// TestStreamsClosedByCell must not hang.
func TestStreamsClosedByCell(t *testing.T) {
	s, pieces := collected(t)
	fmt.Println("before")
	os.Stdout.Close()
	fmt.Fprintln(os.Stderr, "still here")
	s.flush(true)
	if got := textOf(pieces(), "stdout") + textOf(pieces(), "stderr"); got != "before\nstill here\n" {
		t.Errorf("text = %q, want both lines", got)
	}
}

// TestStreamsSplitMark hands the mark over in two pieces, at every place.
func TestStreamsSplitMark(t *testing.T) {
	for at := range len(newMark()) {
		var got strings.Builder
		s := &streams{emit: func(_, text string) { got.WriteString(text) }}
		p := &pipe{name: "stdout", mark: newMark()}
		s.pipes = []*pipe{p}
		text := append([]byte("before"), p.mark...)
		text = append(text, "after"...)
		_, early := s.take(p, text[:len("before")+at])
		rest, marked := s.take(p, text[len("before")+at:])
		s.take(p, rest)
		s.send()
		if early || !marked || got.String() != "beforeafter" {
			t.Errorf("split at %d: marked = %v, %v, text %q, want false, true, beforeafter", at, early, marked, got.String())
		}
	}
}

func TestPartialMark(t *testing.T) {
	mark := []byte("abcab")
	for text, want := range map[string]int{"": 0, "x": 0, "xa": 1, "xabc": 3, "abca": 4, "abcabx": 0, "xab": 2} {
		if got := partialMark([]byte(text), mark); got != want {
			t.Errorf("partialMark(%q) = %d, want %d", text, got, want)
		}
	}
}
