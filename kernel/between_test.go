package kernel

import (
	"context"
	"slices"
	"testing"
)

// byCode is an engine whose cells do what their code says.
type byCode struct {
	fakeEngine
	eval func(ctx context.Context, code string) ([]any, error)
}

func (e *byCode) Eval(ctx context.Context, code string) ([]any, error) { return e.eval(ctx, code) }

// TestBetweenCells: what is asked for while a cell runs happens after it and before the next.
func TestBetweenCells(t *testing.T) {
	var order []string
	note := func(what string) { order = append(order, what) }
	later := func(what string) { BetweenCells(func() { note(what) }) }
	eval := func(_ context.Context, code string) ([]any, error) {
		note(code + " begins")
		later("after " + code)
		BetweenCells(func() { panic("a handler that fails") })
		note(code + " ends")
		return nil, nil
	}
	session, _ := newTestSession(t, &byCode{eval: eval})
	later("before all")
	session.Execute(t.Context(), Cell{Code: "one"})
	later("between")
	session.Execute(t.Context(), Cell{Code: "two"})
	session.Close()
	later("after the session")
	want := []string{"before all", "one begins", "one ends", "after one", "between", "two begins", "two ends", "after two", "after the session"}
	if !slices.Equal(order, want) {
		t.Errorf("the order is %q, want %q", order, want)
	}
}
