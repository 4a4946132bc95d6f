package engine

import (
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
)

// Names of errors that are no values of the cell.
const (
	compileError = "compile error"
	panicError   = "panic"
)

var errInterrupted = errors.New("the cell was interrupted; variables keep the values they had")

// furthest bounds how many compile errors one cell reports.
const furthest = 5

// failure is a compile error at a place of the cell.
func (c *cell) failure(fset *token.FileSet, pos token.Pos, message string) *kernel.CellError {
	return c.failureAt(fset.Position(pos), message)
}

func (c *cell) failureAt(at token.Position, message string) *kernel.CellError {
	failed := &kernel.CellError{Name: compileError, Message: message}
	if last := strings.Count(c.code, "\n") + 1; at.Line > last {
		// the end of what the chunk is wrapped in: the end of the cell
		at.Line, at.Column = last, len(c.code)-strings.LastIndex(c.code, "\n")
	}
	if at.Filename != c.name || at.Line < 1 {
		return failed
	}
	source, column := c.place(at)
	failed.Line, failed.Column = at.Line, column
	failed.Traceback = pointAt(source, at.Line, column)
	return failed
}

// place gives the line of a position and its column in code points, which is what a person
// and a front end count; go/token counts bytes.
func (c *cell) place(at token.Position) (line string, column int) {
	lines := strings.Split(c.code, "\n")
	line = strings.TrimSuffix(lines[at.Line-1], "\r")
	return line, utf8.RuneCountInString(line[:min(at.Column-1, len(line))]) + 1
}

// pointAt shows a line of source with a caret below the column.
func pointAt(source string, line, column int) []string {
	number := fmt.Sprintf("%4d | ", line)
	var blank strings.Builder
	for _, r := range []rune(source)[:min(column-1, utf8.RuneCountInString(source))] {
		if r == '\t' {
			blank.WriteByte('\t') // as wide as above, whatever a tab is worth
		} else {
			blank.WriteByte(' ')
		}
	}
	return []string{number + source, strings.Repeat(" ", len(number)-2) + "| " + blank.String() + "^"}
}

// syntaxError tells the parser's first complaint, which causes most of the others.
func (c *cell) syntaxError(err error) error {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return err
	}
	return c.failureAt(list[0].Pos, list[0].Msg)
}

// typeErrors makes one error of the type checker's complaints. The first is the message, the
// others stand in the traceback as the message does above it.
func (c *cell) typeErrors(errs []types.Error) *kernel.CellError {
	failed := c.failure(errs[0].Fset, errs[0].Pos, c.advised(errs[0]))
	for i, err := range errs[1:] {
		if i+1 == furthest {
			failed.Traceback = append(failed.Traceback, fmt.Sprintf("and %d more errors", len(errs)-furthest))
			break
		}
		next := c.failure(err.Fset, err.Pos, c.advised(err))
		failed.Traceback = append(append(failed.Traceback, next.Error()), next.Traceback...)
	}
	return failed
}

// advised is a complaint in the words of a notebook. A package that was not imported is
// the most common of them, so it comes with the import to write.
func (c *cell) advised(err types.Error) string {
	message := clean(err.Msg)
	name, undefined := strings.CutPrefix(message, "undefined: ")
	at := err.Fset.Position(err.Pos)
	if !undefined || at.Filename != c.name || at.Line > strings.Count(c.code, "\n")+1 {
		return message
	}
	line := strings.Split(c.code, "\n")[at.Line-1]
	if rest, found := strings.CutPrefix(line[min(at.Column-1, len(line)):], name); !found || !strings.HasPrefix(rest, ".") {
		return message
	}
	var imports []string
	for _, path := range importable() {
		if usualName(path) == name {
			imports = append(imports, fmt.Sprintf("import %q", path))
		}
	}
	if imports == nil {
		return message
	}
	return message + " (write " + strings.Join(imports, " or ") + ")"
}

// sessionPackage is how go/types writes the package of the cells.
var sessionPackage = regexp.MustCompile(`\bmain\.`)

// quotedPackage is how go/types writes a package whose name two known packages share.
var quotedPackage = regexp.MustCompile(`"(?:[\w.~-]+/)*([\w.~-]+)"\.`)

// clean makes a message speak of types as their author writes them: without package main,
// which cells have never heard of, and without the paths of packages.
func clean(message string) string {
	return sessionPackage.ReplaceAllString(quotedPackage.ReplaceAllString(message, "$1."), "")
}

// errorName names an error as its author would: by its type, unless the type is one of the
// anonymous carriers of errors.New, fmt.Errorf and their like.
func errorName(err error) string {
	t := reflect.TypeOf(err)
	for t.Kind() == reflect.Pointer && t.Name() == "" {
		t = t.Elem()
	}
	switch t.PkgPath() {
	case "errors", "fmt", "":
		return "error"
	}
	return t.Name()
}

// errorText asks an error for its text; its method is the cell's and may panic.
func errorText(err error) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("an error of type %T whose Error method panics", err)
		}
	}()
	return err.Error()
}

// isMistake tells errors that blame the cell's own code in one line.
func isMistake(err error) bool {
	_, ok := err.(interface{ Mistake() })
	return ok
}
