package kernel

import (
	"context"
	"errors"
)

var (
	errNoInput = errors.New("nobody can be asked here: the front end that runs this cell does not allow input")
	errNoCell  = errors.New("input can be asked for only while a cell runs")
)

// Input asks the person who ran the cell for a line of text and waits for it:
//
//	name, err := kernel.Input("Host to look at? ")
//
// It fails at once where nobody can answer: in front ends that do not allow input, in the
// notebook runner and outside of a kernel. Interrupting the cell ends the wait.
func Input(prompt string) (string, error) { return askCurrent(prompt, false) }

// Password is Input with what is typed hidden. The answer is stored in no notebook, unless
// the cell shows it.
func Password(prompt string) (string, error) { return askCurrent(prompt, true) }

func askCurrent(prompt string, password bool) (string, error) {
	session := current.Load()
	if session == nil {
		return "", errNoInput
	}
	return session.ask(prompt, password)
}

// ask puts a question in the name of the running cell, after all that it has printed.
func (s *Session) ask(prompt string, password bool) (string, error) {
	s.mu.Lock()
	ctx, ask, running := s.ctx, s.asker, s.cancel != nil
	s.mu.Unlock()
	switch {
	case !running:
		return "", errNoCell
	case ask == nil:
		return "", errNoInput
	}
	s.flush(false)
	answer, err := ask(ctx, prompt, password)
	if err != nil && ctx.Err() != nil {
		return "", errors.New("the cell was interrupted while it waited for input")
	}
	return answer, err
}

// Asker asks a person for a line of text; password hides what is typed. It returns when the
// answer is there or ctx ends.
type Asker func(ctx context.Context, prompt string, password bool) (string, error)
