package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"runtime"
	"strings"
)

// checked is a cell that type-checks.
type checked struct {
	pkg  *types.Package
	info *types.Info
	file *ast.File
	body *ast.FuncDecl // the function that runs the cell
	made []*definition
}

// bodyName is the function that a cell's statements run in.
const bodyName = reserved + "cell"

// checker type-checks cells in a scope of live objects.
type checker struct {
	fset     *token.FileSet
	importer types.Importer
	objects  map[string]types.Object
	imports  []importSpec
}

// check type-checks the cell. One that fails leaves no trace.
func (k checker) check(c *cell) (*checked, []types.Error) {
	body := &ast.FuncDecl{Name: ast.NewIdent(bodyName), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: &ast.BlockStmt{List: []ast.Stmt{enterCall()}}}
	for _, it := range c.items {
		body.Body.List = append(body.Body.List, it.stmts...)
	}
	file := &ast.File{Name: ast.NewIdent("main")}
	if decl := k.importDecl(c); len(decl.(*ast.GenDecl).Specs) > 0 {
		file.Decls = append(file.Decls, decl)
	}
	file.Decls = append(append(file.Decls, c.decls...), enterDecl(), body)
	ch := &checked{file: file, body: body}
	errs := k.checkFile(ch, c)
	for _, err := range errs {
		if strings.HasPrefix(err.Msg, "implicit assignment to unexported field") {
			// go/types allows T{1, 2} with unexported fields only in the package object that
			// declared T, and each cell is a package object of its own
			keyLiterals(file, ch.info)
			errs = k.checkFile(ch, c)
			break
		}
	}
	return ch, errs
}

func (k checker) checkFile(ch *checked, c *cell) (errs []types.Error) {
	ch.pkg = types.NewPackage("main", "main")
	for name, object := range k.objects {
		if !c.declared[name] && !c.importsName(name) {
			ch.pkg.Scope().Insert(object)
		}
	}
	ch.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	config := &types.Config{
		Importer: k.importer, DisableUnusedImportCheck: true, Sizes: types.SizesFor("gc", runtime.GOARCH),
		Error: func(err error) {
			if err, ok := err.(types.Error); ok && !harmless(err) {
				errs = append(errs, err)
			}
		},
	}
	_ = types.NewChecker(config, k.fset, ch.pkg, ch.info).Files([]*ast.File{ch.file}) // errs has them all
	return errs
}

// narrow takes the objects of earlier cells out of the cell's scope, which would keep those of
// all cells there ever were, each through the scope of the next.
func (ch *checked) narrow() {
	scope := ch.pkg.Scope()
	own := types.NewScope(scope.Parent(), scope.Pos(), scope.End(), "")
	for _, name := range scope.Names() {
		if object := scope.Lookup(name); object.Pkg() == ch.pkg {
			own.Insert(object)
		}
	}
	*scope = *own
}

func (c *cell) importsName(name string) bool {
	for _, spec := range c.imports {
		if spec.local == name {
			return true
		}
	}
	return false
}

// harmless tells the complaints that are right for a program and wrong for a notebook.
func harmless(err types.Error) bool {
	return strings.HasPrefix(err.Msg, "declared and not used") ||
		strings.HasPrefix(err.Msg, "label ") && strings.HasSuffix(err.Msg, "declared and not used") ||
		strings.Contains(err.Msg, "initialization cycle") || // variables are set in the order of the text
		strings.HasPrefix(err.Msg, "\t") // the continuation of an earlier message
}

// keyLiterals writes the field names into unkeyed struct literals.
func keyLiterals(file *ast.File, info *types.Info) {
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok || len(literal.Elts) == 0 || info.Types[literal].Type == nil {
			return true
		}
		t := info.Types[literal].Type
		if pointer, ok := t.Underlying().(*types.Pointer); ok {
			t = pointer.Elem() // []*T{{1, 2}}
		}
		fields, ok := t.Underlying().(*types.Struct)
		if _, keyed := literal.Elts[0].(*ast.KeyValueExpr); !ok || keyed || len(literal.Elts) != fields.NumFields() {
			return true
		}
		if !ownUnexported(fields) {
			return true
		}
		for i, value := range literal.Elts {
			key := &ast.Ident{NamePos: value.Pos(), Name: fields.Field(i).Name()}
			literal.Elts[i] = &ast.KeyValueExpr{Key: key, Colon: value.Pos(), Value: value}
		}
		return true
	})
}

// ownUnexported tells whether every unexported field belongs to a cell: the fields of a
// compiled package must stay out of reach.
func ownUnexported(fields *types.Struct) bool {
	for i := range fields.NumFields() {
		if f := fields.Field(i); !f.Exported() && (f.Pkg() == nil || f.Pkg().Path() != "main") {
			return false
		}
	}
	return true
}

// newVariable declares a variable that the type checker has not seen.
func (ch *checked) newVariable(name string, t types.Type, pos token.Pos) *ast.Ident {
	id := &ast.Ident{NamePos: pos, Name: name}
	ch.info.Defs[id] = types.NewVar(pos, ch.pkg, name, t)
	ch.file.Decls = append(ch.file.Decls, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{id}}}})
	return id
}
