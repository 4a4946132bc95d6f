package engine

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/goplus/ixgo"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// A session may run for days, so what a cell leaves must go when nobody can reach it by name
// any more. go/ssa is made for programs that end, and keeps each package that was ever built;
// its tables are not exported, and are reached by the offsets of their fields.

// sweepAfter is how many dead packages with types are worth a walk through the program's
// tables of types.
const sweepAfter = 8

// instancesLast is for how many cells go/ssa remembers what it has instantiated.
const instancesLast = 16

var (
	packagesField   = fieldOf[ssa.Program, map[*types.Package]*ssa.Package]("packages")
	interfacesField = fieldOf[ssa.Program, map[types.Type]struct{}]("makeInterfaceTypes")
	onDemandField   = fieldOf[ssa.Program, map[*types.Func]*ssa.Function]("objectMethods")
	methodSetsField = fieldOf[ssa.Program, typeutil.Map]("methodSets")
	contextField    = fieldOf[ssa.Program, *types.Context]("ctxt")
	parametersField = fieldOf[ssa.Program, map[types.Type]bool]("hasParams", "seen")
	paramsLockField = fieldOf[ssa.Program, sync.Mutex]("hasParamsMu")
	infoField       = fieldOf[ssa.Function, *types.Info]("info")
	objectsField    = fieldOf[ssa.Package, map[types.Object]ssa.Member]("objects")
	initField       = fieldOf[ssa.Package, *ssa.Function]("init")
	recordField     = fieldOf[ixgo.Interp, *ixgo.TypesRecord]("record")
	typesMutexField = fieldOf[ixgo.Interp, sync.RWMutex]("typesMutex")
	typesField      = fieldOf[ixgo.TypesRecord, map[reflect.Type]types.Type]("rcache")
	reflectedField  = fieldOf[ixgo.TypesRecord, *typeutil.Map]("tcache")
	globalsField    = fieldOf[ixgo.Interp, map[string]any]("globals")
	preloadedField  = fieldOf[ixgo.Interp, map[types.Type]reflect.Type]("preloadTypes")
)

// fieldOf finds a field of a struct of another package. Its type may have another name there,
// but must be laid out like F.
func fieldOf[S, F any](names ...string) (offset uintptr) {
	t := reflect.TypeFor[S]()
	for _, name := range names {
		field, ok := reflect.StructField{}, t.Kind() == reflect.Struct
		if ok {
			field, ok = t.FieldByName(name)
		}
		if !ok {
			panic("kernel/engine: " + t.String() + " has no field " + name)
		}
		t, offset = field.Type, offset+field.Offset
	}
	if !t.ConvertibleTo(reflect.TypeFor[F]()) && t.String() != "map[types.Type]ssa.unit" {
		panic(fmt.Sprintf("kernel/engine: the field %s of %s has the type %s", names, reflect.TypeFor[S](), t))
	}
	return offset
}

func field[F, S any](s *S, offset uintptr) *F { return (*F)(unsafe.Add(unsafe.Pointer(s), offset)) }

// sweep drops what the session can no longer reach: packages with types only now and then,
// everything else at once.
func (e *Engine) sweep(prog *ssa.Program) {
	e.forgetDeclarations()
	live, named := e.reachable(prog)
	packages := *field[map[*types.Package]*ssa.Package](prog, packagesField)
	var typed []*types.Package
	waiting := 0 // to be hidden
	for pkg, built := range packages {
		if pkg.Path() != "main" {
			continue
		}
		e.dropVariables(built, live)
		switch {
		case named[pkg]:
			delete(e.hidden, pkg)
		case live.packages[pkg]:
			if !e.hidden[pkg] {
				waiting++
			}
		case e.makers[built] != nil:
			typed = append(typed, pkg)
		default:
			delete(packages, pkg)
		}
	}
	if e.number%instancesLast == 0 {
		forgetInstances(prog)
	}
	maps.DeleteFunc(e.prepared, func(f *ssa.Function, _ bool) bool { return !live.functions[f] })
	if len(typed)+waiting < sweepAfter {
		return
	}
	for _, pkg := range typed {
		e.hollow(packages[pkg])
		delete(packages, pkg)
	}
	e.forgetTypes(prog, live)
	e.hideTypes(prog, named)
}

// hideTypes takes those out of the program's list of types that interfaces hold which no name
// leads to, though they may be declared again: each cell compiles the methods of all in the list.
func (e *Engine) hideTypes(prog *ssa.Program, named map[*types.Package]bool) {
	shown := &reached{packages: named, missing: map[types.Type]bool{}}
	maps.DeleteFunc(*field[map[types.Type]struct{}](prog, interfacesField), func(t types.Type, _ struct{}) bool { return shown.misses(t) })
	e.hidden = map[*types.Package]bool{}
	for _, list := range e.remembers {
		for _, d := range list {
			if pkg := d.object.Pkg(); !named[pkg] {
				e.hidden[pkg] = true
			}
		}
	}
}

// dropVariables lets go of the values that no name leads to.
func (e *Engine) dropVariables(pkg *ssa.Package, live *reached) {
	for name, member := range pkg.Members {
		if g, ok := member.(*ssa.Global); ok && !live.globals[g] && name != "init$guard" {
			delete(pkg.Members, name)
			e.ctx.RegisterExternal("main."+name, nil)
		}
	}
}

// hollow leaves of a package what the methods of its types need to run: values may have them still.
func (e *Engine) hollow(pkg *ssa.Package) {
	clear(pkg.Members)
	maps.DeleteFunc(*field[map[types.Object]ssa.Member](pkg, objectsField), func(_ types.Object, m ssa.Member) bool {
		f, ok := m.(*ssa.Function)
		return !ok || f.Signature.Recv() == nil
	})
	*field[*ssa.Function](pkg, initField) = nil
	*pkg.Pkg.Scope() = *types.NewScope(types.Universe, token.NoPos, token.NoPos, "")
	in := e.makers[pkg]
	delete(e.makers, pkg)
	lock := field[sync.RWMutex](in, typesMutexField)
	lock.Lock()
	defer lock.Unlock()
	record := *field[*ixgo.TypesRecord](in, recordField)
	reflected := field[*typeutil.Map](record, reflectedField)
	names := new(typeutil.Map)
	(*reflected).Iterate(func(t types.Type, rt any) {
		if named, ok := t.(*types.Named); ok && isSession(named) {
			names.Set(t, rt)
		}
	})
	*reflected = names
	*field[map[reflect.Type]types.Type](record, typesField) = map[reflect.Type]types.Type{}
}

func declaresTypes(pkg *ssa.Package) bool {
	for _, member := range pkg.Members {
		if _, ok := member.(*ssa.Type); ok {
			return true
		}
	}
	return false
}

// forgetTypes removes every type that mentions a dead package. Values of such a type keep
// their methods, which compiled code finds by reflection.
func (e *Engine) forgetTypes(prog *ssa.Program, live *reached) {
	maps.DeleteFunc(*field[map[*types.Func]*ssa.Function](prog, onDemandField), func(m *types.Func, _ *ssa.Function) bool {
		return live.misses(m.Signature().Recv().Type())
	})
	prune(field[typeutil.Map](prog, methodSetsField), live)
	prog.MethodSets = typeutil.MethodSetCache{}
	e.loader.prune(live)
}

// forgetInstances empties what go/ssa remembers to be faster with generic code: the types of
// every cell there ever was.
func forgetInstances(prog *ssa.Program) {
	*field[*types.Context](prog, contextField) = types.NewContext()
	lock := field[sync.Mutex](prog, paramsLockField)
	lock.Lock()
	defer lock.Unlock()
	*field[map[types.Type]bool](prog, parametersField) = nil
}

// skipCompiled leaves in the program's list of types that interfaces hold those alone that may
// have methods to interpret. ixgo goes through all of them for each cell, with the types of their
// methods' parameters, and theirs: hundreds for one *os.File.
func skipCompiled(prog *ssa.Program) {
	maps.DeleteFunc(*field[map[types.Type]struct{}](prog, interfacesField), func(t types.Type, _ struct{}) bool {
		return !interpreted(prog, t, map[types.Type]bool{})
	})
}

// interpreted tells whether a type mentions one with methods that are not compiled.
func interpreted(prog *ssa.Program, t types.Type, seen map[types.Type]bool) (found bool) {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		if pkg := prog.Package(t.Obj().Pkg()); pkg != nil && pkg.Func("init").Blocks != nil || isSession(t) {
			return true
		}
	case *types.Struct:
		for f := range t.Fields() {
			if f.Embedded() {
				return true
			}
		}
	}
	eachPart(t, func(part types.Type) { found = found || interpreted(prog, part, seen) })
	return found
}

// prune removes the types that mention a dead package. Where Delete does, an empty place stays.
func prune(m *typeutil.Map, live *reached) {
	kept := new(typeutil.Map)
	m.Iterate(func(t types.Type, value any) {
		if !live.misses(t) {
			kept.Set(t, value)
		}
	})
	*m = *kept
}

func (l *loader) prune(live *reached) {
	l.mu.Lock()
	defer l.mu.Unlock()
	prune(l.reflected, live)
	maps.DeleteFunc(l.typed, func(_ reflect.Type, t types.Type) bool { return live.misses(t) })
}

// release lets go of what only compiling needs, and of the variables that an interpreter knows
// by name: the methods of its types keep it for ever, since reflect never frees a type.
// Compiled code has the addresses of its variables.
func release(in *ixgo.Interp, spent []*ssa.Function) {
	functions := *field[map[*ssa.Function]unsafe.Pointer](in, functionsField.Offset)
	forgetMaps(in, functions)
	if alone(in) {
		spend(in, functions, spent)
	}
}

// forgetMaps sets fields to nil that goroutines of the cell may read just now; the interpreter goes
// on without them, so that both values are good.
//
//go:norace
func forgetMaps(in *ixgo.Interp, functions map[*ssa.Function]unsafe.Pointer) {
	*field[map[string]any](in, globalsField) = nil
	*field[map[types.Type]reflect.Type](in, preloadedField) = nil // its record has them, too
	for _, function := range functions {
		for _, offset := range compileFields {
			*(*unsafe.Pointer)(unsafe.Add(function, offset)) = nil
		}
	}
}

// spend drops functions that ran once. A closure of the cell may look up others at this moment,
// in a goroutine of another cell, so the table itself must not change.
func spend(in *ixgo.Interp, functions map[*ssa.Function]unsafe.Pointer, spent []*ssa.Function) {
	kept := map[*ssa.Function]unsafe.Pointer{} // a clone would be as large as the old one
	for f, function := range functions {
		if f.Synthetic != "package initializer" && !slices.Contains(spent, f) {
			kept[f] = function
		}
	}
	table := field[unsafe.Pointer](in, functionsField.Offset)
	atomic.StorePointer(table, *(*unsafe.Pointer)(unsafe.Pointer(&kept)))
}

var functionsField, _ = reflect.TypeFor[ixgo.Interp]().FieldByName("funcs")

// compileFields are the maps of an interpreter's function from values to their places.
var compileFields = func() (offsets []uintptr) {
	ok := functionsField.Type.Kind() == reflect.Map && functionsField.Type.Elem().Kind() == reflect.Pointer
	for _, name := range []string{"index", "instrIndex"} {
		var field reflect.StructField
		if ok {
			field, ok = functionsField.Type.Elem().Elem().FieldByName(name)
		}
		if !ok || field.Type.Kind() != reflect.Map {
			panic("kernel/engine: this version of ixgo keeps its functions in an unknown way")
		}
		offsets = append(offsets, field.Offset)
	}
	return offsets
}()
