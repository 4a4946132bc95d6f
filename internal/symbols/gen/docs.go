package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// docsFile is the index of documentation in the folder of package symbols.
const docsFile = "docs.zip"

// updateDocs makes the index of documentation and compares it with the folder's. The comments
// of the standard library change with Go, so the index is compared only with one that the same
// minor version of Go made.
func updateDocs(folder string, write bool) (stale []string, err error) {
	name := filepath.Join(folder, docsFile)
	if made := madeWith(name); !write && made != "" && made != minor(runtime.Version()) {
		fmt.Fprintf(os.Stderr, "gen: %s is not compared: it was made with %s, this is %s\n", name, made, runtime.Version())
		return nil, nil
	}
	wanted, err := docsIndex(folder)
	if err != nil {
		return nil, err
	}
	if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, wanted) {
		return nil, nil
	}
	if write {
		err = os.WriteFile(name, wanted, 0o644)
	}
	return []string{name}, err
}

// madeWith reads the version of Go from an index, empty when there is none.
func madeWith(name string) string {
	index, err := zip.OpenReader(name)
	if err != nil {
		return ""
	}
	defer index.Close()
	version, _ := docs.GoVersion(index)
	return version
}

// minor cuts go1.26.8 down to go1.26.
func minor(version string) string {
	parts := strings.SplitN(version, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// docsIndex makes the index: of what std.go lists, of packages, and of the language itself.
func docsIndex(folder string) ([]byte, error) {
	standard, err := boundByIxgo(folder)
	if err != nil {
		return nil, err
	}
	listed, err := sources(append(append([]string{"builtin"}, standard...), packages...))
	if err != nil {
		return nil, err
	}
	index := map[string]*docs.Package{}
	for path, files := range listed {
		if index[path], err = docs.Extract(path, files); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	// the minor version: a patch release of Go that changes no comment changes no byte
	err = docs.Write(&out, minor(runtime.Version()), index)
	return out.Bytes(), err
}

// boundByIxgo reads the paths of the standard packages from the imports of std.go.
func boundByIxgo(folder string) (paths []string, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, "std.go"), nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		if standard, ok := strings.CutPrefix(path, "github.com/goplus/ixgo/pkg/"); ok {
			paths = append(paths, standard)
		}
	}
	return paths, nil
}

// sources asks the go command for the files of packages, as they are on Linux without cgo,
// whatever this machine is.
func sources(paths []string) (map[string][]string, error) {
	list := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,GoFiles"}, paths...)...)
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	files := map[string][]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Dir string
			GoFiles         []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return files, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for _, name := range p.GoFiles {
			files[p.ImportPath] = append(files[p.ImportPath], filepath.Join(p.Dir, name))
		}
	}
}
