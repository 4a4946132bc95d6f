package engine

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
)

// What a chunk is wrapped in to be a file: nothing but a line, so that the parser's
// messages speak of the chunk.
const (
	inPackage  = "package main; "
	inFunction = "package main; func _() { "
)

// item is what runs at one place of a cell: the initialisation of a declaration, or
// statements.
type item struct {
	spec  *ast.ValueSpec
	stmts []ast.Stmt
}

// typeSource is the source of a type and of its methods, kept because a method added in a
// later cell declares the type anew.
type typeSource struct {
	source  string
	methods map[string]string
}

// cell is one cell on its way to the type checker: a file of package main with every
// top-level declaration and, in order, the items to run.
type cell struct {
	number   int
	name     string // the file name in positions
	code     string
	decls    []ast.Decl
	items    []*item
	value    *item           // the item whose value the cell shows, or nil
	declared map[string]bool // names that the cell declares at top level
	vars     map[string]bool // those of them that are variables
	types    map[string]*typeSource
	again    map[string]*definition // types that it declares as they were declared before
	imports  []importSpec           // written in this cell
	tolerant bool                   // take what the parser makes of half-typed code
	extra    int                    // counts invented names
}

// reserved marks names that the engine invents: no cell can write it.
const reserved = "#"

func newCell(number int, code string) *cell {
	return &cell{
		number: number, name: cellName(number), code: code,
		declared: map[string]bool{}, vars: map[string]bool{}, types: map[string]*typeSource{},
	}
}

func cellName(number int) string { return "cell" + strconv.Itoa(number) }

func (c *cell) invent(what string) string {
	c.extra++
	return fmt.Sprintf("%s%s%d_%d", reserved, what, c.number, c.extra)
}

// parse reads the cell's chunks. Declarations go first, so that statements may use what
// stands below them. valueMode declares the last expression as a variable also when it is
// a call: conversions and built-ins may not stand alone as statements.
func (c *cell) parse(fset *token.FileSet, earlier map[string]*typeSource, valueMode bool) error {
	chunks := split(c.code)
	last := -1
	for i, ch := range chunks {
		switch ch.kind {
		case importKind:
			if err := c.parseImports(fset, ch); err != nil {
				return err
			}
		case typeKind, funcKind, constKind:
			if err := c.parseDeclaration(fset, ch); err != nil {
				return err
			}
		case varKind, stmtKind:
			last = i
		}
	}
	if err := c.redeclareTypes(fset, earlier); err != nil {
		return err
	}
	for i, ch := range chunks {
		var err error
		switch ch.kind {
		case varKind:
			err = c.parseVariables(fset, ch)
		case stmtKind:
			err = c.parseStatement(fset, ch, i == last, valueMode)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *cell) parseFile(fset *token.FileSet, before string, ch chunk, after string) (*ast.File, error) {
	source := fmt.Sprintf("%s/*line %s:%d:%d*/%s%s", before, c.name, ch.line, ch.column, ch.source, after)
	file, err := parser.ParseFile(fset, c.name, source, parser.SkipObjectResolution)
	if c.tolerant && file != nil {
		err = nil
	}
	return file, err
}

func (c *cell) parseImports(fset *token.FileSet, ch chunk) error {
	file, err := c.parseFile(fset, inPackage, ch, "\n")
	if err != nil {
		return err
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has complained
		}
		written := importSpec{path: path, pos: spec.Path.Pos()}
		if spec.Name != nil {
			written.name = spec.Name.Name
		}
		c.imports = append(c.imports, written)
	}
	return nil
}

func (c *cell) parseDeclaration(fset *token.FileSet, ch chunk) error {
	file, err := c.parseFile(fset, inPackage, ch, "\n")
	if err != nil {
		return err
	}
	c.decls = append(c.decls, file.Decls...)
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name != "_" && decl.Name.Name != "init" {
				c.declared[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			c.declareSpecs(fset, decl, ch)
		}
	}
	return nil
}

func (c *cell) declareSpecs(fset *token.FileSet, decl *ast.GenDecl, ch chunk) {
	offset := func(pos token.Pos) int { // in the chunk; PositionFor sees through the line directive
		return fset.PositionFor(pos, false).Offset - fset.PositionFor(decl.Pos(), false).Offset
	}
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			c.declared[spec.Name.Name] = true
			c.types[spec.Name.Name] = &typeSource{
				"type " + ch.source[offset(spec.Pos()):offset(spec.End())], map[string]string{},
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				c.declared[name.Name] = true
			}
		}
	}
	delete(c.declared, "_")
}

// redeclareTypes declares a type of an earlier cell anew, with all its methods, when this
// cell adds one: Go has no way to add a method to a finished type. Old values keep the old type,
// unless the type has been declared with just these methods before.
func (c *cell) redeclareTypes(fset *token.FileSet, earlier map[string]*typeSource) error {
	here := map[string]map[string]bool{} // type name -> methods in this cell
	for _, decl := range c.decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
			if here[receiver(f)] == nil {
				here[receiver(f)] = map[string]bool{}
			}
			here[receiver(f)][f.Name.Name] = true
		}
	}
	for name, methods := range here {
		old := earlier[name]
		if c.types[name] != nil || old == nil {
			continue
		}
		if err := c.parseDeclaration(fset, chunk{typeKind, old.source, 1, 1}); err != nil {
			return err
		}
		for method, source := range old.methods {
			c.types[name].methods[method] = source
			if methods[method] {
				continue
			}
			if err := c.parseDeclaration(fset, chunk{funcKind, source, 1, 1}); err != nil {
				return err
			}
		}
	}
	c.keepMethods()
	return nil
}

// keepMethods notes the source of each method that this cell declares.
func (c *cell) keepMethods() {
	for _, ch := range split(c.code) {
		if ch.kind != funcKind {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), "", inPackage+ch.source, parser.SkipObjectResolution)
		if err != nil || len(file.Decls) != 1 {
			continue
		}
		if f, ok := file.Decls[0].(*ast.FuncDecl); ok && f.Recv != nil {
			if t := c.types[receiver(f)]; t != nil {
				t.methods[f.Name.Name] = ch.source
			}
		}
	}
}

// receiver gives the name of a method's type.
func receiver(f *ast.FuncDecl) string {
	if len(f.Recv.List) == 0 {
		return ""
	}
	expr := f.Recv.List[0].Type
	for {
		switch e := expr.(type) {
		case *ast.StarExpr:
			expr = e.X
		case *ast.ParenExpr:
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.IndexListExpr:
			expr = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}
