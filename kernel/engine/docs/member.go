package docs

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
)

// Member finds a method, a field, or a method of an interface in the declaration of a type.
// ok is false for one that the type has from an embedded type: Embedded names those.
func (p *Package) Member(typeName, name string) (entry Entry, ok bool) {
	if entry, ok = p.Entries[typeName+"."+name]; ok {
		return entry, true
	}
	fset, list := p.fields(typeName)
	for _, field := range list {
		for _, id := range fieldNames(field) {
			if id.Name == name {
				return fieldEntry(fset, field, id), true
			}
		}
	}
	return Entry{}, false
}

// Embedded lists the types that a type embeds, as its declaration writes them.
func (p *Package) Embedded(typeName string) (names []string) {
	_, list := p.fields(typeName)
	for _, field := range list {
		if len(field.Names) > 0 {
			continue
		}
		switch t := unstar(field.Type).(type) {
		case *ast.Ident:
			names = append(names, t.Name)
		case *ast.SelectorExpr:
			if pkg, ok := t.X.(*ast.Ident); ok {
				names = append(names, pkg.Name+"."+t.Sel.Name)
			}
		}
	}
	return names
}

// fields parses the declaration of a struct or interface.
func (p *Package) fields(typeName string) (*token.FileSet, []*ast.Field) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", "package p\n"+p.Entries[typeName].Decl, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil || len(file.Decls) == 0 {
		return fset, nil
	}
	decl, ok := file.Decls[0].(*ast.GenDecl)
	if !ok || decl.Tok != token.TYPE {
		return fset, nil
	}
	switch t := decl.Specs[0].(*ast.TypeSpec).Type.(type) {
	case *ast.StructType:
		return fset, t.Fields.List
	case *ast.InterfaceType:
		return fset, t.Methods.List
	}
	return fset, nil
}

func fieldNames(field *ast.Field) []*ast.Ident {
	if len(field.Names) > 0 {
		return field.Names
	}
	switch t := unstar(field.Type).(type) {
	case *ast.Ident:
		return []*ast.Ident{t}
	case *ast.SelectorExpr:
		return []*ast.Ident{t.Sel}
	}
	return nil
}

func unstar(t ast.Expr) ast.Expr {
	if star, ok := t.(*ast.StarExpr); ok {
		return star.X
	}
	return t
}

func fieldEntry(fset *token.FileSet, field *ast.Field, name *ast.Ident) Entry {
	var text strings.Builder
	_ = format.Node(&text, fset, field.Type) // it was just parsed
	decl := "field " + name.Name + " " + text.String()
	if method, ok := field.Type.(*ast.FuncType); ok && method.Func == token.NoPos {
		decl = "func " + name.Name + strings.TrimPrefix(text.String(), "func")
	}
	comment := field.Doc.Text()
	if comment == "" {
		comment = field.Comment.Text()
	}
	return Entry{Decl: decl, Doc: comment}
}
