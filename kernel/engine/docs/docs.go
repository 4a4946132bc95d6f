// Package docs is an index of what packages export: declarations with the names of their
// parameters, and doc comments. Compiled packages know neither, so a program that explains
// them carries an index, made where the source is:
//
//	source ──Extract──► Package ──Write──► zip, embedded ──Read──► Package
//
// The zip is a file system with one file per package, so asking about one package reads no other.
package docs

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
)

// Package is what one package exports.
type Package struct {
	Name string `json:"name"`
	Doc  string `json:"doc,omitempty"` // the package comment, without comment marks
	// Entries are the exported declarations by name, a method's being Type.Method. Fields
	// stand in the declarations of their types; see Member.
	Entries map[string]Entry `json:"entries"`
}

// Entry is one declaration.
type Entry struct {
	// Decl is Go source: functions without their body, types as a whole. Constants and
	// variables have none: their type says it.
	Decl string `json:"decl,omitempty"`
	Doc  string `json:"doc,omitempty"` // the comment, without comment marks
	// Makers are the functions of the package that return a type.
	Makers []string `json:"makers,omitempty"`
}

// fileName is where the package of a path stands in an index.
func fileName(path string) string { return path + ".json" }

// versionFile holds the version of Go whose standard library an index describes.
const versionFile = "go.version"

// Write writes an index; the same packages give the same bytes with the same version of Go.
func Write(w io.Writer, goVersion string, packages map[string]*Package) error {
	out := zip.NewWriter(w)
	if err := writeFile(out, versionFile, []byte(goVersion)); err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(packages)) {
		text, err := json.Marshal(packages[path])
		if err != nil {
			return fmt.Errorf("index of %s: %w", path, err)
		}
		if err := writeFile(out, fileName(path), text); err != nil {
			return err
		}
	}
	return out.Close()
}

func writeFile(out *zip.Writer, name string, text []byte) error {
	file, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return err
}

// Read gives the package of an import path, or an error that wraps fs.ErrNotExist when the
// index does not hold it.
func Read(index fs.FS, path string) (*Package, error) {
	text, err := fs.ReadFile(index, fileName(path))
	if err != nil {
		return nil, err
	}
	p := new(Package)
	if err := json.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("index of %s: %w", path, err)
	}
	return p, nil
}

// GoVersion tells which version of Go an index was made with, such as "go1.26".
func GoVersion(index fs.FS) (string, error) {
	text, err := fs.ReadFile(index, versionFile)
	return string(text), err
}

// Signature is the part of a function's declaration after its name, empty for anything else.
func (e Entry) Signature() string {
	rest, ok := strings.CutPrefix(e.Decl, "func ")
	if !ok {
		return ""
	}
	if strings.HasPrefix(rest, "(") { // the receiver
		_, rest, _ = strings.Cut(rest, ") ")
	}
	if i := strings.IndexAny(rest, "[("); i >= 0 {
		return rest[i:]
	}
	return ""
}

// Methods lists the declarations of a type's methods, in the order of their names.
func (p *Package) Methods(typeName string) (decls []string) {
	for _, name := range slices.Sorted(maps.Keys(p.Entries)) {
		if strings.HasPrefix(name, typeName+".") {
			decls = append(decls, p.Entries[name].Decl)
		}
	}
	return decls
}
