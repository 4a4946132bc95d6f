package engine

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"
)

// lowered is a checked cell in the form that go/ssa builds: package-level variables
// without initialisers, and one function that sets them in the order of the text.
type lowered struct {
	values    []*types.Var            // what the cell shows
	call      *ast.CallExpr           // the call that gave them, or nil
	variables map[string]*types.Var   // the cell's name of a variable -> go/ssa's variable
	objects   map[types.Object]string // the cell's new variables, by the checker's object
}

// lower rewrites the checked file in place.
func (e *Engine) lower(c *cell, ch *checked) *lowered {
	l := &lowered{variables: map[string]*types.Var{}, objects: map[types.Object]string{}}
	ch.info.InitOrder = nil         // the cell's function initialises, not the package's init
	list := ch.body.Body.List[:1:1] // the call of enter
	var shown []*ast.Ident
	for _, it := range c.items {
		switch {
		case it.spec != nil:
			if len(it.spec.Values) > 0 {
				list = append(list, ch.assign(it.spec.Pos(), it.spec.Names, it.spec.Values))
			}
			if it == c.value {
				shown = it.spec.Names
				l.call, _ = ast.Unparen(it.spec.Values[0]).(*ast.CallExpr)
			}
		case it == c.value:
			call := it.stmts[0].(*ast.ExprStmt).X
			if shown = ch.results(c, call); len(shown) == 0 {
				list = append(list, it.stmts...)
				break
			}
			l.call = ast.Unparen(call).(*ast.CallExpr)
			list = append(list, ch.assign(call.Pos(), shown, []ast.Expr{call}))
		default:
			list = append(list, it.stmts...)
		}
	}
	ch.body.Body.List = list
	e.rename(c, ch, l)
	for _, name := range shown {
		l.values = append(l.values, l.variables[name.Name])
	}
	e.aliasInstances(c, ch)
	return l
}

// assign makes "names = values".
func (ch *checked) assign(pos token.Pos, names []*ast.Ident, values []ast.Expr) ast.Stmt {
	stmt := &ast.AssignStmt{TokPos: pos, Tok: token.ASSIGN, Rhs: values}
	for _, name := range names {
		left := &ast.Ident{NamePos: name.NamePos, Name: "_"}
		if object := ch.info.Defs[name]; object != nil {
			left.Name = name.Name
			ch.info.Uses[left] = object
		}
		stmt.Lhs = append(stmt.Lhs, left)
	}
	return stmt
}

// results declares one variable for each result of a call; none when nobody wants to see them.
func (ch *checked) results(c *cell, call ast.Expr) (names []*ast.Ident) {
	tv := ch.info.Types[ast.Unparen(call)]
	var result []types.Type
	if tuple, ok := tv.Type.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			result = append(result, v.Type())
		}
	} else if tv.IsValue() {
		result = append(result, tv.Type)
	}
	if ch.prints(call) {
		return nil
	}
	for _, t := range result {
		names = append(names, ch.newVariable(c.invent("value"), t, call.Pos()))
	}
	return names
}

// callee finds the function that a call names, if it names one.
func (ch *checked) callee(call ast.Expr) types.Object {
	c, ok := ast.Unparen(call).(*ast.CallExpr)
	if !ok {
		return nil
	}
	switch f := ast.Unparen(c.Fun).(type) {
	case *ast.SelectorExpr:
		return ch.info.Uses[f.Sel]
	case *ast.Ident:
		return ch.info.Uses[f]
	}
	return nil
}

// prints: fmt.Println and its kin are called for their output; their (n, err) is no value to show.
func (ch *checked) prints(call ast.Expr) bool {
	f := ch.callee(call)
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == "fmt" &&
		(strings.HasPrefix(f.Name(), "Print") || strings.HasPrefix(f.Name(), "Fprint"))
}

// rename gives every variable of the session a name of its own in go/ssa (x#7), because
// ixgo keys globals by name and a session may declare x in many cells.
func (e *Engine) rename(c *cell, ch *checked, l *lowered) {
	renamed := map[types.Object]*types.Var{}
	for id, object := range ch.info.Defs {
		v, ok := object.(*types.Var)
		if !ok || v.IsField() || v.Parent() != ch.pkg.Scope() && !strings.HasPrefix(id.Name, reserved) {
			continue
		}
		global := types.NewVar(v.Pos(), ch.pkg, fmt.Sprintf("%s%s%d", v.Name(), reserved, c.number), v.Type())
		renamed[v] = global
		l.variables[v.Name()] = global
		l.objects[v] = v.Name()
		ch.info.Defs[id] = global
	}
	for id, object := range ch.info.Uses {
		if global, ok := renamed[object]; ok {
			ch.info.Uses[id] = global
		} else if v, ok := e.globals[object]; ok {
			ch.info.Uses[id] = v.variable
		}
	}
}

// aliasInstances declares an alias for each instance of a generic type that the cell
// mentions: Interp.GetType finds only what has a name.
func (e *Engine) aliasInstances(c *cell, ch *checked) {
	seen := map[*types.Named]bool{}
	alias := func(t types.Type) {
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.TypeArgs().Len() == 0 || seen[named] || named.Obj().Pkg() == nil || mentionsParameter(named, 0) {
			return
		}
		seen[named] = true
		id := ast.NewIdent(c.invent("instance"))
		name := types.NewTypeName(token.NoPos, ch.pkg, id.Name, nil)
		types.NewAlias(name, named)
		ch.info.Defs[id] = name
		ch.file.Decls = append(ch.file.Decls, &ast.GenDecl{Tok: token.TYPE, Specs: []ast.Spec{&ast.TypeSpec{
			Name: id, Assign: 1, Type: ast.NewIdent("int"), // go/ssa looks at the object alone
		}}})
	}
	for tv := range maps.Values(ch.info.Types) {
		if tv.Type == nil {
			continue
		}
		alias(tv.Type)
		if pointer, ok := tv.Type.(*types.Pointer); ok {
			alias(pointer.Elem())
		}
	}
}
