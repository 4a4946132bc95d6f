// Package engine runs the cells of a Go notebook. It interprets Go's own SSA form with
// github.com/goplus/ixgo, so cells are checked by go/types and may use all of the language;
// nothing on the user's machine but this process is needed.
//
// A session is one growing program. Each cell becomes a package of path "main" in it:
//
//	text ──split──► chunks ──parse──► declarations and items in order
//	     ──check──► types, in a scope that holds the session's live objects
//	     ──lower──► package variables, and one function that sets them in order
//	     ──build──► SSA and an interpreter ──commit──► names of the session ──run──► values
//
// Three things tie the cells together. Objects: the type checker sees those of earlier cells.
// Variables: each has a name of its own in SSA (x#7), and its address goes on to
// later interpreters. Types: later interpreters get the reflect.Type that an earlier one made.
package engine

import (
	"cmp"
	"context"
	"fmt"
	"go/types"
	"io/fs"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/goplus/ixgo"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/gophertrees/gopherwood/kernel"

	// how many methods of the cells' types compiled code can call
	_ "github.com/goplus/reflectx/icall/icall8192"
)

// Config says what cells see. The zero value is a session that imports nothing by itself.
type Config struct {
	// Imports are the paths of packages that every cell sees without importing them, by the
	// last element of the path. A cell may import them again or declare their name anew.
	Imports []string
	// Docs is an index that package docs wrote, of what cells can import: Inspect and Complete
	// then know the names of parameters and the comments. Without one they know types alone.
	Docs fs.FS
	// NoShell refuses commands of the operating system, lines such as "$ ls". Cells can still
	// run programs with os/exec: this keeps accidents away, not attackers.
	NoShell bool
	// Patience is how long an interrupted cell may take to notice, before it is left behind in
	// a call that does not end. Default: a second.
	Patience time.Duration
}

// Engine implements kernel.Engine.
type Engine struct {
	ctx      *ixgo.Context
	importer types.Importer
	loader   *loader
	library  *library
	noShell  bool
	patience time.Duration
	evalMu   sync.Mutex  // one cell at a time
	rest     *time.Timer // gives memory back when no cell has run for a while
	closed   atomic.Bool
	ended    chan struct{}              // is closed when the session is
	late     chan ixgo.PanicError       // of goroutines whose cell has ended
	frame    atomic.Pointer[ixgo.Frame] // of the cell that runs
	broken   bool                       // a panic inside go/ssa leaves its locks held: the next cell would hang

	arguments []string // os.Args[1:] of the cell that runs
	prepared  map[*ssa.Function]bool
	makers    map[*ssa.Package]*ixgo.Interp // of the types that packages declare
	kept      map[*ssa.Package]bool         // interpreted packages whose state is the session's
	globals   map[types.Object]*global      // by the type checker's object
	remembers map[string][]*definition      // by type name, the latest last
	hidden    map[*types.Package]bool       // whose types interpreters are not told about
	owners    map[string]*ssa.Package       // which package a live name was declared in

	mu      sync.Mutex // guards what completion and late goroutines read too
	objects map[string]types.Object
	imports []importSpec
	sources map[string]string // by cell name
	types   map[string]*typeSource
	number  int // of the latest cell
	named   map[types.Object]*named
}

var _ kernel.Engine = (*Engine)(nil)

// New makes a session that has run no cell.
func New(c Config) (*Engine, error) {
	ctx := ixgo.NewContext(ixgo.SupportMultipleInterp)
	// no package comes from the user's disk: no go command, no GOROOT
	ctx.Lookup = func(root, path string) (string, bool) { return "", false }
	ctx.BuildContext.GOROOT, ctx.BuildContext.GOPATH = "/nonexistent", "/nonexistent"
	ctx.RunContext = context.Background() // makes ixgo catch the panics of goroutines
	containExits(ctx)
	guard := new(sync.Mutex)
	e := &Engine{
		ctx:       ctx,
		importer:  importer{guard, ctx.Importer},
		loader:    &loader{ctx.Loader, guard, new(typeutil.Map), map[reflect.Type]types.Type{}},
		library:   &library{index: c.Docs},
		noShell:   c.NoShell,
		patience:  cmp.Or(c.Patience, time.Second),
		rest:      time.AfterFunc(restAfter, giveBack),
		ended:     make(chan struct{}),
		late:      make(chan ixgo.PanicError),
		prepared:  map[*ssa.Function]bool{},
		makers:    map[*ssa.Package]*ixgo.Interp{},
		kept:      map[*ssa.Package]bool{},
		globals:   map[types.Object]*global{},
		remembers: map[string][]*definition{},
		owners:    map[string]*ssa.Package{},
		types:     map[string]*typeSource{},
		objects:   map[string]types.Object{},
		sources:   map[string]string{},
	}
	ctx.Loader = e.loader
	ctx.RegisterExternal("main."+enterName, e.enter)
	known := map[string]bool{}
	for _, path := range ixgo.PackageList() {
		known[path] = true
	}
	for _, path := range c.Imports {
		if !known[path] {
			return nil, fmt.Errorf("cells cannot import %q: it is not compiled into this program", path)
		}
		e.imports = append(e.imports, importSpec{path: path, local: usualName(path)})
	}
	go e.reportLate()
	return e, nil
}

// Close ends the session. Goroutines that its cells started go on: Go cannot end them.
func (e *Engine) Close() {
	if !e.closed.Swap(true) {
		close(e.ended)
		e.rest.Stop()
	}
}

// Eval implements kernel.Engine. A trailing error of a call as last expression fails the
// cell when it is not nil and is left out of the values when it is.
func (e *Engine) Eval(ctx context.Context, code string) (values []any, err error) {
	e.evalMu.Lock()
	defer e.evalMu.Unlock()
	if e.closed.Load() || e.broken {
		return nil, &kernel.CellError{Name: "internal error", Message: "this session has ended: restart the kernel"}
	}
	defer func() {
		if r := recover(); r != nil {
			err = &kernel.CellError{Name: "internal error", Message: fmt.Sprint("the engine failed on this cell: ", r)}
		}
	}()
	e.mu.Lock()
	e.number++
	e.mu.Unlock()
	e.rest.Stop()
	defer e.rest.Reset(restAfter)
	e.arguments = nil
	base := e.ctx.FileSet.Base()
	list, code := checker{objects: e.objects, imports: e.imports}.commandLines(code)
	if err := e.runCommands(ctx, list); err != nil {
		return nil, err
	}
	b, err := e.ready(code)
	if err != nil {
		e.textSince(base, cellName(e.number)).drop()
		return nil, err
	}
	err = e.run(ctx, b.interpreter)
	defer e.retire(b, base)
	e.noteNamed()
	if err != nil {
		return nil, e.failed(err)
	}
	return results(b.checked, b.lowered, b.interpreter)
}

// retire drops what no later cell can use. base is where the positions of the cell begin.
func (e *Engine) retire(b *built, base int) {
	compiling.Lock()
	defer compiling.Unlock()
	e.frame.Store(nil) // it leads to those that it called, a hundred thousand after an endless recursion
	spent := []*ssa.Function{b.pkg.Func(bodyName), b.pkg.Func("init"), b.pkg.Func(enterName)}
	b.forget(b.pkg)
	b.narrow()
	release(b.interpreter, spent)
	if declaresTypes(b.pkg) {
		e.makers[b.pkg] = b.interpreter
	}
	e.keepText(b, e.textSince(base, b.name), spent)
	e.sweep(b.pkg.Prog)
}

// built is a cell that is ready to run.
type built struct {
	*cell
	*checked
	*lowered
	interpreter *ixgo.Interp
	pkg         *ssa.Package
}

// compiling is held while any session of the process compiles: the places for methods and
// the command line are the process's.
var compiling sync.Mutex

// ready does all that comes before the cell runs.
func (e *Engine) ready(code string) (*built, error) {
	compiling.Lock()
	defer compiling.Unlock()
	hideArguments(code, e.arguments)
	c, ch, imports, err := e.compile(code)
	if err != nil {
		return nil, err
	}
	l := e.lower(c, ch)
	in, pkg, err := e.build(c, ch)
	if err != nil {
		return nil, &kernel.CellError{Name: compileError, Message: err.Error()}
	}
	e.commit(c, ch, l, in, pkg, imports)
	return &built{c, ch, l, in, pkg}, nil
}

// compile parses and checks a cell.
func (e *Engine) compile(code string) (*cell, *checked, []importSpec, error) {
	var failed error
	k := checker{e.ctx.FileSet, e.importer, e.objects, e.imports}
	for _, valueMode := range []bool{false, true} {
		c := newCell(e.number, code)
		if err := c.parse(e.ctx.FileSet, e.types, valueMode); err != nil {
			return nil, nil, nil, c.syntaxError(err)
		}
		imports, err := k.resolve(c)
		if err != nil {
			return nil, nil, nil, err
		}
		k.imports = imports
		e.recognise(c, imports)
		k.objects = e.objectsFor(c)
		ch, errs := k.check(c)
		if len(errs) == 0 {
			ch.made = ch.declarations(e.ctx.FileSet, c)
			return c, ch, imports, nil
		}
		if valueMode && failed != nil {
			return nil, nil, nil, failed
		}
		failed = c.typeErrors(errs)
		if valueMode || !onlyUnused(c, errs) {
			return nil, nil, nil, failed
		}
	}
	return nil, nil, nil, failed
}

// onlyUnused tells whether the type checker's only complaint may be that the last
// expression stands alone: as the value of the cell it may.
func onlyUnused(c *cell, errs []types.Error) bool {
	return c.value != nil && c.value.spec == nil && len(errs) == 1 &&
		errs[0].Pos >= c.value.stmts[0].Pos() && errs[0].Pos <= c.value.stmts[0].End()
}
