package engine_test

import "testing"

func TestScratch(t *testing.T) {
	e := newEngine(t)
	cell := "type P struct { X int }\nfunc (p P) Get() int { return p.X }\nvar p = P{3}"
	t.Log(eval(t, e, cell, "var old any = p", "q := p", cell, "q = p", "old.(P).Get() + q.Get()"))
}
