package ptree_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// takers are the functions that take a frame: each must take gota's as it is.
var takers = map[string]func(dataframe.Frame) (string, error){
	"BuildProcessTree": func(f dataframe.Frame) (string, error) {
		tree, err := ptree.BuildProcessTree(f)
		return tree.String(), err
	},
	"Score": func(f dataframe.Frame) (string, error) {
		card, err := ptree.Score(f)
		return card.String() + err.Error(), nil // the log has no truth: the same words are wanted
	},
	"InferSchema": func(f dataframe.Frame) (string, error) {
		s, err := ptree.InferSchema(f)
		return s.Name, err
	},
}

func TestEveryFrameMayBeGotas(t *testing.T) {
	df := frameOfEvents([]event{
		{host: "H", pid: "0x8", name: "a.exe", parent: "0x4", parentName: "System", logon: "0x3e7", time: 1_700_000_000_000_000_000},
		{host: "H", pid: "007", name: "NaN", parent: "0x8", parentName: "a.exe", logon: "NA", time: 1_700_000_001_123_456_789},
	})
	for name, take := range takers {
		want, err := take(df)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := take(df.Gota()); err != nil || got != want {
			t.Errorf("%s(gota) = %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range functionsWithFrame(t) {
		if takers[name] == nil {
			t.Errorf("%s takes a frame: try it here with gota's", name)
		}
	}
}

// functionsWithFrame parses the package for exported functions with a dataframe.Frame or
// DataFrame parameter.
func functionsWithFrame(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || fn.Recv != nil {
				continue
			}
			for _, p := range fn.Type.Params.List {
				if s, ok := p.Type.(*ast.SelectorExpr); ok && (s.Sel.Name == "Frame" || s.Sel.Name == "DataFrame") {
					out = append(out, fn.Name.Name)
				}
			}
		}
	}
	return out
}
