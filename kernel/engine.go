package kernel

import (
	"context"
	"fmt"
)

// Engine runs the cells of one session. The protocol core knows a language only through
// it, so a fake engine tests the protocol and another engine can take the place of ours.
//
// Eval calls come one at a time. Complete, Inspect and IsComplete may come at any moment,
// also while a cell runs, and from other goroutines.
type Engine interface {
	// Eval runs one cell and returns the values of its last expression: none, one, or
	// several for a call that returns several. What the cell prints goes to os.Stdout and
	// os.Stderr. Cancelling ctx interrupts the cell; the session's variables live on.
	// What is wrong with the cell comes back as a *CellError.
	Eval(ctx context.Context, code string) ([]any, error)

	// Complete proposes what may stand at cursor, counted in code points of code.
	Complete(code string, cursor int) Completion

	// Inspect documents what stands at cursor, counted in code points of code. Level 1
	// asks for more than level 0, the source for instance. ok is false when nothing is known.
	Inspect(code string, cursor, level int) (doc Bundle, ok bool)

	// IsComplete tells whether code can run as it stands, and the indent of the next line
	// when it cannot.
	IsComplete(code string) (status Completeness, indent string)
}

// Bundle is one value in several forms, by MIME type: text forms are strings, binary ones
// []byte, JSON ones anything that encoding/json takes. It is gophernotes' MIMEMap.
type Bundle = map[string]any

// Completion answers a completion request. Start and End, in code points, bound the text
// that a match replaces.
type Completion struct {
	Start, End int
	Matches    []Match
}

// Match is one proposal. Type is what Jupyter front ends draw an icon for (function, type,
// variable, constant, module, field, keyword); Signature may be empty.
type Match struct {
	Text, Type, Signature string
}

// Completeness is Jupyter's word for the state of a cell that is being typed.
type Completeness string

// The states that is_complete_reply knows.
const (
	Complete   Completeness = "complete"
	Incomplete Completeness = "incomplete"
	Invalid    Completeness = "invalid"
	Unknown    Completeness = "unknown"
)

// CellError is what went wrong in a cell, as a person should read it.
type CellError struct {
	// Name is the kind of error: "compile error", "panic", "interrupted", or the name of
	// the error's own type.
	Name string
	// Message is one clear sentence, without position.
	Message string
	// Line and Column say where in the cell, from 1; 0 when unknown.
	Line, Column int
	// Traceback holds the lines to show, most telling first; ANSI colours are allowed.
	// Empty means that Name and Message say it all.
	Traceback []string
}

// Error implements error: "line:column: message".
func (e *CellError) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message)
}

// Mistake is implemented by panic values that report a mistake in the cell's own code, such
// as an unknown column. The kernel prints their one line and no stack. Any error whose type
// has a method Mistake() qualifies, so libraries need not import this package.
type Mistake interface {
	error
	Mistake()
}
