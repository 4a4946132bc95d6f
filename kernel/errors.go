package kernel

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

const (
	bold  = "\x1b[1m"
	reset = "\x1b[0m"
)

// output is the error as front ends show it. Nothing in it is ever nil.
func (e *CellError) output() ErrorOutput {
	name, value := visible(e.Name), visible(e.Error())
	if name == "" {
		name = "error"
	}
	out := ErrorOutput{Name: name, Value: value}
	out.Traceback = append(out.Traceback, fmt.Sprintf("%s%s%s: %s", bold, name, reset, value))
	for _, line := range e.Traceback {
		out.Traceback = append(out.Traceback, strings.ToValidUTF8(line, "\uFFFD"))
	}
	return out
}

// visible makes control characters harmless: a message may quote an attacker's log line, and
// a terminal obeys escape sequences.
func visible(text string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			fmt.Fprintf(&b, "\\x%02x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// errorOf makes a cell's error of an ordinary one; its name is that of the error's type.
func errorOf(err error) *CellError {
	var cell *CellError
	if errors.As(err, &cell) {
		return cell
	}
	name := strings.TrimPrefix(reflect.TypeOf(err).String(), "*")
	if strings.HasPrefix(name, "errors.") || strings.HasPrefix(name, "fmt.") {
		name = "error" // *errors.errorString says nothing to a person
	}
	message, failure := call(name+".Error", err.Error)
	if failure != "" {
		message = failure
	}
	return &CellError{Name: name, Message: message}
}

func interruption() *CellError {
	return &CellError{Name: "interrupted", Message: "the cell was interrupted; its variables are kept"}
}

// errorContent is the reply to a request that failed.
type errorContent struct {
	Status string `json:"status"`
	ErrorOutput
}

func errorReply(out ErrorOutput) errorContent { return errorContent{"error", out} }
