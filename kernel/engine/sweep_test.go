package engine_test

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestSweepDrops: what no name leads to any more is garbage.
func TestSweepDrops(t *testing.T) {
	const begin = `import "runtime"
		freed := make(chan bool, 1)
		func watched() *[1024]byte {
			p := new([1024]byte)
			runtime.SetFinalizer(p, func(*[1024]byte) { freed <- true })
			return p
		}`
	for name, cells := range map[string][]string{
		"a variable whose name means something else": {"p := watched()", "p := 1"},
		"a removed variable":                         {"p := watched()", "%rm p"},
		"a cell's value":                             {"watched()", "1"},
		"what a cell that fails had":                 {`func(p *[1024]byte) { panic(len(p)) }(watched())`, "1"},
		"what a closure holds":                       {"f := func(p *[1024]byte) func() int { return func() int { return len(p) } }(watched())", "f := 1"},
		"a variable that an old function used":       {"p := watched(); func size() int { return len(p) }", "p := 1", "func size() int { return p }"},
		"a variable of an old type's method":         {"p := watched(); type T int; func (T) Size() int { return len(p) }", "p := 1", "type T string"},
		"what a goroutine had":                       {"done := make(chan int); go func(p *[1024]byte) { done <- len(p) }(watched())", "<-done"},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t)
			for _, cell := range append([]string{begin}, cells...) {
				if got := eval(t, e, cell); strings.Contains(got, "|") && !strings.HasPrefix(got, "panic|") {
					t.Fatalf("Eval(%s) = %s", cell, got)
				}
			}
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			// a type's garbage goes some cells later
			for range 20 {
				eval(t, e, "type Later int")
			}
			if _, err := e.Eval(ctx, `import "time"
				for len(freed) == 0 { runtime.GC(); time.Sleep(time.Millisecond) }`); err != nil {
				t.Errorf("after %q the value is still held", cells)
			}
		})
	}
}

// TestSweepKeeps: what old values and functions use goes on to work when its names are gone.
func TestSweepKeeps(t *testing.T) {
	for name, test := range map[string]struct {
		cells []string
		want  string
	}{
		"the variable of a function": {[]string{"x := 40; func f() int { x++; return x }", `x := "text"`, "f(); f()"}, "42"},
		"the function of a function": {[]string{"func g() int { return 1 }; func f() int { return g() }", "func g() string { return `new` }", "f()"}, "1"},
		"the method behind an interface": {[]string{
			`import "fmt"`, "type T int; func (t T) String() string { return `old ` + fmt.Sprint(int(t)) }; var s fmt.Stringer = T(7)",
			"type T struct{}; func (T) String() string { return `new` }", "s.String() + ` ` + T{}.String()"}, "old 7 new"},
		"the method that is called by reflection": {[]string{
			`import "reflect"`, "type T int; func (t T) Twice() int { return int(t) * 2 }; var v any = T(21)", "type T string",
			"reflect.ValueOf(v).Method(0).Call(nil)[0].Int()"}, "42"},
		"the generic function's instance": {[]string{"func twice[T int | string](t T) T { return t + t }; f := twice[int]", "func twice() {}", "f(21)"}, "42"},
		"the closure's variable after a panic": {[]string{`n := 1; add := func() int { n++; return n }`, `func() { defer func() { recover() }(); panic(1) }()`,
			"n := ``", "add()"}, "2"},
		"the embedded type's method": {[]string{"type In struct{ N int }; func (i *In) Inc() int { i.N++; return i.N }", "type Out struct{ In }; o := &Out{}",
			"type In int", "o.Inc(); o.Inc()"}, "2"},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t)
			last := len(test.cells) - 1
			if got := eval(t, e, test.cells[:last]...); strings.Contains(got, "|") {
				t.Fatal(got)
			}
			for range 20 {
				eval(t, e, "type Later int", "1 + 1")
			}
			if got := eval(t, e, test.cells[last]); got != test.want {
				t.Errorf("Eval(%s) after %q = %s, want %s", test.cells[last], test.cells[:last], got, test.want)
			}
		})
	}
}

// TestGoroutinesAtTheEnd: goroutines look up their functions just when their cell has ended.
func TestGoroutinesAtTheEnd(t *testing.T) {
	e := newEngine(t)
	if got := eval(t, e, "n := make(chan int, 1000)"); got != "" {
		t.Fatal(got)
	}
	for range 300 {
		if got := eval(t, e, "func one() int { return 1 }; go func() { go func() { n <- one() }() }()"); got != "" {
			t.Fatal(got)
		}
	}
	if got := eval(t, e, "sum := 0; for range 300 { sum += <-n }", "sum"); got != "300" {
		t.Errorf("sum = %s, want 300", got)
	}
}
