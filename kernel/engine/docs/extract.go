package docs

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
)

// Extract reads the source files of one package. The predeclared names of the language are
// the package "builtin".
func Extract(path string, files []string) (*Package, error) {
	x := extractor{token.NewFileSet(), &Package{Entries: map[string]Entry{}}}
	var parsed []*ast.File
	for _, name := range files {
		file, err := parser.ParseFile(x.fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	mode := doc.Mode(0)
	if path == "builtin" {
		mode = doc.AllDecls // its names are exported without a capital
	}
	d, err := doc.NewFromFiles(x.fset, parsed, path, mode)
	if err != nil {
		return nil, fmt.Errorf("documentation of %s: %w", path, err)
	}
	x.Name, x.Doc = d.Name, d.Doc
	x.functions("", d.Funcs)
	x.values(d.Consts)
	x.values(d.Vars)
	for _, t := range d.Types {
		x.typeEntry(t)
	}
	return x.Package, nil
}

type extractor struct {
	fset *token.FileSet
	*Package
}

func (x extractor) typeEntry(t *doc.Type) {
	decl := *t.Decl
	decl.Doc = nil
	if len(decl.Specs) == 1 { // go/doc leaves one, and moves its comment to t.Doc
		if spec, ok := decl.Specs[0].(*ast.TypeSpec); ok {
			bare := *spec
			bare.Doc, bare.Comment = nil, nil
			decl.Specs, decl.Lparen = []ast.Spec{&bare}, token.NoPos
		}
	}
	entry := Entry{Decl: x.source(&decl), Doc: t.Doc}
	for _, f := range t.Funcs {
		entry.Makers = append(entry.Makers, f.Name)
	}
	x.Entries[t.Name] = entry
	x.functions("", t.Funcs)
	x.functions(t.Name+".", t.Methods)
	x.values(t.Consts)
	x.values(t.Vars)
}

func (x extractor) functions(prefix string, list []*doc.Func) {
	for _, f := range list {
		decl := *f.Decl
		decl.Doc, decl.Body = nil, nil
		x.Entries[prefix+f.Name] = Entry{Decl: x.source(&decl), Doc: f.Doc}
	}
}

// values keeps the comment of each constant or variable: its own, or else that of its group.
func (x extractor) values(list []*doc.Value) {
	for _, v := range list {
		for _, spec := range v.Decl.Specs {
			spec := spec.(*ast.ValueSpec)
			text := cmp.Or(spec.Doc.Text(), spec.Comment.Text(), v.Doc)
			if text == "" {
				continue
			}
			for _, name := range spec.Names {
				x.Entries[name.Name] = Entry{Doc: text}
			}
		}
	}
}

// source prints a declaration with the comments inside it.
func (x extractor) source(node any) string {
	var text bytes.Buffer
	if err := format.Node(&text, x.fset, node); err != nil {
		return ""
	}
	return strings.TrimSpace(text.String())
}
