package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

// eval runs cells in one session and shows the last one's values, or the first error as
// "Name|line:column: message".
func eval(t *testing.T, e *engine.Engine, cells ...string) string {
	t.Helper()
	shown := ""
	for _, cell := range cells {
		values, err := e.Eval(context.Background(), cell)
		if err != nil {
			return showError(t, err)
		}
		shown = strings.TrimSuffix(fmt.Sprintln(values...), "\n")
	}
	return shown
}

func showError(t *testing.T, err error) string {
	t.Helper()
	var failed *kernel.CellError
	if !errors.As(err, &failed) {
		t.Fatalf("Eval gave the error %v of type %T, want a *kernel.CellError", err, err)
	}
	return failed.Name + "|" + failed.Error()
}

func TestEval(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  string
	}{
		{"nothing", []string{""}, ""},
		{"comments", []string{"// nothing\n/* at all */"}, ""},
		{"expression", []string{"1 + 2"}, "3"},
		{"constant of a package", []string{`import "math"`, "math.Pi"}, "3.141592653589793"},
		{"conversion and built-in as calls", []string{"float64(3) / 2", "len([]int{1, 2})"}, "2"},
		{"several results", []string{`import "strings"`, `strings.Cut("a=b", "=")`}, "a b true"},
		{"nil interface", []string{"var e error", "e"}, "<nil>"},
		{"untyped nil shows nothing to hold", []string{"nil"}, "compile error|1:1: use of untyped nil in variable declaration"},
		{"assignment shows nothing", []string{"x := 1", "_ = x"}, ""},
		{"printing shows nothing", []string{`import "os"`, `import "fmt"`, `fmt.Fprint(os.Stderr, "")`}, ""},
		{"value after a block", []string{"x := 2\nif x > 1 { x++ }\nx"}, "3"},
		{"value and error nil", []string{`import "strconv"`, `strconv.Atoi("12")`}, "12"},
		{"value and error", []string{`import "strconv"`, `strconv.Atoi("x")`}, `NumError|strconv.Atoi: parsing "x": invalid syntax`},
		{"error alone", []string{`import "errors"; func f() error { return errors.New("no") }`, `f()`}, "error|no"},
		{"error alone nil", []string{"func f() error { return nil }", "f()"}, ""},
		{"own error type", []string{"type Bad struct{}\nfunc (Bad) Error() string { return \"bad\" }\nfunc f() (int, error) { return 1, Bad{} }", "f()"}, "Bad|bad"},
		{"an error made is a value", []string{`import "fmt"`, `fmt.Errorf("e%d", 1)`}, "e1"},
		{"an error variable is a value", []string{`import "errors"`, `err := errors.New("kept")`, "err"}, "kept"},
		{"redeclared with another type", []string{"x := 1", `x := "s"`, "x"}, "s"},
		{"redefined function", []string{"func f() int { return 1 }", "func f() int { return 2 }", "f()"}, "2"},
		{"method added later", []string{"type T struct{ n int }", "func (t T) Twice() int { return 2 * t.n }", "T{n: 4}.Twice()"}, "8"},
		{"second method added later", []string{"type ( A struct{ n int }; B int )\nfunc (a A) One() int { return 1 }", "func (b B) Self() B { return b }",
			"func (a A) Two() int { return 2 }", "A{}.One() + A{}.Two() + int(B(3).Self())"}, "6"},
		{"closure keeps state", []string{"n := 0; add := func() int { n++; return n }", "add(); add()", "add()"}, "3"},
		{"generics", []string{"func Map[T, U any](s []T, f func(T) U) (r []U) { for _, v := range s { r = append(r, f(v)) }; return }",
			`import "strconv"`, `Map([]int{1, 2}, strconv.Itoa)`}, "[1 2]"},
		{"variable hides a package, import brings it back", []string{`import "path"`, `path := "x"`, "path", `import "path"`, `path.Base("a/b")`}, "b"},
		{"unused variable and import", []string{`import "os"; func f() { x := 1 }`, "1"}, "1"},
		{"recursion through deferred calls", []string{`import "fmt"
			func f(n int) (err error) {
				defer func() { if r := recover(); r != nil { err = fmt.Errorf("%d %v", n, r) } }()
				if n == 0 { panic("deep") }
				return f(n - 1)
			}`, "e := f(3)", "e"}, "0 deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := eval(t, newEngine(t), test.cells...); got != test.want {
				t.Errorf("Eval(%q) = %q, want %q", test.cells, got, test.want)
			}
		})
	}
}

// TestErrors: every error carries its kind, its place and one sentence.
func TestErrors(t *testing.T) {
	tests := []struct {
		name  string
		cells []string
		want  string
	}{
		{"undefined", []string{"x := 1\ny := x + z"}, "compile error|2:10: undefined: z"},
		{"package not imported", []string{`s := strings.ToUpper("a")`}, `compile error|1:6: undefined: strings (write import "strings")`},
		{"one of several packages", []string{`rand.Int()`}, `compile error|1:1: undefined: rand (write import "math/rand" or import "math/rand/v2")`},
		{"no package", []string{"y := path"}, "compile error|1:6: undefined: path"},
		{"column in code points", []string{`s := "日本" + nope`}, "compile error|1:13: undefined: nope"},
		{"inside a function", []string{"func f() int {\n\treturn \"s\"\n}"}, `compile error|2:9: cannot use "s" (untyped string constant) as int value in return statement`},
		{"syntax", []string{"x := 1\nif x {{ }"}, "compile error|2:10: expected '}', found 'EOF'"},
		{"session types have no package", []string{"type T struct{}", "var t T = 3"}, "compile error|1:11: cannot use 3 (untyped int constant) as T value in variable declaration"},
		{"package that is not there", []string{`import "example.com/x"`}, "compile error|1:8: package example.com/x is not available in this kernel: cells can import what is compiled into it"},
		{"panic", []string{"x := []int{1}\n\n  _ = x[len(x)]"}, "panic|3:3: runtime error: index out of range [1] with length 1"},
		{"panic in a function of an earlier cell", []string{"func f() { panic(\"boom\") }", "\nf()"}, "panic|2:1: boom"},
		{"panic with a struct", []string{"panic(struct{ A int }{3})"}, "panic|1:1: {3} (struct { A int })"},
		{"goroutine", []string{"done := make(chan int)\ngo func() { panic(\"in there\") }()\n<-done"}, "panic|2:1: in there"},
		{"nil map", []string{"var m map[string]int", `m["x"] = 1`}, "panic|1:1: assignment to entry in nil map"},
		{"mistake", []string{"type Unknown struct{}\nfunc (Unknown) Error() string { return \"no column x\" }\nfunc (Unknown) Mistake() {}", "panic(Unknown{})"}, "Unknown|no column x"},
		{"exit", []string{`import "os"`, "os.Exit(3)"}, "exit|the cell asked the process to exit with code 3; a notebook goes on instead"},
		{"exit in a function", []string{`import "os"; func f() { defer func() {}(); os.Exit(3) }`, "f()"}, "exit|the cell asked the process to exit with code 3; a notebook goes on instead"},
		{"log.Fatal", []string{`import ("io"; "log"); log.SetOutput(io.Discard)`, `log.Fatal("x")`}, "exit|the cell asked the process to exit with code 1; a notebook goes on instead"},
		{"Goexit", []string{`import "runtime"`, "runtime.Goexit()"}, "runtime.Goexit|the cell ended itself with runtime.Goexit"},
		{"cgo", []string{`import "C"`}, "compile error|1:8: cgo is not available in a cell"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := newEngine(t)
			if got := eval(t, e, test.cells...); got != test.want {
				t.Errorf("Eval(%q) = %q, want %q", test.cells, got, test.want)
			}
			if got := eval(t, e, "1 + 1"); got != "2" {
				t.Errorf("Eval(1 + 1) after the error = %q, want 2", got)
			}
		})
	}
}

// TestTraceback: an error shows the line it is about, and the errors after it. The message
// is not repeated: it stands above the traceback.
func TestTraceback(t *testing.T) {
	tests := []struct {
		cells []string
		want  string
	}{
		{[]string{"x := 1\n\tx = nope"}, "" +
			"   2 | \tx = nope\n" +
			"     | \t    ^"},
		{[]string{"a()\nb()"}, "" +
			"   1 | a()\n     | ^\n" +
			"2:1: undefined: b\n   2 | b()\n     | ^"},
		{[]string{"func f() {\n\tpanic(1)\n}", "f()"}, "" +
			"cell 1, line 2, in f\n    panic(1)\n" +
			"cell 2, line 1\n    f()"},
	}
	for _, test := range tests {
		e := newEngine(t)
		var failed *kernel.CellError
		for _, cell := range test.cells {
			_, err := e.Eval(context.Background(), cell)
			errors.As(err, &failed)
		}
		if failed == nil {
			t.Fatalf("Eval(%q) did not fail", test.cells)
		}
		if got := strings.Join(failed.Traceback, "\n"); got != test.want {
			t.Errorf("traceback of %q =\n%s\nwant\n%s", test.cells, got, test.want)
		}
	}
}

func TestManyErrors(t *testing.T) {
	_, err := newEngine(t).Eval(context.Background(), strings.Repeat("nope()\n", 12))
	var failed *kernel.CellError
	if !errors.As(err, &failed) {
		t.Fatalf("Eval of twelve errors = %v, want a *kernel.CellError", err)
	}
	if got := failed.Traceback[len(failed.Traceback)-1]; got != "and 7 more errors" {
		t.Errorf("last line of the traceback = %q, want %q", got, "and 7 more errors")
	}
}

func TestImportsOfConfig(t *testing.T) {
	e := newEngine(t, "strings", "math/rand/v2")
	if got, want := eval(t, e, `strings.ToUpper("a")`), "A"; got != want {
		t.Errorf("a package of Config.Imports gives %q, want %q", got, want)
	}
	if got, want := eval(t, e, "rand.N(1)"), "0"; got != want {
		t.Errorf("a package whose path ends in a version gives %q, want %q", got, want)
	}
	if got, want := eval(t, e, "strings := 4", "strings"), "4"; got != want {
		t.Errorf("a variable that hides it gives %q, want %q", got, want)
	}
	if _, err := engine.New(engine.Config{Imports: []string{"example.com/x"}}); err == nil {
		t.Error("New with an unknown import succeeds, want an error")
	}
}
