package engine

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/goplus/ixgo"
)

// failed tells how a cell's run ended.
func (e *Engine) failed(err error) error {
	var panicked ixgo.PanicError
	var fatal ixgo.FatalError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errInterrupted):
		return &kernel.CellError{Name: "interrupted", Message: err.Error()}
	case errors.Is(err, errOverflow):
		return &kernel.CellError{Name: "stack overflow", Message: err.Error()}
	case errors.Is(err, errGoexit):
		return &kernel.CellError{Name: "runtime.Goexit", Message: err.Error()}
	case errors.As(err, &panicked):
		return e.panicked(panicked.Value, panicked.Stack())
	case errors.As(err, &fatal):
		return e.panicked(fatal.Value, fatal.Stack())
	}
	return &kernel.CellError{Name: "error", Message: err.Error()}
}

// panicked makes a CellError of a panic value and the stack it came from.
func (e *Engine) panicked(value any, stack []byte) *kernel.CellError {
	for { // a panic that passed through compiled code comes wrapped
		inner, ok := value.(ixgo.PanicError)
		if !ok {
			break
		}
		value, stack = inner.Value, inner.Stack()
	}
	if code, ok := value.(exitCall); ok {
		return &kernel.CellError{
			Name:    "exit",
			Message: fmt.Sprintf("the cell asked the process to exit with code %d; a notebook goes on instead", int(code)),
		}
	}
	err, isError := value.(error)
	if isError && isMistake(err) {
		return &kernel.CellError{Name: errorName(err), Message: errorText(err)}
	}
	failed := &kernel.CellError{Name: panicError, Message: panicText(value)}
	failed.Line, failed.Column, failed.Traceback = e.frames(stack)
	return failed
}

// panicText shows a panic value as the Go runtime would, strings without quotes.
func panicText(value any) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("a value of type %T that cannot be printed", value)
		}
	}()
	switch value := value.(type) {
	case error:
		return value.Error()
	case string:
		return value
	case fmt.Stringer:
		return value.String()
	}
	return fmt.Sprintf("%v (%T)", value, value)
}

// cellFrame is one position inside a cell, as ixgo's stacks print it below the function.
var cellFrame = regexp.MustCompile(`^\s*(cell(\d+)):(\d+)`)

// frames keeps the lines of a stack that are the cells' own, with their source, and the
// place of the innermost one that is in the latest cell.
func (e *Engine) frames(stack []byte) (line, column int, shown []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	lines := strings.Split(string(stack), "\n")
	for i := 1; i < len(lines); i++ {
		at := cellFrame.FindStringSubmatch(lines[i])
		if at == nil {
			continue
		}
		number, _ := strconv.Atoi(at[3])
		source := sourceLine(e.sources[at[1]], number)
		if at[1] == cellName(e.number) && line == 0 && number > 0 {
			line, column = number, len(source)-len(strings.TrimLeft(source, " \t"))+1
		}
		shown = append(shown, fmt.Sprintf("cell %s, line %d%s", at[2], number, inFunctionNamed(lines[i-1])), "    "+strings.TrimSpace(source))
	}
	return line, column, shown
}

func sourceLine(code string, number int) string {
	lines := strings.Split(code, "\n")
	if number < 1 || number > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[number-1], "\r")
}

// inFunctionNamed reads the function from a stack line such as "main.f()" or "main.(*T).m()".
func inFunctionNamed(line string) string {
	name := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(line), "()"), "main.")
	if strings.HasPrefix(name, reserved) {
		return ""
	}
	return ", in " + name
}
