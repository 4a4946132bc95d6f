package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// People run a cell many times, and with it the types that it declares. Reflection keeps a type
// that was made at run time for as long as the process lives, with its methods and all that these
// lead to, so a type that is declared again, word for word, is the one of before: its text is
// taken out of the cell, and its name means the old type. Old variables then go on to fit new
// functions, and old values in interfaces are still of the type.
//
// This holds for the latest type of a name and for earlier ones, but only while each name in its
// text means what it meant: a method whose helper was declared anew must call the new helper.

// recognise finds the cell's types that are declared again and takes them out of the cell.
func (e *Engine) recognise(c *cell, imports []importSpec) {
	c.again = map[string]*definition{}
	candidates := e.candidates(c)
	for removed := true; removed; { // one type less may make another impossible
		removed = false
		for name, list := range candidates {
			candidates[name] = slices.DeleteFunc(list, func(d *definition) bool { return !e.possible(d, candidates, c, imports) })
			removed = removed || len(candidates[name]) < len(list)
		}
	}
	for name, list := range candidates {
		if len(list) > 0 {
			c.again[name] = list[len(list)-1]
		}
	}
	c.takeOut()
}

// candidates finds the declarations that have the texts of the cell's types.
func (e *Engine) candidates(c *cell) map[string][]*definition {
	found := map[string][]*definition{}
	for name, source := range c.types {
		if len(e.remembers[name]) == 0 || !c.declaresOnce(name, source) {
			continue
		}
		comments := c.commentsOf(e.ctx.FileSet, name)
		for _, d := range e.remembers[name] {
			if d.same(source, comments) {
				found[name] = append(found[name], d)
			}
		}
	}
	return found
}

// possible tells whether each name in a declaration's text may stand in the cell for what it
// stood for. Of candidates whose texts differ in nothing but what they mean, one is left.
func (e *Engine) possible(d *definition, candidates map[string][]*definition, c *cell, imports []importSpec) bool {
	for name, old := range d.meanings {
		if list := candidates[name]; len(list) > 0 {
			if !slices.ContainsFunc(list, func(other *definition) bool { return other.object == old.object }) {
				return false
			}
		} else if e.meaning(name, c, imports) != old {
			return false
		}
	}
	return true
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

// meaning tells what a name stands for in a cell that has not been checked.
func (e *Engine) meaning(name string, c *cell, imports []importSpec) meaning {
	if c.declared[name] {
		return meaning{}
	}
	if object := e.objects[name]; object != nil && !c.importsName(name) {
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
