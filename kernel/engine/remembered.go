package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// mostRemembered is how many declarations of one name a session remembers.
const mostRemembered = 32

// definition is a type that the session has declared, with all that tells whether another
// declaration would mean the same.
type definition struct {
	*typeSource
	comments string
	object   types.Object
	pkg      *ssa.Package
	meanings map[string]meaning // of the names in its text
}

// meaning is what a name stands for: an object, or a package by its path.
type meaning struct {
	object types.Object
	path   string
}

// same tells whether a text is that of the declaration.
func (d *definition) same(source *typeSource, comments string) bool {
	return d.source == source.source && d.comments == comments && maps.Equal(d.methods, source.methods)
}

// remember makes the names of types that are declared again mean the old ones, and notes what
// the cell has declared for the first time. It is part of commit.
func (e *Engine) remember(c *cell, ch *checked, pkg *ssa.Package) {
	for name, d := range c.again {
		if old := e.objects[name]; old != d.object {
			delete(e.globals, old)
			if owner := e.owners[name]; owner != nil {
				delete(owner.Members, name)
			}
		}
		e.objects[name], e.owners[name], e.types[name] = d.object, d.pkg, d.typeSource
		e.remembers[name] = append(slices.DeleteFunc(e.remembers[name], func(other *definition) bool { return other == d }), d)
	}
	for _, d := range ch.made {
		d.pkg = pkg
		e.remembers[d.object.Name()] = append(e.remembers[d.object.Name()], d)
	}
}

// forgetDeclarations drops those that cannot be declared again: a name in their text means
// something else now. They must not keep what that name meant.
func (e *Engine) forgetDeclarations() {
	for changed := true; changed; {
		changed = false
		for name, list := range e.remembers {
			kept := slices.DeleteFunc(list, func(d *definition) bool { return !e.stands(d) })
			if len(kept) > mostRemembered {
				kept = slices.Delete(kept, 0, len(kept)-mostRemembered)
			}
			changed = changed || len(kept) < len(list)
			if e.remembers[name] = kept; len(kept) == 0 {
				delete(e.remembers, name)
			}
		}
	}
}

// stands tells whether some cell might give the names in a declaration's text the meanings that
// they had: those of the session, and of types that are remembered.
func (e *Engine) stands(d *definition) bool {
	for name, old := range d.meanings {
		object := old.object
		if object == nil || object.Pkg() == nil || object == e.objects[name] {
			continue
		}
		if !slices.ContainsFunc(e.remembers[name], func(other *definition) bool { return other.object == object }) {
			return false
		}
	}
	return true
}

// declarations describes the types that a checked cell declares.
func (ch *checked) declarations(files *token.FileSet, c *cell) (found []*definition) {
	for name, source := range c.types {
		object := ch.pkg.Scope().Lookup(name)
		if meanings, ok := ch.meanings(c, name); ok && object != nil {
			found = append(found, &definition{source, c.commentsOf(files, name), object, nil, meanings})
		}
	}
	return found
}

// meanings tells what the names in a type's text stand for; those of fields, methods, and
// variables of its own aside. It fails when a name is imported by a dot.
func (ch *checked) meanings(c *cell, name string) (found map[string]meaning, ok bool) {
	found, ok = map[string]meaning{}, true
	var see func(n ast.Node) bool
	see = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, see)
			return false
		case *ast.Ident:
			switch object := ch.info.Uses[n].(type) {
			case nil:
			case *types.PkgName:
				found[n.Name] = meaning{path: object.Imported().Path()}
			default:
				if object.Parent() == types.Universe || object.Pkg() != nil && object.Parent() == object.Pkg().Scope() {
					found[n.Name] = meaning{object: object}
					ok = ok && (object.Pkg() == nil || object.Pkg().Path() == "main")
				}
			}
		}
		return true
	}
	c.eachPartOf(name, func(part ast.Node) { ast.Inspect(part, see) })
	return found, ok
}
