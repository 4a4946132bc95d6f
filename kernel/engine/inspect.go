package engine

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/kernel"
)

// Inspect implements kernel.Engine: the declaration of the name at the cursor, or of the
// function whose arguments are being typed. Level 1 adds the cell that declared it.
func (e *Engine) Inspect(code string, cursor, level int) (doc kernel.Bundle, ok bool) {
	defer func() {
		if r := recover(); r != nil { // half-typed code may surprise the type checker
			doc, ok = nil, false
		}
	}()
	cursor = max(0, min(cursor, utf8.RuneCountInString(code)))
	offset := byteOffset(code, cursor)
	before, name := code[:offset]+wordAfter(code[offset:]), ""
	if name = wordBefore(before); !token.IsIdentifier(name) {
		before = before[:openCall(code[:offset])]
		name = wordBefore(before)
	}
	if _, _, inside := quoted(before); inside || name == "" {
		return nil, false
	}
	k := e.snapshot()
	object := k.understand(before, name).object()
	if object == nil {
		object = k.packageObject(name) // alone, it is no expression
	}
	if object == nil {
		return nil, false
	}
	text := declaration(object)
	origin := e.origin(object)
	markdown := "```go\n" + text + "\n```"
	plain := text
	if origin.where != "" {
		plain += "\n\n" + origin.where
		markdown += "\n\n" + origin.where
	}
	if level > 0 && origin.source != "" {
		plain += "\n\n" + origin.source
		markdown += "\n\n```go\n" + origin.source + "\n```"
	}
	return kernel.Bundle{"text/plain": plain, "text/markdown": markdown}, true
}

// object is what the identifier means, nil when the type checker does not know.
func (h *halfTyped) object() types.Object {
	id := h.identifier()
	if id == nil {
		return nil
	}
	object := h.info.ObjectOf(id)
	if object == nil || object.Type() == types.Typ[types.Invalid] && objectKind(object) != "module" {
		if _, builtin := object.(*types.Builtin); !builtin {
			return nil
		}
	}
	return object
}

// packageObject is the package that a session imports by the name, as an object, or nil.
func (k checker) packageObject(name string) types.Object {
	for _, spec := range k.imports {
		if spec.local != name {
			continue
		}
		if pkg, err := k.importer.Import(spec.path); err == nil {
			return types.NewPkgName(token.NoPos, nil, name, pkg)
		}
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

// origin says where a session object was declared.
type origin struct{ where, source string }

func (e *Engine) origin(object types.Object) origin {
	if objectKind(object) == "module" {
		return origin{}
	}
	if object.Pkg() == nil {
		return origin{where: "part of the language"}
	}
	if object.Pkg().Path() != "main" {
		return origin{where: fmt.Sprintf("from package %s", object.Pkg().Path())}
	}
	at := e.ctx.FileSet.Position(object.Pos())
	e.mu.Lock()
	defer e.mu.Unlock()
	source, known := e.sources[at.Filename]
	if !known || e.objects[object.Name()] != object {
		return origin{}
	}
	return origin{
		where:  fmt.Sprintf("declared in cell %s, line %d", strings.TrimPrefix(at.Filename, "cell"), at.Line),
		source: source,
	}
}
