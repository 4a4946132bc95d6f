package engine

import (
	"go/types"
	"reflect"
	"sync"

	"github.com/goplus/ixgo"
	"golang.org/x/tools/go/types/typeutil"
)

// loader gives every cell the reflect.Type that an earlier cell made for a type. ixgo makes
// new ones per interpreter; a variable of such a twin type would silently be another,
// zero variable.
type loader struct {
	ixgo.Loader
	mu        *sync.Mutex // the inner loader has none, and running cells ask it too
	reflected *typeutil.Map
	typed     map[reflect.Type]types.Type
}

func (l *loader) LookupReflect(t types.Type) (reflect.Type, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if rt := l.reflected.At(t); rt != nil {
		return rt.(reflect.Type), true
	}
	return l.Loader.LookupReflect(t)
}

func (l *loader) LookupTypes(rt reflect.Type) (types.Type, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t, ok := l.typed[rt]; ok {
		return t, true
	}
	return l.Loader.LookupTypes(rt)
}

// knows tells whether a type needs no binding any more.
func (l *loader) knows(t types.Type) bool {
	_, ok := l.LookupReflect(t)
	return ok
}

// bind walks a types.Type and its reflect.Type side by side and remembers every named type
// of the session and every composite of one.
func (l *loader) bind(t types.Type, rt reflect.Type) {
	l.mu.Lock()
	defer l.mu.Unlock()
	binder{l, map[types.Type]bool{}}.walk(t, rt)
}

type binder struct {
	*loader
	seen map[types.Type]bool
}

func (b binder) walk(t types.Type, rt reflect.Type) {
	t = types.Unalias(t)
	if rt == nil || b.seen[t] {
		return
	}
	b.seen[t] = true
	if named, ok := t.(*types.Named); ok {
		if named.Obj().Pkg() == nil {
			return
		}
		if !isSession(named) {
			if _, ok := b.Loader.LookupReflect(named); ok {
				return // compiled
			}
		}
		b.remember(t, rt)
		b.methods(named, rt)
	}
	b.parts(t.Underlying(), rt)
	if _, named := t.(*types.Named); !named && mentionsSession(t, 0) {
		b.remember(t, rt)
	}
}

func (b binder) remember(t types.Type, rt reflect.Type) {
	if b.reflected.At(t) == nil {
		b.reflected.Set(t, rt)
		b.typed[rt] = t
	}
}

func (b binder) methods(named *types.Named, rt reflect.Type) {
	for m := range named.Methods() {
		method, ok := rt.MethodByName(m.Name())
		if !ok && rt.Kind() != reflect.Interface {
			method, ok = reflect.PointerTo(rt).MethodByName(m.Name())
		}
		if ok {
			b.signature(m.Signature(), method.Type, 1)
		}
	}
}

func (b binder) parts(t types.Type, rt reflect.Type) {
	switch t := t.(type) {
	case *types.Pointer:
		if rt.Kind() == reflect.Pointer {
			b.walk(t.Elem(), rt.Elem())
		}
	case *types.Slice:
		b.walk(t.Elem(), rt.Elem())
	case *types.Array:
		b.walk(t.Elem(), rt.Elem())
	case *types.Chan:
		b.walk(t.Elem(), rt.Elem())
	case *types.Map:
		b.walk(t.Key(), rt.Key())
		b.walk(t.Elem(), rt.Elem())
	case *types.Struct:
		for i := range min(t.NumFields(), rt.NumField()) {
			b.walk(t.Field(i).Type(), rt.Field(i).Type)
		}
	case *types.Signature:
		b.signature(t, rt, 0)
	case *types.Interface:
		for m := range t.Methods() {
			if method, ok := rt.MethodByName(m.Name()); ok {
				b.signature(m.Signature(), method.Type, 0)
			}
		}
	}
}

// signature walks parameters and results; skip is 1 when rt has the receiver in front.
func (b binder) signature(sig *types.Signature, rt reflect.Type, skip int) {
	if rt == nil || rt.Kind() != reflect.Func {
		return
	}
	for i := 0; i < sig.Params().Len() && i+skip < rt.NumIn(); i++ {
		b.walk(sig.Params().At(i).Type(), rt.In(i+skip))
	}
	for i := 0; i < sig.Results().Len() && i < rt.NumOut(); i++ {
		b.walk(sig.Results().At(i).Type(), rt.Out(i))
	}
}

func isSession(named *types.Named) bool {
	return named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "main"
}

// deepest bounds the walk through a type: deeper ones are made anew, which the guard finds.
const deepest = 5

// mentionsSession tells whether ixgo would make a new reflect.Type for t.
func mentionsSession(t types.Type, depth int) bool {
	if depth >= deepest {
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return isSession(t) || t.Obj().Pkg() != nil && t.TypeArgs().Len() > 0
	case *types.Pointer:
		return mentionsSession(t.Elem(), depth+1)
	case *types.Slice:
		return mentionsSession(t.Elem(), depth+1)
	case *types.Array:
		return mentionsSession(t.Elem(), depth+1)
	case *types.Chan:
		return mentionsSession(t.Elem(), depth+1)
	case *types.Map:
		return mentionsSession(t.Key(), depth+1) || mentionsSession(t.Elem(), depth+1)
	case *types.Struct:
		return true // one per interpreter, whatever the fields
	}
	return false
}

// mentionsParameter tells whether a type is not fully instantiated.
func mentionsParameter(t types.Type, depth int) bool {
	if depth > deepest {
		return false
	}
	some := func(list ...types.Type) bool {
		for _, t := range list {
			if mentionsParameter(t, depth+1) {
				return true
			}
		}
		return false
	}
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if some(arg) {
				return true
			}
		}
	case *types.Pointer:
		return some(t.Elem())
	case *types.Slice:
		return some(t.Elem())
	case *types.Array:
		return some(t.Elem())
	case *types.Chan:
		return some(t.Elem())
	case *types.Map:
		return some(t.Key(), t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if some(f.Type()) {
				return true
			}
		}
	case *types.Signature:
		for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range tuple.Variables() {
				if some(v.Type()) {
					return true
				}
			}
		}
	}
	return false
}
