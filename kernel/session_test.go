package kernel

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// collector is a sink that keeps everything.
type collector struct {
	mu      sync.Mutex
	content []Content
	parents []any
}

func (c *collector) Publish(parent any, content Content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.content, c.parents = append(c.content, content), append(c.parents, parent)
}

func (c *collector) kinds() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var kinds []string
	for _, content := range c.content {
		kinds = append(kinds, content.MessageType())
	}
	return kinds
}

func newTestSession(t *testing.T, engine Engine) (*Session, *collector) {
	t.Helper()
	c := &collector{}
	s, err := NewSession(engine, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, c
}

// evaluates is an engine whose cells all do the same.
type evaluates struct {
	fakeEngine
	eval func(ctx context.Context) ([]any, error)
}

func (e *evaluates) Eval(ctx context.Context, _ string) ([]any, error) { return e.eval(ctx) }

func TestSessionValues(t *testing.T) {
	failure := fmt.Errorf("no such file")
	for _, c := range []struct {
		values []any
		want   []string
		fails  bool
	}{
		{nil, []string{"execute_input"}, false},
		{[]any{nil}, []string{"execute_input"}, false},
		{[]any{&Handle{ID: "x"}}, []string{"execute_input"}, false},
		{[]any{1}, []string{"execute_input", "execute_result"}, false},
		{[]any{1, 2}, []string{"execute_input", "execute_result"}, false},
		{[]any{1, nil}, []string{"execute_input", "execute_result"}, false},
		{[]any{1, failure}, []string{"execute_input", "error"}, true},
		{[]any{failure}, []string{"execute_input", "execute_result"}, false},
		{[]any{HTML("x"), 1}, []string{"execute_input", "display_data", "execute_result"}, false},
	} {
		engine := &evaluates{eval: func(context.Context) ([]any, error) { return c.values, nil }}
		s, got := newTestSession(t, engine)
		outcome := s.Execute(context.Background(), Cell{Code: "x"})
		if diff := cmp.Diff(c.want, got.kinds()); diff != "" || (outcome.Err != nil) != c.fails {
			t.Errorf("Execute giving %v = %v (-want +got):\n%s", c.values, outcome.Err, diff)
		}
		s.Close()
	}
}

func TestSessionParents(t *testing.T) {
	s, got := newTestSession(t, &fakeEngine{})
	s.Execute(context.Background(), Cell{Code: "print a", Parent: 1})
	fmt.Println("late, as a goroutine of the cell prints")
	s.Execute(context.Background(), Cell{Code: "print c", Parent: 2})
	if diff := cmp.Diff([]any{1, 1, 1, 2, 2}, got.parents); diff != "" {
		t.Errorf("parents (-want +got):\n%s", diff)
	}
}

func TestSessionContext(t *testing.T) {
	s, _ := newTestSession(t, &fakeEngine{})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	outcome := s.Execute(ctx, Cell{Code: "sleep 1h"})
	if !outcome.Interrupted || outcome.Err == nil || outcome.Err.Name != "interrupted" {
		t.Errorf("Execute with an ended context = %+v, want an interruption", outcome)
	}
	if s.Interrupt() {
		t.Error("Interrupt between cells = true, want false")
	}
}

type slowToShow struct{}

func (slowToShow) String() string { time.Sleep(time.Hour); return "" }

// TestSessionInterruptsRendering: a value's own method may hang as well.
func TestSessionInterruptsRendering(t *testing.T) {
	engine := &evaluates{eval: func(context.Context) ([]any, error) { return []any{slowToShow{}}, nil }}
	s, _ := newTestSession(t, engine)
	go func() {
		for !s.Interrupt() {
			time.Sleep(time.Millisecond)
		}
	}()
	if outcome := s.Execute(context.Background(), Cell{}); !outcome.Interrupted {
		t.Errorf("Execute = %+v, want an interruption", outcome)
	}
}

func TestErrorsAreVisible(t *testing.T) {
	err := &CellError{Name: "panic", Message: "log line \x1b[2J\r\nend \xff", Line: 2, Column: 3}
	want := ErrorOutput{Name: "panic", Value: "2:3: log line \\x1b[2J\\x0d\nend \uFFFD",
		Traceback: []string{bold + "panic" + reset + ": 2:3: log line \\x1b[2J\\x0d\nend \uFFFD"}}
	if diff := cmp.Diff(want, err.output()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	_, statErr := os.Stat("/does/not/exist")
	if got := errorOf(statErr); got.Name != "fs.PathError" || got.Message != statErr.Error() {
		t.Errorf("errorOf(%v) = %+v, want fs.PathError", statErr, got)
	}
}

// TestDisplayUpdates goes through the calls that cells make.
func TestDisplayUpdates(t *testing.T) {
	s, got := newTestSession(t, &evaluates{eval: func(context.Context) ([]any, error) {
		fmt.Println("text")
		h := Display(HTML("one"))
		h.Update("two")
		ClearOutput(true)
		DisplayBundle(Bundle{"text/plain": "three"})
		return nil, nil
	}})
	s.Execute(context.Background(), Cell{})
	want := []string{"execute_input", "stream", "display_data", "update_display_data", "clear_output", "display_data"}
	if diff := cmp.Diff(want, got.kinds()); diff != "" {
		t.Fatalf("messages (-want +got):\n%s", diff)
	}
	first, second := got.content[2].(DisplayData), got.content[3].(UpdateDisplayData)
	if first.DisplayID() == "" || first.DisplayID() != second.DisplayID() || second.Data.Data[plainType] != "two" {
		t.Errorf("update = %+v of %+v, want the same id and the new text", second, first)
	}
	if !got.content[4].(ClearOutputs).Wait {
		t.Error("clear_output does not wait, want what the cell asked for")
	}
}

// TestDisplayOutside prints, when no kernel runs.
func TestDisplayOutside(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	old := os.Stdout
	os.Stdout = write
	Display([]int{1, 2}).Update("done")
	ClearOutput(false)
	os.Stdout = old
	write.Close()
	text := make([]byte, 100)
	n, _ := read.Read(text)
	if got := string(text[:n]); got != "[1 2]\ndone\n" {
		t.Errorf("printed %q, want both texts", got)
	}
}

func TestHistory(t *testing.T) {
	var h history
	for i, code := range []string{"1+2+3", "x", "1+2+3", "1-2"} {
		h.add(i+1, code, nil)
	}
	n := func(i int) *int { return &i }
	for _, c := range []struct {
		q    historyRequest
		want string
	}{
		{historyRequest{Access: "tail", N: n(2)}, "[[1 3 1+2+3] [1 4 1-2]]"},
		{historyRequest{Access: "tail", N: n(-1)}, "[]"},
		{historyRequest{Access: "tail"}, "[[1 1 1+2+3] [1 2 x] [1 3 1+2+3] [1 4 1-2]]"},
		{historyRequest{Access: "range", Session: 0, Start: 2, Stop: n(3)}, "[[1 2 x]]"},
		{historyRequest{Access: "range", Session: 9}, "[]"},
		{historyRequest{Access: "search", Pattern: "1?2*"}, "[[1 1 1+2+3] [1 3 1+2+3] [1 4 1-2]]"},
		{historyRequest{Access: "search", Pattern: "1?2*", Unique: true}, "[[1 3 1+2+3] [1 4 1-2]]"},
		{historyRequest{Access: "search", Pattern: "1?2*", N: n(1)}, "[[1 4 1-2]]"},
		{historyRequest{Access: "nonsense"}, "[]"},
	} {
		if got := fmt.Sprint(h.answer(c.q).Items); got != c.want {
			t.Errorf("answer(%+v) = %v, want %v", c.q, got, c.want)
		}
	}
}

func TestHistoryIsBounded(t *testing.T) {
	var h history
	for i := range maxHistory + 5 {
		h.add(i, "x", nil)
	}
	if got := len(h.entries); got != maxHistory {
		t.Errorf("entries = %d, want %d", got, maxHistory)
	}
}

func TestMatchGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"*", "", true}, {"", "", true}, {"?", "", false}, {"a*b", "a/x\nb", true}, {"a*b", "abc", false},
		{"*é?", "xéy", true}, {strings.Repeat("*a", 50) + "b", strings.Repeat("a", 5000), false},
	} {
		if got := matchGlob([]rune(c.pattern), []rune(c.text)); got != c.want {
			t.Errorf("matchGlob(%.20q, %.20q) = %v, want %v", c.pattern, c.text, got, c.want)
		}
	}
}
