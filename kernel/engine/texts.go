package engine

import (
	"go/token"
	"runtime"
	"weak"

	"golang.org/x/tools/go/ssa"
)

// text is a cell's text with the positions in it, which a failure of its code is explained with.
type text struct {
	engine weak.Pointer[Engine]
	cell   string
	files  []*token.File
}

// textSince gives the text of a cell whose positions begin at base. Packages that the cell was the
// first to import have theirs there, too: these stay.
func (e *Engine) textSince(base int, cell string) text {
	t := text{engine: weak.Make(e), cell: cell}
	set := e.ctx.FileSet
	for at := base; at < set.Base(); at++ {
		file := set.File(token.Pos(at))
		if file == nil {
			continue
		}
		at = file.Base() + file.Size()
		if file.Name() == cell {
			t.files = append(t.files, file)
		}
	}
	return t
}

// keepText keeps a cell's text for as long as some code of it can run, or a name leads to it: as
// long as its package is there, to which its functions lead, and to these the closures and the
// methods that values have.
func (e *Engine) keepText(b *built, t text, spent []*ssa.Function) {
	if leavesNothing(b, spent) {
		t.drop()
		return
	}
	runtime.AddCleanup(b.pkg, text.drop, t)
}

// leavesNothing tells whether no code of a cell can run any more, and fail.
func leavesNothing(b *built, spent []*ssa.Function) bool {
	for _, f := range spent {
		if len(f.AnonFuncs) > 0 {
			return false
		}
	}
	return len(b.declared) == 0 && len(b.types) == 0 && alone(b.interpreter)
}

// drop removes the text from the session.
func (t text) drop() {
	e := t.engine.Value()
	if e == nil {
		return
	}
	for _, file := range t.files {
		e.ctx.FileSet.RemoveFile(file)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.sources, t.cell)
}
