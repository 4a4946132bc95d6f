package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
)

// Inspect implements kernel.Engine: the declaration of the name at the cursor, or of the
// function whose arguments are being typed, with its comment. Level 1 adds the methods of a
// type, the contents of a package, the cell of a declaration of the session.
func (e *Engine) Inspect(code string, cursor, level int) (doc kernel.Bundle, ok bool) {
	defer func() {
		if r := recover(); r != nil { // half-typed code may surprise the type checker
			doc, ok = nil, false
		}
	}()
	cursor = max(0, min(cursor, utf8.RuneCountInString(code)))
	offset := byteOffset(code, cursor)
	k := e.snapshot()
	_, code = k.commandLines(code)
	before, name := code[:offset]+wordAfter(code[offset:]), ""
	if name = wordBefore(before); !token.IsIdentifier(name) {
		before = before[:openCall(code[:offset])]
		name = wordBefore(before)
	}
	if _, _, inside := quoted(before); inside || name == "" {
		return nil, false
	}
	h := k.understand(before, name)
	object, owner := h.object(), types.Type(nil)
	if object != nil {
		owner = h.owner(object)
	} else if x := h.selected(); x != nil {
		object = h.ofPackage(k, x, name)
	} else {
		object = k.packageObject(name) // alone, it is no expression
	}
	if object == nil {
		return nil, false
	}
	return e.explain(object, owner).bundle(level), true
}

// object is what the identifier means, nil when the type checker does not know.
func (h *halfTyped) object() types.Object {
	id := h.identifier()
	if id == nil {
		return nil
	}
	object := h.info.ObjectOf(id)
	if object == nil {
		object = h.key(id.Name)
	}
	if object == nil || object.Type() == types.Typ[types.Invalid] && objectKind(object) != "module" {
		if _, builtin := object.(*types.Builtin); !builtin {
			return nil
		}
	}
	return object
}

// key is the field that a half-typed struct literal around the identifier has by the name.
func (h *halfTyped) key(name string) types.Object {
	fields := structOf(h.info.Types[h.literal()].Type)
	if fields == nil {
		return nil
	}
	for f := range fields.Fields() {
		if f.Name() == name && reachable(f) {
			return f
		}
	}
	return nil
}

// owner is the type that has the field or method at the identifier, nil for other objects.
func (h *halfTyped) owner(object types.Object) types.Type {
	if x := h.selected(); x != nil {
		if _, member := h.info.Selections[h.parent(1).(*ast.SelectorExpr)]; member {
			return h.info.Types[x].Type
		}
		return nil
	}
	if v, ok := object.(*types.Var); ok && v.IsField() {
		return h.info.Types[h.literal()].Type
	}
	return nil
}

// ofPackage is what a package exports that no cell has imported yet.
func (h *halfTyped) ofPackage(k checker, x ast.Expr, name string) types.Object {
	id, ok := x.(*ast.Ident)
	if !ok || !token.IsExported(name) {
		return nil
	}
	if pkg := h.packageNamed(k, id); pkg != nil {
		return pkg.Scope().Lookup(name)
	}
	return nil
}

// packageObject is the package that a session imports, or could import, by the name, as an
// object, or nil.
func (k checker) packageObject(name string) types.Object {
	for _, spec := range k.imports {
		if spec.local != name {
			continue
		}
		if pkg, err := k.importer.Import(spec.path); err == nil {
			return types.NewPkgName(token.NoPos, nil, name, pkg)
		}
	}
	if pkg := k.onlyPackage(name); pkg != nil {
		return types.NewPkgName(token.NoPos, nil, name, pkg)
	}
	return nil
}

// openCall finds the bracket of the innermost call that code leaves open, 0 when there is none.
func openCall(code string) int {
	depth := 0
	for i := len(code) - 1; i >= 0; i-- {
		switch code[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth == 0 && code[i] == '(' {
				return i
			}
			depth = max(0, depth-1)
		}
	}
	return 0
}
