package gopherwood

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/gophertrees/gopherwood"

// rules say which of our packages a package may import, and why the list ends there. A
// package is named by its folder; a folder's rule holds for those below it, too, unless they
// have one of their own. Bytes become columns, columns a forest, a forest pictures: imports
// point one way.
var rules = map[string]struct {
	may []string
	why string
}{
	".":                  {nil, "the root holds this test alone"},
	"dataframe":          {[]string{"internal/wholefile"}, "columns know nothing of processes, file formats or screens"},
	"logs":               {[]string{"dataframe", "internal/progress"}, "a format knows bytes and columns, not what a process is"},
	"ptree":              {[]string{"dataframe", "internal/pages", "internal/progress", "internal/wholefile"}, "a process knows nothing of the formats of logs, HTML pages or Jupyter; trees have a file format of their own"},
	"plotting":           {[]string{"ptree", "dataframe", "plotting/viewer", "internal/wholefile"}, "a figure knows nothing of Jupyter: it shows itself by its methods"},
	"kernel":             {[]string{"kernel"}, "the kernel could run any Go library"},
	"internal/pages":     {nil, "pages of Parquet files know slices, not what a process is"},
	"internal/progress":  {nil, "a bar knows only how far the work is"},
	"internal/wholefile": {nil, "files know bytes alone"},
	"internal/symbols":   {[]string{"dataframe", "logs", "ptree", "plotting", "kernel"}, "the tables of what cells import"},
	"bench":              {[]string{"bench", "dataframe", "logs", "ptree", "plotting"}, "a module of its own: what measures us may depend on our peers"},
	"cmd/gopherwood":     {[]string{"*"}, "the only place where all meet"},
	"notebooks":          {[]string{"dataframe", "logs", "ptree", "plotting"}, "samples are made by the same code that reads them"},
}

// ruleOf finds the nearest rule of a folder or of one above it.
func ruleOf(dir string) (folder string, ok bool) {
	for ; ; dir = filepath.Dir(dir) {
		if _, ok := rules[dir]; ok || dir == "." {
			return dir, ok
		}
	}
}

func allowed(may []string, target string) bool {
	for _, m := range may {
		if m == "*" || target == m || strings.HasPrefix(target, m+"/") {
			return true
		}
	}
	return false
}

// TestImportsPointOneWay parses every Go file, tests included, and holds its imports against the rules.
func TestImportsPointOneWay(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "testdata" || d.Name() == "out"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		files++
		checkFile(t, path)
		return nil
	})
	if err != nil || files < 50 {
		t.Fatalf("%d Go files read, %v", files, err)
	}
}

func checkFile(t *testing.T, path string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	dir := filepath.ToSlash(filepath.Dir(path))
	folder, ok := ruleOf(dir)
	if folder == "." && dir != "." {
		ok = false
	}
	if !ok {
		t.Errorf("%s: the folder has no rule: say here what it may import, and why", path)
		return
	}
	for _, spec := range f.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Error(err)
			continue
		}
		target, ours := strings.CutPrefix(target, module+"/")
		if !ours || target == dir || strings.HasSuffix(path, "_test.go") && strings.HasPrefix(target, folder) {
			continue
		}
		if !allowed(rules[folder].may, target) {
			t.Errorf("%s imports %s: %s", path, target, rules[folder].why)
		}
	}
}
