package engine

import (
	"go/ast"
	"go/token"
)

// addSpec declares variables at top level and notes when to initialise them.
func (c *cell) addSpec(spec *ast.ValueSpec) *item {
	c.decls = append(c.decls, &ast.GenDecl{Tok: token.VAR, TokPos: spec.Pos(), Specs: []ast.Spec{spec}})
	return c.addItem(&item{spec: spec})
}

func (c *cell) addItem(it *item) *item {
	c.items = append(c.items, it)
	return it
}

func (c *cell) declareVariable(name string) {
	if name != "_" {
		c.declared[name] = true
		c.vars[name] = true
	}
}

func (c *cell) parseVariables(fset *token.FileSet, ch chunk) error {
	file, err := c.parseFile(fset, inPackage, ch, "\n")
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		list, ok := decl.(*ast.GenDecl)
		if !ok {
			continue // half-typed
		}
		for _, spec := range list.Specs {
			spec, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for _, name := range spec.Names {
				c.declareVariable(name.Name)
			}
			c.addSpec(spec)
		}
	}
	return nil
}

func (c *cell) parseStatement(fset *token.FileSet, ch chunk, last, valueMode bool) error {
	file, err := c.parseFile(fset, inFunction, ch, "\n}")
	if err != nil {
		return err
	}
	if len(file.Decls) == 0 {
		return nil // half-typed
	}
	function, ok := file.Decls[0].(*ast.FuncDecl)
	if !ok || function.Body == nil {
		return nil
	}
	stmts := function.Body.List
	if len(stmts) != 1 {
		c.addItem(&item{stmts: stmts})
		return nil
	}
	switch stmt := stmts[0].(type) {
	case *ast.AssignStmt:
		if stmt.Tok == token.DEFINE && c.define(stmt) {
			return nil
		}
	case *ast.ExprStmt:
		if !last {
			break
		}
		if _, call := ast.Unparen(stmt.X).(*ast.CallExpr); call && !valueMode {
			c.value = c.addItem(&item{stmts: stmts})
			return nil
		}
		name := &ast.Ident{NamePos: stmt.Pos(), Name: c.invent("value")}
		c.value = c.addSpec(&ast.ValueSpec{Names: []*ast.Ident{name}, Values: []ast.Expr{stmt.X}})
		return nil
	}
	c.addItem(&item{stmts: stmts})
	return nil
}

// define turns a top-level := into a declaration, so that its variables live on. It leaves
// one alone that declares nothing new: the type checker knows the right words for it.
func (c *cell) define(assign *ast.AssignStmt) bool {
	fresh := false
	for _, left := range assign.Lhs {
		name, ok := left.(*ast.Ident)
		if !ok {
			return false
		}
		fresh = fresh || name.Name != "_" && !c.vars[name.Name]
	}
	if !fresh {
		return false
	}
	spec := &ast.ValueSpec{Values: assign.Rhs}
	var after []ast.Stmt
	for _, left := range assign.Lhs {
		name := left.(*ast.Ident)
		if !c.vars[name.Name] {
			c.declareVariable(name.Name)
			spec.Names = append(spec.Names, name)
			continue
		}
		// declared earlier in this cell: assign it by way of a new variable
		between := &ast.Ident{NamePos: name.NamePos, Name: c.invent("between")}
		spec.Names = append(spec.Names, between)
		after = append(after, &ast.AssignStmt{
			Lhs: []ast.Expr{name}, TokPos: assign.TokPos, Tok: token.ASSIGN,
			Rhs: []ast.Expr{&ast.Ident{NamePos: name.NamePos, Name: between.Name}},
		})
	}
	c.addSpec(spec)
	if after != nil {
		c.addItem(&item{stmts: after})
	}
	return true
}
