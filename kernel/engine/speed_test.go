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
