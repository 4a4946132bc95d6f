package engine

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"

	"github.com/goplus/ixgo"
	"golang.org/x/tools/go/ssa"
)

// global is one variable of the session.
type global struct {
	variable *types.Var  // as go/ssa knows it
	ssa      *ssa.Global // as the interpreters know it
	address  any         // a pointer to it
}

// slotReserve is what a cell may need beyond the methods of the types it declares: wrappers
// of embedded and promoted methods.
const slotReserve = 64

// errTooManyMethods: reflectx has a fixed number of places for methods that compiled code
// can call, and ends the process when they run out.
var errTooManyMethods = errors.New("this session has declared too many methods: restart the kernel")

// build turns a lowered cell into an interpreter that has not run yet.
func (e *Engine) build(c *cell, ch *checked) (in *ixgo.Interp, pkg *ssa.Package, err error) {
	defer func() {
		if r := recover(); r != nil {
			e.broken = true
			err = fmt.Errorf("the cell could not be compiled: %v", r)
		}
		if err != nil && pkg != nil {
			// nothing of it may live: later interpreters would fail on it again
			clear(c.declared)
			c.forget(pkg)
		}
	}()
	pkg, err = e.ctx.Builder.BuildMain(&ixgo.SourcePackage{
		Context: e.ctx, Package: ch.pkg, Info: ch.info, Files: []*ast.File{ch.file},
	})
	if err != nil {
		return nil, pkg, err
	}
	if !e.enoughSlots(c, ch) {
		return nil, pkg, errTooManyMethods
	}
	e.nameRuntimeTypes(c, pkg)
	e.prepare(pkg)
	skipCompiled(pkg.Prog)
	defer hideOthers(pkg)()
	in, err = e.ctx.NewInterp(pkg)
	if err != nil {
		return nil, pkg, err
	}
	return in, pkg, e.guard(in, pkg)
}

// hideOthers takes functions and types out of all other packages until show is called: an
// interpreter compiles every function and method it sees there, and those that a cell uses
// by reference anyway.
func hideOthers(pkg *ssa.Package) (show func()) {
	hidden := map[*ssa.Package]map[string]ssa.Member{}
	for _, other := range pkg.Prog.AllPackages() {
		if other == pkg || len(other.Func("init").Blocks) == 0 {
			continue
		}
		hidden[other] = other.Members
		other.Members = maps.Clone(other.Members)
		maps.DeleteFunc(other.Members, func(name string, m ssa.Member) bool {
			_, isGlobal := m.(*ssa.Global)
			return !isGlobal && name != "init"
		})
	}
	return func() {
		for other, members := range hidden {
			other.Members = members
		}
	}
}

// forget drops what ran once: the function of a cell, and the whole package of one that
// declared nothing. Every later interpreter compiles all that the packages still have.
func (c *cell) forget(pkg *ssa.Package) {
	for _, name := range []string{bodyName, enterName} {
		if f := pkg.Func(name); f != nil {
			delete(pkg.Members, name)
			delete(*field[map[types.Object]ssa.Member](pkg, objectsField), f.Object())
		}
	}
	if len(c.declared) == 0 {
		pkg.Func("init").Blocks = nil // to ixgo, a package from elsewhere
	}
}

func (e *Engine) enoughSlots(c *cell, ch *checked) bool {
	need := slotReserve
	for name := range c.declared {
		if t, ok := ch.pkg.Scope().Lookup(name).(*types.TypeName); ok && !t.IsAlias() {
			need += 2 * types.NewMethodSet(types.NewPointer(t.Type())).Len() // of T and of *T
		}
	}
	_, _, free := ixgo.IcallStat()
	return need <= free
}

// nameRuntimeTypes gives a name to every type that may sit in an interface value (local
// types, instances made inside generic functions), so that Interp.GetType finds it.
func (e *Engine) nameRuntimeTypes(c *cell, pkg *ssa.Package) {
	names := types.NewPackage("main", "main")
	for _, t := range pkg.Prog.RuntimeTypes() {
		t = types.Unalias(t)
		if pointer, ok := t.(*types.Pointer); ok {
			t = types.Unalias(pointer.Elem())
		}
		named, ok := t.(*types.Named)
		if !ok || named.Obj().Pkg() == nil || mentionsParameter(named, 0) || e.loader.knows(named) {
			continue
		}
		name := types.NewTypeName(token.NoPos, names, c.invent("runtime"), nil)
		types.NewAlias(name, named)
		names.Scope().Insert(name)
	}
	if len(names.Scope().Names()) == 0 {
		return
	}
	for name, member := range pkg.Prog.CreatePackage(names, nil, nil, false).Members {
		if _, ok := member.(*ssa.Type); ok {
			pkg.Members[name] = member
		}
	}
}

// guard finds a live variable that the new interpreter took for another one because it made
// a twin of its type: the cell would silently see a zero value.
func (e *Engine) guard(in *ixgo.Interp, pkg *ssa.Package) error {
	for object, g := range e.globals {
		if e.objects[object.Name()] != object || g.ssa == nil {
			continue
		}
		if p, ok := address(in, pkg, g.ssa); ok && p != g.address {
			return fmt.Errorf("variable %s of type %s could not be carried over to this cell: declare it again", object.Name(), object.Type())
		}
	}
	return nil
}

// guest is the name of a member that stands in a package for the time of one question.
const guest = reserved + "guest"

// address gives the address of any global of the program. Interp.GetVarAddr knows only
// members of the interpreter's own package, so g is a guest there for a moment.
func address(in *ixgo.Interp, pkg *ssa.Package, g *ssa.Global) (any, bool) {
	pkg.Members[guest] = g
	defer delete(pkg.Members, guest)
	return in.GetVarAddr(guest)
}

// commit makes the cell's declarations the session's. It comes before the cell runs: a cell
// that panics half-way keeps its variables, as in other notebooks.
func (e *Engine) commit(c *cell, ch *checked, l *lowered, in *ixgo.Interp, pkg *ssa.Package, imports []importSpec) {
	byObject := map[string]*global{}
	for _, v := range l.variables {
		p, ok := in.GetVarAddr(v.Name())
		if !ok {
			continue
		}
		e.ctx.RegisterExternal("main."+v.Name(), p)
		g := &global{variable: v, address: p}
		g.ssa, _ = pkg.Members[v.Name()].(*ssa.Global)
		byObject[v.Name()] = g
		e.loader.bind(v.Type(), reflect.TypeOf(p).Elem())
	}
	e.bindTypes(in, pkg)
	e.keepSources(in, pkg)
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, spec := range c.imports {
		delete(e.objects, spec.local)
	}
	for name := range c.declared {
		object := ch.pkg.Scope().Lookup(name)
		if object == nil {
			continue
		}
		delete(e.globals, e.objects[name])
		if v := l.variables[name]; v != nil {
			e.globals[object] = byObject[v.Name()]
		}
		e.objects[name] = object
		if old := e.owners[name]; old != nil {
			// nobody reaches the old function by name: later interpreters need not compile it,
			// and its old callers still do by reference
			delete(old.Members, name)
		}
		e.owners[name] = pkg
	}
	for name, source := range c.types {
		e.types[name] = source
	}
	e.remember(c, ch, pkg)
	e.imports = imports
	e.sources[c.name] = c.code
}

func (e *Engine) bindTypes(in *ixgo.Interp, pkg *ssa.Package) {
	for name, member := range pkg.Members {
		t, ok := member.(*ssa.Type)
		if !ok {
			continue
		}
		if named, ok := types.Unalias(t.Type()).(*types.Named); ok && named.TypeParams().Len() > 0 && named.TypeArgs().Len() == 0 {
			continue // a generic type has no reflect.Type of its own
		}
		if rt, ok := in.GetType(name); ok {
			e.loader.bind(t.Type(), rt)
			e.loader.bind(types.NewPointer(t.Type()), reflect.PointerTo(rt))
		}
	}
}
