package kernel

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fakeEngine speaks a tiny language, one command a line, that makes cells do what the tests
// of the protocol need. Its variables show that state survives.
type fakeEngine struct {
	mu        sync.Mutex
	variables map[string]string
	started   chan string // receives the code of each cell when not nil
}

func (e *fakeEngine) Eval(ctx context.Context, code string) ([]any, error) {
	if e.started != nil {
		e.started <- code
	}
	var values []any
	for line := range strings.Lines(code) {
		verb, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		got, err := e.command(ctx, verb, rest)
		if err != nil {
			return nil, err
		}
		values = append(values, got...)
	}
	return values, nil
}

func (e *fakeEngine) command(ctx context.Context, verb, rest string) ([]any, error) {
	switch verb {
	case "print":
		fmt.Println(rest)
	case "raw":
		text, err := strconv.Unquote(rest)
		fmt.Print(text)
		return nil, err
	case "eprint":
		fmt.Fprintln(os.Stderr, rest)
	case "flood": // until the interrupt
		for i := 0; ctx.Err() == nil; i++ {
			fmt.Println("line", i)
		}
		return nil, ctx.Err()
	case "lines":
		n, err := strconv.Atoi(rest)
		for i := range n {
			fmt.Println("line", i)
		}
		return nil, err
	case "sleep":
		d, err := time.ParseDuration(rest)
		if err != nil {
			return nil, err
		}
		select {
		case <-time.After(d):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	case "late":
		go func() {
			time.Sleep(100 * time.Millisecond)
			fmt.Println(rest)
		}()
	case "fail":
		return nil, &CellError{Name: "test error", Message: rest, Line: 1, Column: 2, Traceback: []string{"cell 1, line 1"}}
	case "plainfail":
		return nil, errors.New(rest)
	case "panic":
		panic(rest)
	case "value":
		return []any{rest}, nil
	case "set":
		name, value, _ := strings.Cut(rest, " ")
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.variables == nil {
			e.variables = map[string]string{}
		}
		e.variables[name] = value
	case "show":
		e.mu.Lock()
		defer e.mu.Unlock()
		value, ok := e.variables[rest]
		if !ok {
			return nil, fmt.Errorf("undefined: %s", rest)
		}
		return []any{value}, nil
	case "display":
		Display(HTML(rest))
	case "displayas":
		id, text, _ := strings.Cut(rest, " ")
		Display(Data{Data: Bundle{"text/plain": text}, Transient: map[string]any{"display_id": id}})
	case "update":
		id, text, _ := strings.Cut(rest, " ")
		(&Handle{ID: id}).Update(text)
	case "input":
		answer, err := Input(rest)
		return []any{answer, err}, nil
	case "password":
		answer, err := Password(rest)
		return []any{answer, err}, nil
	case "clear":
		ClearOutput(rest == "wait")
	case "":
	default:
		return nil, &CellError{Name: "compile error", Message: "undefined: " + verb}
	}
	return nil, nil
}

func (e *fakeEngine) Complete(code string, cursor int) Completion {
	runes := []rune(code)
	start := cursor
	for start > 0 && runes[start-1] != ' ' {
		start--
	}
	prefix := string(runes[start:cursor])
	c := Completion{Start: start, End: cursor}
	for _, word := range []string{"print", "printed", "日本"} {
		if strings.HasPrefix(word, prefix) {
			c.Matches = append(c.Matches, Match{Text: word, Type: "function", Signature: "()"})
		}
	}
	return c
}

func (e *fakeEngine) Inspect(code string, cursor, level int) (Bundle, bool) {
	if !strings.HasPrefix(code, "print") {
		return nil, false
	}
	return Bundle{"text/plain": fmt.Sprintf("print: level %d", level)}, true
}

func (e *fakeEngine) IsComplete(code string) (Completeness, string) {
	switch code {
	case "panic":
		panic("is_complete")
	case "more":
		return Incomplete, "\t"
	}
	return Complete, ""
}
