package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// People run a cell many times, and with it the types that it declares. Reflection keeps a type
// that was made at run time for as long as the process lives, with its methods and all that these
// lead to, so a type that is declared again, word for word, is the one of before: its text is
// taken out of the cell, and its name means the old type. Old variables then go on to fit new
// functions, and old values in interfaces are still of the type.
//
// This holds for the latest type of a name and for earlier ones, but only while each name in its
// text means what it meant: a method whose helper was declared anew must call the new helper.

// mostRemembered is how many declarations of one name a session remembers. Each costs a cell
// the microseconds in which the interpreter reads its methods.
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

// recognise finds the cell's types that are declared again and takes them out of the cell.
func (e *Engine) recognise(c *cell, imports []importSpec) {
	c.again = map[string]*definition{}
	for name, source := range c.types {
		if !c.declaresOnce(name, source) {
			continue
		}
		comments := c.commentsOf(e.ctx.FileSet, name)
		for _, d := range e.remembers[name] {
			if d.same(source, comments) {
				c.again[name] = d
			}
		}
	}
	for changed := true; changed; { // one type less may mean another less
		changed = false
		for name, d := range c.again {
			if !e.means(d, c, imports) {
				delete(c.again, name)
				changed = true
			}
		}
	}
	c.takeOut()
}

// objectsFor gives what the names of the session stand for in a cell.
func (e *Engine) objectsFor(c *cell) map[string]types.Object {
	if len(c.again) == 0 {
		return e.objects
	}
	objects := maps.Clone(e.objects)
	for name, d := range c.again {
		objects[name] = d.object
	}
	return objects
}

// means tells whether each name in a declaration's text stands in the cell for what it stood for.
func (e *Engine) means(d *definition, c *cell, imports []importSpec) bool {
	for name, old := range d.meanings {
		if e.meaning(name, c, imports) != old {
			return false
		}
	}
	return true
}

// meaning tells what a name stands for in a cell that has not been checked.
func (e *Engine) meaning(name string, c *cell, imports []importSpec) meaning {
	switch d, object := c.again[name], e.objects[name]; {
	case d != nil:
		return meaning{object: d.object}
	case c.declared[name]:
		return meaning{}
	case object != nil && !c.importsName(name):
		return meaning{object: object}
	}
	for _, spec := range imports {
		if spec.local == name {
			return meaning{path: spec.path}
		}
	}
	return meaning{object: types.Universe.Lookup(name)}
}

// declaresOnce tells whether nothing else in the cell has the name of a type, and no method
// stands there twice: about that the type checker must complain.
func (c *cell) declaresOnce(name string, source *typeSource) bool {
	named, methods := 0, 0
	for _, decl := range c.decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name == name {
				named++
			} else if decl.Recv != nil && receiver(decl) == name {
				methods++
			}
		case *ast.GenDecl:
			for _, id := range declaredBy(decl) {
				if id.Name == name {
					named++
				}
			}
		}
	}
	return named == 1 && methods == len(source.methods)
}

// declaredBy lists the names that a declaration of types, constants or variables declares.
func declaredBy(decl *ast.GenDecl) (names []*ast.Ident) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			names = append(names, spec.Name)
		case *ast.ValueSpec:
			names = append(names, spec.Names...)
		}
	}
	return names
}

// takeOut removes the declarations of the types that are declared again.
func (c *cell) takeOut() {
	if len(c.again) == 0 {
		return
	}
	c.decls = slices.DeleteFunc(c.decls, func(decl ast.Decl) bool {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			return decl.Recv != nil && c.again[receiver(decl)] != nil
		case *ast.GenDecl:
			decl.Specs = slices.DeleteFunc(decl.Specs, func(spec ast.Spec) bool {
				t, ok := spec.(*ast.TypeSpec)
				return ok && c.again[t.Name.Name] != nil
			})
			return decl.Tok == token.TYPE && len(decl.Specs) == 0
		}
		return false
	})
	for name := range c.again {
		delete(c.declared, name)
		delete(c.types, name)
	}
}

// eachPartOf visits the syntax of a type and of its methods.
func (c *cell) eachPartOf(name string, visit func(ast.Node)) {
	for _, decl := range c.decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv != nil && receiver(decl) == name {
				visit(decl)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && t.Name.Name == name {
					visit(t)
				}
			}
		}
	}
}

// commentsOf gives the comments at a type and its methods, which people are shown as
// documentation: a type with other comments is declared anew.
func (c *cell) commentsOf(files *token.FileSet, name string) string {
	var all []string
	c.eachPartOf(name, func(part ast.Node) {
		all = append(all, commentOf(c.code, files.Position(part.Pos()).Line))
	})
	slices.Sort(all) // methods may stand in another order
	return strings.Join(all, "\x00")
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
