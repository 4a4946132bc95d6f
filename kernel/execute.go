package kernel

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Cell is one request to run code.
type Cell struct {
	Code string
	// Silent runs the cell without counting or storing it, and shows no result.
	Silent bool
	// Uncounted keeps the cell out of history and leaves the counter where it is.
	Uncounted bool
	// Expressions are evaluated after the cell, by name; see Outcome.Expressions.
	Expressions map[string]string
	// Parent comes back with everything that the cell publishes.
	Parent any
	// Ask serves Input and Password; nil when there is nobody to ask.
	Ask Asker
}

// Outcome is how a cell ended.
type Outcome struct {
	// Count is the cell's number, or the latest one when the cell is not counted.
	Count int
	// Err is nil when the cell succeeded.
	Err *CellError
	// Interrupted says that Err is due to Interrupt or to the end of the context.
	Interrupted bool
	// Expressions holds a result for each of Cell.Expressions, ready to be encoded.
	Expressions map[string]any

	page *page // the answer to a question for help
}

var errInterrupted = errors.New("interrupted")

// Execute runs one cell to its end and publishes its code, output and result or error, in
// this order. Calls must not overlap. Ending ctx interrupts the cell.
func (s *Session) Execute(ctx context.Context, cell Cell) Outcome {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	count := s.begin(ctx, cell, cancel)
	if !cell.Silent {
		s.publish(ExecuteInput{Code: cell.Code, ExecutionCount: count})
	}
	if answer, asked := s.help(cell.Code); asked {
		s.end(cell, count, nil)
		return Outcome{Count: count, Expressions: map[string]any{}, page: answer}
	}
	shown, err := s.run(ctx, cell.Code)
	interrupted := err != nil && ctx.Err() != nil
	s.flush(true)
	if err == nil && !cell.Silent {
		s.publishValues(shown, count)
	}
	outcome := Outcome{Count: count, Err: err, Interrupted: interrupted, Expressions: map[string]any{}}
	if err != nil {
		s.publish(err.output())
	} else {
		outcome.Expressions = s.expressions(ctx, cell.Expressions)
	}
	s.end(cell, count, shown)
	return outcome
}

func (s *Session) begin(ctx context.Context, cell Cell, cancel context.CancelCauseFunc) int {
	s.flush(true) // late output of the cell before belongs to that cell
	s.gap.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parent, s.ctx, s.cancel, s.asker = cell.Parent, ctx, cancel, cell.Ask
	if cell.counts() {
		s.count++
	}
	return s.count
}

func (c Cell) counts() bool { return !c.Silent && !c.Uncounted }

func (s *Session) end(cell Cell, count int, shown []Data) {
	s.mu.Lock()
	s.ctx, s.cancel, s.asker = nil, nil, nil
	s.mu.Unlock()
	s.gap.open()
	if cell.counts() {
		s.history.add(count, cell.Code, shown)
	}
}

// run evaluates code and renders its values. Rendering calls the values' own methods, which
// may be as slow as the cell, so it can be interrupted as well; its goroutine is then left
// to itself.
func (s *Session) run(ctx context.Context, code string) ([]Data, *CellError) {
	values, err := s.eval(ctx, code)
	if err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return nil, nil
	}
	rendered := make(chan []Data, 1)
	go func() { rendered <- renderValues(values) }()
	select {
	case shown := <-rendered:
		return shown, nil
	case <-ctx.Done():
		return nil, interruption()
	}
}

// eval calls the engine and brings every way of failing into one form.
func (s *Session) eval(ctx context.Context, code string) (values []any, failure *CellError) {
	defer func() {
		if r := recover(); r != nil {
			failure = &CellError{Name: "panic", Message: fmt.Sprint(r)}
		}
	}()
	values, err := s.engine.Eval(ctx, code)
	if err == nil {
		return shownValues(values)
	}
	if errors.As(err, &failure) {
		return nil, failure
	}
	if ctx.Err() != nil {
		return nil, interruption()
	}
	return nil, errorOf(err)
}

// shownValues applies what a person expects of the last expression: in (T, error) the error
// decides whether the cell failed, nil alone shows nothing, and neither does the handle of a
// display, which has been shown.
func shownValues(values []any) ([]any, *CellError) {
	if n := len(values); n > 1 {
		if err, isError := values[n-1].(error); isError {
			return nil, errorOf(err)
		}
		if values[n-1] == nil {
			values = values[:n-1]
		}
	}
	if len(values) == 1 {
		if _, isHandle := values[0].(*Handle); isHandle || values[0] == nil {
			return nil, nil
		}
	}
	return values, nil
}

// publishValues shows all but the last of the values as displays and the last as the result.
func (s *Session) publishValues(shown []Data, count int) {
	for i, data := range shown {
		if i < len(shown)-1 {
			s.publish(DisplayData{data})
		} else {
			s.publish(ExecuteResult{Data: data, ExecutionCount: count})
		}
	}
}

// expressions evaluates user_expressions, in the order of their names.
func (s *Session) expressions(ctx context.Context, wanted map[string]string) map[string]any {
	results := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		shown, err := s.run(ctx, wanted[name])
		switch {
		case err != nil:
			results[name] = errorReply(err.output())
		case len(shown) == 0:
			results[name] = expressionReply{"ok", emptyData()}
		default:
			results[name] = expressionReply{"ok", shown[len(shown)-1]}
		}
	}
	return results
}

type expressionReply struct {
	Status string `json:"status"`
	Data
}
