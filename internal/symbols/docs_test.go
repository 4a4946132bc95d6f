package symbols_test

import (
	"go/token"
	"strings"
	"testing"

	"github.com/goplus/ixgo"

	"github.com/gophertrees/gopherwood/internal/symbols"
	"github.com/gophertrees/gopherwood/kernel/engine"
	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// TestDocs: whatever cells can import is documented, and the names agree with the binding.
func TestDocs(t *testing.T) {
	index := symbols.Docs()
	checked := 0
	for _, path := range ixgo.PackageList() {
		if strings.HasPrefix(path, "github.com/goplus/") || strings.Contains("/"+path+"/", "/internal/") {
			continue
		}
		p, err := docs.Read(index, path)
		if err != nil {
			t.Errorf("the index has no package %s: %v", path, err)
			continue
		}
		if p.Doc == "" && strings.HasPrefix(path, module) {
			t.Errorf("package %s has no package comment", path)
		}
		bound, _ := ixgo.LookupPackage(path)
		for name := range bound.Funcs {
			if !token.IsExported(name) {
				continue
			}
			checked++
			if path != "syscall" && p.Entries[name].Signature() == "" { // syscall is another on each system
				t.Errorf("the index knows no signature of %s.%s", path, name)
			}
		}
	}
	if checked < 2000 {
		t.Errorf("the index was asked about %d functions, want thousands", checked)
	}
	if version, err := docs.GoVersion(index); !strings.HasPrefix(version, "go1.") || err != nil {
		t.Errorf("the index was made with Go %q, %v, want go1.x", version, err)
	}
}

func TestInspect(t *testing.T) {
	e, err := engine.New(engine.Config{Imports: []string{module + "ptree", module + "dataframe"}, Docs: symbols.Docs()})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, test := range []struct{ code, want string }{
		{"strings.Cut", "func Cut(s, sep string) (before, after string, found bool)\n\nCut slices s around the first instance of sep"},
		{"slices.SortFunc", "func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int)\n\nSortFunc sorts"},
		{"ptree.BuildProcessTree", "func BuildProcessTree(df dataframe.Frame, options ...Options) (Tree, error)\n\nBuildProcessTree links"},
		{"ptree.Options", "type Options struct {"},
		{"dataframe", `package dataframe // import "` + module + `dataframe"` + "\n\nPackage dataframe"},
		{"time.Second", "const time.Second"},
		{"time.RFC3339", "const time.RFC3339"},
		{"append", "func append(slice []Type, elems ...Type) []Type\n\nThe append built-in function"},
		{"error", "type error interface {"},
	} {
		doc, _ := e.Inspect(test.code, len(test.code), 0)
		if got, _ := doc["text/plain"].(string); !strings.HasPrefix(got, test.want) {
			t.Errorf("Inspect(%q) = %.300q, want it to begin with %q", test.code, got, test.want)
		}
	}
}
