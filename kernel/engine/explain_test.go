package engine_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

// index is the documentation that tests ask about: a little of the real one.
func index(t *testing.T) fs.FS {
	t.Helper()
	packages := map[string]*docs.Package{
		"strings": {Name: "strings", Doc: "Package strings changes text.\n", Entries: map[string]docs.Entry{
			"Cut":          {Decl: "func Cut(s, sep string) (before, after string, found bool)", Doc: "Cut slices s around sep.\n\n\ta | b\n"},
			"Builder":      {Decl: "type Builder struct {\n\t// contains filtered or unexported fields\n}", Doc: "A Builder builds.\n"},
			"Builder.Grow": {Decl: "func (b *Builder) Grow(n int)", Doc: "Grow grows.\n"},
			"NewReplacer":  {Decl: "func NewReplacer(oldnew ...string) *Replacer"},
		}},
		"io": {Name: "io", Entries: map[string]docs.Entry{
			"Reader":     {Decl: "type Reader interface {\n\tRead(p []byte) (n int, err error)\n}", Doc: "Reader reads.\n"},
			"ReadCloser": {Decl: "type ReadCloser interface {\n\tReader\n\tCloser\n}"},
		}},
		"encoding/csv": {Name: "csv", Entries: map[string]docs.Entry{
			"Reader": {Decl: "type Reader struct {\n\t// Comma is the delimiter.\n\tComma rune\n}"},
		}},
		"bufio": {Name: "bufio", Entries: map[string]docs.Entry{
			"Reader.Peek": {Decl: "func (b *Reader) Peek(n int) ([]byte, error)", Doc: "Peek looks ahead.\n"},
			"ReadWriter":  {Decl: "type ReadWriter struct {\n\t*Reader\n\t*Writer\n}"},
		}},
		"math":    {Name: "math", Entries: map[string]docs.Entry{"Pi": {Doc: "Mathematical constants.\n"}}},
		"builtin": {Name: "builtin", Entries: map[string]docs.Entry{"len": {Decl: "func len(v Type) int", Doc: "The length of v.\n"}}},
	}
	var out bytes.Buffer
	if err := docs.Write(&out, "go1.99", packages); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func documented(t *testing.T, imports ...string) *engine.Engine {
	t.Helper()
	e, err := engine.New(engine.Config{Imports: imports, Docs: index(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

const commented = `import ("bufio"; "encoding/csv"; "io"; "math"; "strings")
var body io.ReadCloser
var both bufio.ReadWriter
var builder strings.Builder
// Rate is how often
// it comes. See the "docs".
var Rate = 3
// lost

/* Join joins
   with care. */
func Join(a, b string) string {
	return a + b
}
type Host struct {
	Name string // as in DNS
	// Ports are open.
	Ports []int
}
// Up says whether it answers.
func (h Host) Up() bool { return true }
var host Host
n := 1 // the count
m := 2`

func TestExplain(t *testing.T) {
	e := documented(t)
	if got := eval(t, e, commented); got != "" {
		t.Fatal(got)
	}
	tests := []struct {
		code  string
		level int
		want  string
	}{
		{"strings.Cut|", 0, "func Cut(s, sep string) (before, after string, found bool)\n\nCut slices s around sep.\n\n    a | b\n\nfrom package strings"},
		{"strings.Cut(a, |", 0, "func Cut(s, sep string) (before, after string, found bool)\n\nCut slices s around sep.\n\n    a | b\n\nfrom package strings"},
		{"strings.Builder|", 0, "type Builder struct {\n\t// contains filtered or unexported fields\n}\n\nA Builder builds.\n\nfrom package strings"},
		{"strings.Builder|", 1, "type Builder struct {\n\t// contains filtered or unexported fields\n}\n\nA Builder builds.\n\nfrom package strings\n\n" +
			"methods and the functions that make one:\n\nfunc (b *Builder) Grow(n int)"},
		{"builder.Gro|w", 0, "func (b *Builder) Grow(n int)\n\nGrow grows.\n\nfrom package strings"},
		{"body.Read|", 0, "func Read(p []byte) (n int, err error)\n\nfrom package io"},
		{"both.Peek|", 0, "func (b *Reader) Peek(n int) ([]byte, error)\n\nPeek looks ahead.\n\nfrom package bufio"},
		{"csv.Reader{Comma|: ';'}", 0, "field Comma rune\n\nComma is the delimiter.\n\nfrom package encoding/csv"},
		{"math.Pi|", 0, "const math.Pi untyped float\n\nMathematical constants.\n\nfrom package math"},
		{"le|n", 0, "func len(v Type) int\n\nThe length of v.\n\npart of the language"},
		{"|strings", 0, "package strings // import \"strings\"\n\nPackage strings changes text."},
		{"strings|", 1, "package strings // import \"strings\"\n\nPackage strings changes text.\n\nfunctions and types:\n\n" +
			"type Builder struct\nfunc Cut(s, sep string) (before, after string, found bool)\nfunc NewReplacer(oldnew ...string) *Replacer"},
		{"Rate|", 0, "var Rate int\n\nRate is how often it comes. See the \"docs\".\n\ndeclared in cell 1, line 7"},
		{"Join|", 0, "func Join(a string, b string) string\n\nJoin joins\n\n    with care.\n\ndeclared in cell 1, line 12"},
		{"Host|", 0, "type Host struct {\n\tName string // as in DNS\n\t// Ports are open.\n\tPorts []int\n}\nfunc (Host) Up() bool\n\ndeclared in cell 1, line 15"},
		{"host.Up|", 0, "func (Host).Up() bool\n\nUp says whether it answers.\n\ndeclared in cell 1, line 21"},
		{"host.Name|", 0, "field Name string\n\nas in DNS\n\ndeclared in cell 1, line 16"},
		{"n|", 0, "var n int\n\nthe count\n\ndeclared in cell 1, line 23"},
		{"sort.Ints|", 0, "func sort.Ints([]int)\n\nfrom package sort"}, // not imported
		{"rand.Int|", 0, ""}, // there are several
		{"m|", 0, "var m int\n\ndeclared in cell 1, line 24"},
	}
	for _, test := range tests {
		code, cursor := atBar(test.code)
		doc, _ := e.Inspect(code, cursor, test.level)
		if got, _ := doc["text/plain"].(string); got != test.want {
			t.Errorf("Inspect(%q, %d) = %q, want %q", test.code, test.level, got, test.want)
		}
	}
	doc, _ := e.Inspect("strings.Cut", 11, 0)
	want := "```go\nfunc Cut(s, sep string) (before, after string, found bool)\n```\n\nCut slices s around sep.\n\n\ta | b\n\nfrom package strings"
	if got := doc["text/markdown"]; got != want {
		t.Errorf("Inspect(strings.Cut) has the markdown %q, want %q", got, want)
	}
	doc, _ = e.Inspect("fence := 1\nHost", 15, 1)
	if got, _ := doc["text/markdown"].(string); !strings.HasPrefix(got, "```go\ntype Host struct") {
		t.Errorf("Inspect(Host) has the markdown %q, want Go source first", got)
	}
}

// TestSignatures: proposals show the names of parameters.
func TestSignatures(t *testing.T) {
	e := documented(t)
	if got := eval(t, e, commented); got != "" {
		t.Fatal(got)
	}
	for _, test := range []struct {
		code string
		want kernel.Match
	}{
		{"strings.Cu|", kernel.Match{Text: "Cut", Type: "function", Signature: "(s, sep string) (before, after string, found bool)"}},
		{"builder.Gr|", kernel.Match{Text: "Grow", Type: "function", Signature: "(n int)"}},
		{"body.Rea|", kernel.Match{Text: "Read", Type: "function", Signature: "(p []byte) (n int, err error)"}},
		{"both.Pe|", kernel.Match{Text: "Peek", Type: "function", Signature: "(n int) ([]byte, error)"}},
		{"le|", kernel.Match{Text: "len", Type: "function", Signature: "(v Type) int"}},
		{"strings.ToUppe|", kernel.Match{Text: "ToUpper", Type: "function", Signature: "(string) string"}},
		{"csv.Reader{Com|", kernel.Match{Text: "Comma", Type: "field", Signature: "rune"}},
		{"&csv.Reader{TrimLeadingSpace: true, Com|: ';'}", kernel.Match{Text: "Comma", Type: "field", Signature: "rune"}},
	} {
		code, cursor := atBar(test.code)
		found := e.Complete(code, cursor)
		if got, ok := find(found, test.want.Text); !ok || got != test.want {
			t.Errorf("Complete(%q) has %+v, want %+v", test.code, got, test.want)
		}
	}
}
