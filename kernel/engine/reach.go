package engine

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"
)

// reached is what the names of a session lead to.
type reached struct {
	prog      *ssa.Program
	functions map[*ssa.Function]bool
	globals   map[*ssa.Global]bool
	packages  map[*types.Package]bool
	types     map[types.Type]bool
	missing   map[types.Type]bool // memory of misses
}

// reachable walks from each live name through code and types. named are the packages that it finds
// so; all others lead there from a type that may be declared again.
func (e *Engine) reachable(prog *ssa.Program) (all *reached, named map[*types.Package]bool) {
	r := &reached{prog, map[*ssa.Function]bool{}, map[*ssa.Global]bool{}, map[*types.Package]bool{}, map[types.Type]bool{}, map[types.Type]bool{}}
	for _, object := range e.objects {
		r.packages[object.Pkg()] = true
		r.typ(object.Type())
		if g := e.globals[object]; g != nil && g.ssa != nil {
			r.value(g.ssa)
		}
		if f, ok := object.(*types.Func); ok {
			r.function(prog.FuncValue(f))
		}
	}
	named = maps.Clone(r.packages)
	for _, list := range e.remembers {
		for _, d := range list {
			r.packages[d.object.Pkg()] = true
			r.typ(d.object.Type())
		}
	}
	return r, named
}

func (r *reached) value(v ssa.Value) {
	switch v := v.(type) {
	case nil:
		return
	case *ssa.Function:
		r.function(v)
	case *ssa.Global:
		r.globals[v] = true
		r.packages[v.Pkg.Pkg] = true
	case *ssa.Builtin:
		return
	}
	r.typ(v.Type())
}

func (r *reached) function(f *ssa.Function) {
	if f == nil || r.functions[f] {
		return
	}
	r.functions[f] = true
	if f.Pkg != nil {
		r.packages[f.Pkg.Pkg] = true
	}
	r.function(f.Origin())
	r.typ(f.Signature)
	var operands [10]*ssa.Value
	for _, block := range f.Blocks {
		for _, instruction := range block.Instrs {
			if v, ok := instruction.(ssa.Value); ok {
				r.typ(v.Type())
			}
			for _, operand := range instruction.Operands(operands[:0]) {
				r.value(*operand)
			}
		}
	}
	for _, inner := range f.AnonFuncs {
		r.function(inner)
	}
}

// typ marks the packages of a type's parts, and the code of its methods.
func (r *reached) typ(t types.Type) {
	if t == nil || r.types[t] {
		return
	}
	r.types[t] = true
	if named, ok := t.(*types.Named); ok && isSession(named) {
		r.packages[named.Obj().Pkg()] = true
		for m := range named.Origin().Methods() {
			r.function(r.prog.FuncValue(m))
		}
	}
	eachPart(t, r.typ)
}

// misses tells whether a type mentions a package of the session that was not reached.
func (r *reached) misses(t types.Type) bool {
	if known, ok := r.missing[t]; ok {
		return known
	}
	r.missing[t] = false // for types that mention themselves
	named, ok := t.(*types.Named)
	miss := ok && isSession(named) && !r.packages[named.Obj().Pkg()]
	if !miss {
		eachPart(t, func(part types.Type) { miss = miss || r.misses(part) })
	}
	r.missing[t] = miss
	return miss
}

// eachPart visits the types that a type is written with. Of a compiled type these are its
// type arguments alone.
func eachPart(t types.Type, visit func(types.Type)) {
	switch t := t.(type) {
	case *types.Alias:
		visit(types.Unalias(t))
	case *types.Named:
		for argument := range t.TypeArgs().Types() {
			visit(argument)
		}
		if isSession(t) {
			visit(t.Underlying())
		}
	case *types.TypeParam:
		visit(t.Constraint())
	case *types.Map:
		visit(t.Key())
		visit(t.Elem())
	case interface{ Elem() types.Type }: // pointers, slices, arrays, channels
		visit(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			visit(f.Type())
		}
	case *types.Tuple:
		for v := range t.Variables() {
			visit(v.Type())
		}
	case *types.Signature:
		if t.Recv() != nil {
			visit(t.Recv().Type())
		}
		visit(t.Params())
		visit(t.Results())
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			visit(m.Type())
		}
		for embedded := range t.EmbeddedTypes() {
			visit(embedded)
		}
	case *types.Union:
		for term := range t.Terms() {
			visit(term.Type())
		}
	}
}
