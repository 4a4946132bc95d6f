package engine

import (
	"go/types"
	"io/fs"
	"strings"
	"sync"

	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// library answers what the documentation says about objects of compiled packages.
type library struct {
	index fs.FS // nil when there is none
	mu    sync.Mutex
	read  map[string]*docs.Package
}

// language is the package of an index that explains the predeclared names.
const language = "builtin"

// pkg gives the documentation of a package, one without entries when there is none.
func (l *library) pkg(path string) *docs.Package {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.read[path]; p != nil {
		return p
	}
	p := new(docs.Package)
	if l.index != nil {
		if found, err := docs.Read(l.index, path); err == nil {
			p = found
		}
	}
	if l.read == nil {
		l.read = map[string]*docs.Package{}
	}
	l.read[path] = p
	return p
}

// entry finds an object. owner is the type through which a field or method was reached; nil
// for anything else.
func (l *library) entry(object types.Object, owner types.Type) docs.Entry {
	switch {
	case owner != nil:
		entry, _ := l.member(owner, object.Name(), 0)
		return entry
	case object.Pkg() == nil:
		return l.pkg(language).Entries[object.Name()]
	}
	return l.pkg(object.Pkg().Path()).Entries[object.Name()]
}

// member finds a field or method of a type or of those that it embeds.
func (l *library) member(owner types.Type, name string, depth int) (entry docs.Entry, ok bool) {
	if depth > deepest {
		return docs.Entry{}, false
	}
	named := namedType(owner)
	if named != nil {
		path := named.Obj().Pkg().Path()
		if entry, ok = l.memberNamed(path, named.Obj().Name(), name, depth); ok {
			return entry, true
		}
	}
	fields := structOf(owner)
	if fields == nil {
		return docs.Entry{}, false
	}
	for field := range fields.Fields() {
		if field.Embedded() {
			if entry, ok = l.member(field.Type(), name, depth+1); ok {
				return entry, true
			}
		}
	}
	return docs.Entry{}, false
}

// memberNamed looks into the documentation alone: interfaces of compiled packages have
// forgotten what they embed.
func (l *library) memberNamed(path, typeName, name string, depth int) (entry docs.Entry, ok bool) {
	p := l.pkg(path)
	if entry, ok = p.Member(typeName, name); ok || depth > deepest {
		return entry, ok
	}
	for _, embedded := range p.Embedded(typeName) {
		from := path
		if pkg, local, qualified := strings.Cut(embedded, "."); qualified {
			from, embedded = pkg, local // right for the packages that all the others embed from: io, fmt, sort
		}
		if entry, ok = l.memberNamed(from, embedded, name, depth+1); ok {
			return entry, true
		}
	}
	return docs.Entry{}, false
}

// signature is the type of an object in a few words, with the names of parameters.
func (l *library) signature(object types.Object, owner types.Type) string {
	if isMain(object) {
		return signature(object)
	}
	switch object := object.(type) {
	case *types.Func, *types.Builtin:
		if known := l.entry(object, owner).Signature(); known != "" {
			return known
		}
	case *types.Var:
		if t, ok := strings.CutPrefix(l.entry(object, owner).Decl, "field "+object.Name()+" "); ok {
			return t // says rune where the compiled type says int32
		}
	}
	return signature(object)
}

// namedType is the type with a name and a package behind at most one pointer, or nil.
func namedType(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return named
	}
	return nil
}

// structOf is the struct behind a type and at most one pointer, or nil.
func structOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	fields, _ := t.Underlying().(*types.Struct)
	return fields
}

func isMain(object types.Object) bool {
	return object.Pkg() != nil && object.Pkg().Path() == "main"
}
