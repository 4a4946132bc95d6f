package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"strconv"
	"sync"
)

// importSpec is one import of the session. name is what the cell wrote before the path,
// local what the package is called in cells.
type importSpec struct {
	name, path, local string
	pos               token.Pos
}

// versionSuffix is the end of a path such as math/rand/v2, which names no package.
var versionSuffix = regexp.MustCompile(`/v[0-9]+$`)

// usualName guesses a package's name from its path, so that an import that no cell uses
// costs nothing: loading a package makes the types of everything that it mentions.
func usualName(importPath string) string {
	return path.Base(versionSuffix.ReplaceAllString(importPath, ""))
}

// importer loads compiled packages one at a time: completion asks for them while cells run.
type importer struct {
	mu    *sync.Mutex
	inner types.Importer
}

func (i importer) Import(path string) (*types.Package, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.inner.Import(path)
}

// resolve loads what the cell imports and returns the session's imports as they will be
// when the cell has compiled: a name imported anew means the new package.
func (k checker) resolve(c *cell) ([]importSpec, error) {
	all := append([]importSpec(nil), k.imports...)
	for i := range c.imports {
		spec := &c.imports[i]
		if spec.path == "C" {
			return nil, c.failure(k.fset, spec.pos, "cgo is not available in a cell")
		}
		pkg := types.Unsafe
		if spec.path != "unsafe" {
			var err error
			if pkg, err = k.importer.Import(spec.path); err != nil {
				return nil, c.failure(k.fset, spec.pos,
					"package "+spec.path+" is not available in this kernel: cells can import what is compiled into it")
			}
		}
		if spec.local = spec.name; spec.local == "" {
			spec.local = pkg.Name()
		}
		if spec.local == "_" {
			continue
		}
		kept := all[:0]
		for _, other := range all {
			if other.local != spec.local || other.local == "." && other.path != spec.path {
				kept = append(kept, other)
			}
		}
		all = append(kept, *spec)
	}
	return all, nil
}

// importDecl imports what the cell mentions: importing all that the session knows would
// make every cell as slow as the slowest package.
func (k checker) importDecl(c *cell) ast.Decl {
	mentioned := c.qualifiers()
	written := map[string]bool{}
	for _, spec := range c.imports {
		written[spec.local] = true
	}
	decl := &ast.GenDecl{Tok: token.IMPORT, Lparen: 1, Rparen: 1}
	for _, spec := range k.imports {
		hidden := c.declared[spec.local] || k.objects[spec.local] != nil && !written[spec.local]
		if spec.local != "." && (hidden || !mentioned[spec.local]) {
			continue
		}
		decl.Specs = append(decl.Specs, &ast.ImportSpec{
			Name: ast.NewIdent(spec.local),
			Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(spec.path)},
		})
	}
	return decl
}

// qualifiers lists the names before a dot: all that can be a package.
func (c *cell) qualifiers() map[string]bool {
	found := map[string]bool{}
	see := func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := sel.X.(*ast.Ident); ok {
				found[name.Name] = true
			}
		}
		return true
	}
	for _, decl := range c.decls {
		ast.Inspect(decl, see)
	}
	for _, it := range c.items {
		for _, stmt := range it.stmts {
			ast.Inspect(stmt, see)
		}
	}
	return found
}
