package engine_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/kernel"
)

// TestAgain: a type declared again, word for word, is the type of before as long as the names in
// its text mean the same; any other declaration makes a new type, and old values keep theirs.
func TestAgain(t *testing.T) {
	const point = "type P struct { X int }\nfunc (p P) Get() int { return p.X }"
	const isP = "_, same := old.(P); same"
	for name, test := range map[string]struct {
		cells []string
		want  string
	}{
		"old variables fit":               {[]string{point, "p := P{1}", point, "p = P{2}", "p.Get()"}, "2"},
		"old values are of the type":      {[]string{point, "var old any = P{7}", point, "old.(P).Get()"}, "7"},
		"and have the methods":            {[]string{point, "var old any = P{7}", point, "old.(interface{ Get() int }).Get()"}, "7"},
		"with other cells between":        {[]string{point, "var old any = P{7}", "type Q int", point, "1 + 1", isP}, "true"},
		"with other words between":        {[]string{point, "var old any = P{7}", "type P string", "P(`text`)", point, "old.(P).Get()"}, "7"},
		"in one cell with other text":     {[]string{point, "var old any = P{7}", "import \"fmt\"\n\n" + point + "\nfmt.Sprint(old.(P).Get())"}, "7"},
		"methods in another order":        {[]string{point + "\nfunc (P) A() {}", "var old any = P{}", "func (P) A() {}\n" + point, isP}, "true"},
		"a method that was added":         {[]string{point, "func (p P) Two() int { return 2 * p.X }", "var old any = P{4}", "func (p P) Two() int { return 2 * p.X }", "old.(P).Two()"}, "8"},
		"types that mention each other":   {[]string{"type A struct{ B *B }; type B struct{ A *A }", "var old any = A{}", "type A struct{ B *B }; type B struct{ A *A }", "_, same := old.(A); same"}, "true"},
		"a generic type":                  {[]string{"type G[T any] struct{ V T }\nfunc (g G[T]) Get() T { return g.V }", "var old any = G[int]{3}", "type G[T any] struct{ V T }\nfunc (g G[T]) Get() T { return g.V }", "old.(G[int]).Get()"}, "3"},
		"an interface":                    {[]string{"type I interface{ Get() int }", point, "var old any = I(P{5})", "type I interface{ Get() int }", "old.(I).Get()"}, "5"},
		"an embedded type":                {[]string{point + "\ntype O struct{ P }", "var old any = O{P{6}}", point + "\ntype O struct{ P }", "old.(O).Get()"}, "6"},
		"an alias":                        {[]string{"type L = []int", "l := L{1}", "type L = []int", "l = L{1, 2}", "len(l)"}, "2"},
		"another field":                   {[]string{point, "var old any = P{7}", strings.Replace(point, "X int", "X, Y int", 1), isP}, "false"},
		"another method's text":           {[]string{point, "var old any = P{7}", point + " // no\nfunc (P) B() {}", isP}, "false"},
		"another comment":                 {[]string{"// P is old.\n" + point, "var old any = P{7}", "// P is new.\n" + point, isP}, "false"},
		"a changed method":                {[]string{point, "var old any = P{7}", strings.Replace(point, "p.X", "-p.X", 1), "fmt := old.(interface{ Get() int }); []int{fmt.Get(), P{7}.Get()}"}, "[7 -7]"},
		"a helper with other text":        {[]string{"func h() int { return 1 }", "type P int; func (P) Get() int { return h() }", "func h() int { return 2 }", "type P int; func (P) Get() int { return h() }", "P(0).Get()"}, "2"},
		"a variable in the same cell":     {[]string{"x := 1; type P int; func (P) Get() int { return x }", "x := 2; type P int; func (P) Get() int { return x }", "P(0).Get()"}, "2"},
		"a variable that was removed":     {[]string{"x := 1; type P int; func (P) Get() int { return x }", "%rm x", "type P int; func (P) Get() int { return x }"}, "compile error|1:41: undefined: x"},
		"a predeclared name that was hid": {[]string{"type P struct{ X int }", "type int string", "type P struct{ X int }", "P{`text`}"}, "{text}"},
		"a package's name for another":    {[]string{`import "strings"; type P struct{ B strings.Builder }`, `import strings "bytes"; type P struct{ B strings.Builder }`}, "compile error|1:50: undefined: strings.Builder"},
		"a type inside that changed":      {[]string{"type B int", "type P struct{ B B }", "type B string", "type P struct{ B B }", "P{`text`}"}, "{text}"},
		"a type inside that changed back": {[]string{"type B int; type P struct{ B B }", "var old any = P{1}", "type B string; type P struct{ B B }", "type B int; type P struct{ B B }", isP}, "true"},
		"the name as another thing":       {[]string{point, "P := 3", "P", point, "P{1}.Get()"}, "1"},
		"a method twice":                  {[]string{point, point + "\nfunc (p P) Get() int { return p.X }"}, "compile error|3:12: method P.Get already declared at cell2:2:12"},
		"a name twice":                    {[]string{point, point + "\nfunc P() {}"}, "compile error|3:6: P redeclared in this block"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := eval(t, newEngine(t), test.cells...); got != test.want {
				t.Errorf("Eval(%q) = %s, want %s", test.cells, got, test.want)
			}
		})
	}
}

// TestAgainFails: a cell that fails to compile leaves the name what it was.
func TestAgainFails(t *testing.T) {
	e := newEngine(t)
	eval(t, e, "type P int", "type P string")
	if got, want := eval(t, e, "type P int\nundefined"), "compile error|2:1: undefined: undefined"; got != want {
		t.Errorf("the cell gives %s, want %s", got, want)
	}
	if got := eval(t, e, "P(`text`)"); got != "text" {
		t.Errorf("then P(`text`) = %s, want text", got)
	}
}

// TestCellsLeaveNothing: however often the cells run, the heap stays as it is.
func TestCellsLeaveNothing(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector keeps memory of its own")
	}
	const times, most = 1000, 256 // bytes each time
	for name, cells := range map[string][]string{
		"a type with a method":  {"type P struct { X int }\nfunc (p P) Get() int { return p.X }", "P{#}.Get()"},
		"one of several types":  {"type P struct { F@ int }\nfunc (p P) Get() int { return p.F@ }", "P{#}.Get()"},
		"a type in an instance": {"type P struct { X int }\nfunc twice[T any](t T) []T { return []T{t, t} }\nvar p = P{#}", "len(twice(p))"},
		"a variable":            {"v := #", "v"},
		"a function":            {"func f(a int) int { return a + # }\nf(1)"},
		"a closure":             {"f := func() func() int { n := 0; return func() int { n += #; return n } }()", "f()"},
		"a goroutine":           {"done := make(chan bool); go func() { done <- true }(); <-done"},
		"a panic":               {`panic("boom")`},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t)
			before := uint64(0)
			for i := range times + times/5 {
				if i == times/5 {
					before = heap()
				}
				for _, cell := range cells {
					cell = strings.ReplaceAll(strings.ReplaceAll(cell, "#", fmt.Sprint(i)), "@", fmt.Sprint(i%20))
					_, _ = e.Eval(context.Background(), cell)
				}
			}
			if got := (float64(heap()) - float64(before)) / times; got > most {
				t.Errorf("each time leaves %.0f bytes, want at most %d", got, most)
			}
			runtime.KeepAlive(e)
		})
	}
}

// heap gives how many bytes the heap holds when what has gone is collected.
func heap() uint64 {
	for range 4 { // what clean-ups let go of is garbage the next time
		runtime.GC()
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}

// TestTextStays: a failure of old code shows the line that failed, though no name leads to it.
func TestTextStays(t *testing.T) {
	for name, first := range map[string]string{
		"a closure":         `f := func() { panic("old") }`,
		"a function":        `func g() { panic("old") }; f := g`,
		"a method's value":  `type T int; func (T) g() { panic("old") }; f := T(0).g`,
		"a closure's child": `f := func() func() { return func() { panic("old") } }()`,
	} {
		t.Run(name, func(t *testing.T) {
			e := newEngine(t)
			eval(t, e, "var kept func()", first, "kept = f", "f := 1; g := 1; type T string")
			for range 20 {
				eval(t, e, "type Later int", "1 + 1")
			}
			heap()
			_, err := e.Eval(context.Background(), "kept()")
			var failed *kernel.CellError
			if !errors.As(err, &failed) || !strings.Contains(strings.Join(failed.Traceback, "\n"), first) {
				t.Errorf("after %q the error is %+v, want one with this line", first, failed)
			}
		})
	}
}
