package engine_test

import (
	"context"
	"testing"

	"github.com/gophertrees/gopherwood/kernel/engine"
)

// BenchmarkFirstCell is a session's start and a cell that prints.
func BenchmarkFirstCell(b *testing.B) {
	for b.Loop() {
		e, err := engine.New(engine.Config{})
		if err != nil {
			b.Fatal(err)
		}
		benchmarkEval(b, e, "import \"fmt\"\nfmt.Sprint(1)")
		e.Close()
	}
}

// BenchmarkCell is what each trivial cell costs after the first.
func BenchmarkCell(b *testing.B) {
	e, err := engine.New(engine.Config{})
	if err != nil {
		b.Fatal(err)
	}
	benchmarkEval(b, e, "x := 1")
	for b.Loop() {
		benchmarkEval(b, e, "x = x + 1")
	}
}

// BenchmarkRecursion is fib(20), 21,891 calls.
func BenchmarkRecursion(b *testing.B) {
	e, err := engine.New(engine.Config{})
	if err != nil {
		b.Fatal(err)
	}
	benchmarkEval(b, e, "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }")
	for b.Loop() {
		benchmarkEval(b, e, "fib(20)")
	}
}

func benchmarkEval(b *testing.B, e *engine.Engine, cell string) {
	b.Helper()
	if _, err := e.Eval(context.Background(), cell); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLoop is ten million additions, in a function and at top level.
func BenchmarkLoop(b *testing.B) {
	for name, cells := range map[string][2]string{
		"function": {"func add() (s int) { for i := 0; i < 10_000_000; i++ { s += i }; return }", "add()"},
		"top":      {"s := 0", "for i := 0; i < 10_000_000; i++ { s += i }"},
		"range":    {"s := 0", "for i := range 10_000_000 { s += i }"},
	} {
		b.Run(name, func(b *testing.B) {
			e, err := engine.New(engine.Config{})
			if err != nil {
				b.Fatal(err)
			}
			benchmarkEval(b, e, cells[0])
			for b.Loop() {
				benchmarkEval(b, e, cells[1])
			}
		})
	}
}
