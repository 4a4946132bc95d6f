package engine_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/kernel/engine"
)

// interrupted runs a cell, cancels it a moment after it has run what is first, and says how it
// ended.
func interrupted(t *testing.T, e *engine.Engine, first, cell string) string {
	t.Helper()
	if got := eval(t, e, "begun := make(chan bool, 1)"); got != "" {
		t.Fatal(got)
	}
	values, err := e.Eval(context.Background(), "begun")
	if err != nil {
		t.Fatal(err)
	}
	begun := values[0].(chan bool)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-begun
		time.Sleep(50 * time.Millisecond)
		cancel()
	}()
	if _, err = e.Eval(ctx, first+"begun <- true\n"+cell); err == nil {
		t.Fatalf("Eval(%q) ended by itself, want an interrupt", cell)
	}
	return showError(t, err)
}

// TestInterrupt: a cell that never ends stops, and the session goes on with its variables
// and closures, also with those of the cell that was stopped.
func TestInterrupt(t *testing.T) {
	const before = "n := 40; early := func() int { n++; return n }"
	const made = "late := func() int { return n + 100 }\n"
	tests := []struct {
		name, cell string
		blocked    bool
	}{
		{"loop", "for {}", false},
		{"loop in a function", "func spin() { for {} }\nspin()", false},
		{"loop in a closure", "func() { for { n = n } }()", false},
		{"loop in a method", "type T int; func (t T) Spin() { for {} }; T(1).Spin()", false},
		{"loop behind a generic function", "func forever[T any](t T) { for {} }\nforever(1)", false},
		{"loop with recover", "func hard() { defer func() { recover() }(); for {} }\nhard()", false},
		{"calls", "func ping() { pong() }; func pong() {}\nfor { ping() }", false},
		{"callback of compiled code", `import "slices"
			slices.SortFunc(make([]int, 8), func(a, b int) int { for {} })`, false},
		{"sleep", `import "time"
			time.Sleep(time.Hour)`, true},
		{"channel", "<-make(chan int)", true},
		{"select", "select {}", true},
		{"lock", `import "sync"
			var mu sync.Mutex; mu.Lock(); mu.Lock()`, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if raceDetector && test.blocked {
				t.Skip("nothing orders what a cell wrote before it blocked for ever; the detector is right")
			}
			t.Parallel()
			config := engine.Config{} // a cell that waits is left behind
			if !test.blocked {
				config.Patience = time.Hour // what runs must notice
			}
			e := newEngineWith(t, config)
			if got := eval(t, e, before); got != "" {
				t.Fatal(got)
			}
			got := interrupted(t, e, made, test.cell)
			if !strings.HasPrefix(got, "interrupted|") {
				t.Errorf("Eval(%s) = %s, want interrupted", test.cell, got)
			}
			if got, want := eval(t, e, "early() + late()"), "182"; got != want {
				t.Errorf("closures after the interrupt give %s, want %s", got, want)
			}
		})
	}
}

// TestStackOverflow: recursion without end would end the process; nothing can recover that.
func TestStackOverflow(t *testing.T) {
	for _, cell := range []string{
		"func f(n int) int { return f(n+1) + 1 }\nf(0)",
		"func f(n int) (r int) { defer func() { r++ }(); return f(n + 1) }\nf(0)",
		"type T struct{ next *T }\nfunc (t *T) Len() int { return t.next.Len() + 1 }\nt := &T{}; t.next = t\nt.Len()",
	} {
		e := newEngine(t)
		if got := eval(t, e, "x := 7", cell); !strings.HasPrefix(got, "stack overflow|") {
			t.Errorf("Eval(%s) = %s, want a stack overflow", cell, got)
		}
		if got := eval(t, e, "x"); got != "7" {
			t.Errorf("x after the overflow = %s, want 7", got)
		}
	}
}

// TestAbandoned: a cell that was abandoned in a blocked call stays stopped when the call ends.
func TestAbandoned(t *testing.T) {
	e := newEngine(t)
	if got := eval(t, e, "n := 0; gate := make(chan int)"); got != "" {
		t.Fatal(got)
	}
	if got := interrupted(t, e, "", "<-gate\nn = 99\nfor { n++ }"); !strings.HasPrefix(got, "interrupted|") {
		t.Fatalf("Eval = %s, want interrupted", got)
	}
	if got := eval(t, e, "close(gate)", `import "time"`, "time.Sleep(50*time.Millisecond)", "n"); got != "0" {
		t.Errorf("the abandoned cell went on: n = %s, want 0", got)
	}
}
