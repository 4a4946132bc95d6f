package docs_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/gophertrees/gopherwood/kernel/engine/docs"
)

const source = `// Package box holds things.
package box

// Size is how much a box takes.
const Size = 3

// Kinds of boxes.
const (
	Small = iota // fits a pocket
	Large
)

var Plain = 1

// Box is a container. See [Box.Put] and [New].
//
// # Use
//
//   - make it
//   - fill it
//
// As in:
//
//	b := New("x")
type Box struct {
	// Name is written on the lid.
	Name string
	Deep int // in meters
	*Lid
	hidden bool
}

// Lid closes.
type Lid struct{ Color string }

// Opener opens.
type Opener interface {
	// Open opens it by force.
	Open(by int) error
	hide()
}

// New makes a box.
func New(name string) *Box { return nil }

// Put stores things of a kind.
func (b *Box) Put(things ...string) (n int, err error) { return 0, nil }

func Map[T, U any](list []T, each func(T) U) []U { return nil }

func private() {}
`

func extract(t *testing.T) *docs.Package {
	t.Helper()
	name := filepath.Join(t.TempDir(), "box.go")
	if err := os.WriteFile(name, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := docs.Extract("example.com/box", []string{name})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestExtract(t *testing.T) {
	want := map[string]docs.Entry{
		"Size":    {Doc: "Size is how much a box takes.\n"},
		"Small":   {Doc: "fits a pocket\n"},
		"Large":   {Doc: "Kinds of boxes.\n"},
		"Lid":     {Decl: "type Lid struct{ Color string }", Doc: "Lid closes.\n"},
		"New":     {Decl: "func New(name string) *Box", Doc: "New makes a box.\n"},
		"Box.Put": {Decl: "func (b *Box) Put(things ...string) (n int, err error)", Doc: "Put stores things of a kind.\n"},
		"Map":     {Decl: "func Map[T, U any](list []T, each func(T) U) []U"},
		"Opener": {Decl: "type Opener interface {\n\t// Open opens it by force.\n\tOpen(by int) error\n\t// contains filtered or unexported methods\n}",
			Doc: "Opener opens.\n"},
		"Box": {Decl: "type Box struct {\n\t// Name is written on the lid.\n\tName string\n\tDeep int // in meters\n\t*Lid\n\t// contains filtered or unexported fields\n}",
			Doc: "Box is a container. See [Box.Put] and [New].\n\n# Use\n\n  - make it\n  - fill it\n\nAs in:\n\n\tb := New(\"x\")\n", Makers: []string{"New"}},
	}
	p := extract(t)
	if p.Name != "box" || p.Doc != "Package box holds things.\n" {
		t.Errorf("Extract gives package %q with the comment %q", p.Name, p.Doc)
	}
	for name, entry := range want {
		if got := p.Entries[name]; !reflect.DeepEqual(got, entry) {
			t.Errorf("Entries[%s] = %#v, want %#v", name, got, entry)
		}
	}
	if len(p.Entries) != len(want) {
		t.Errorf("Extract gives %d entries, want %d", len(p.Entries), len(want))
	}
}

func TestMember(t *testing.T) {
	p := extract(t)
	tests := []struct {
		typeName, name string
		want           docs.Entry
	}{
		{"Box", "Put", p.Entries["Box.Put"]},
		{"Box", "Name", docs.Entry{Decl: "field Name string", Doc: "Name is written on the lid.\n"}},
		{"Box", "Deep", docs.Entry{Decl: "field Deep int", Doc: "in meters\n"}},
		{"Box", "Lid", docs.Entry{Decl: "field Lid *Lid"}},
		{"Opener", "Open", docs.Entry{Decl: "func Open(by int) error", Doc: "Open opens it by force.\n"}},
		{"Box", "Color", docs.Entry{}},
		{"Nothing", "Name", docs.Entry{}},
	}
	for _, test := range tests {
		got, ok := p.Member(test.typeName, test.name)
		if !reflect.DeepEqual(got, test.want) || ok != (test.want.Decl != "") {
			t.Errorf("Member(%s, %s) = %#v, %v, want %#v", test.typeName, test.name, got, ok, test.want)
		}
	}
	if got := p.Embedded("Box"); !reflect.DeepEqual(got, []string{"Lid"}) {
		t.Errorf("Embedded(Box) = %q, want Lid", got)
	}
}

func TestSignature(t *testing.T) {
	p := extract(t)
	for name, want := range map[string]string{
		"New": "(name string) *Box", "Box.Put": "(things ...string) (n int, err error)",
		"Map": "[T, U any](list []T, each func(T) U) []U", "Box": "", "Size": "",
	} {
		if got := p.Entries[name].Signature(); got != want {
			t.Errorf("Signature of %s = %q, want %q", name, got, want)
		}
	}
}

// TestWrite: an index gives back what it was made of, in the same bytes every time.
func TestWrite(t *testing.T) {
	p := extract(t)
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := docs.Write(out, "go1.99", map[string]*docs.Package{"example.com/box": p, "b": p, "a": p}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("Write gives other bytes the second time")
	}
	index, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := docs.Read(index, "example.com/box"); err != nil || !reflect.DeepEqual(got, p) {
		t.Errorf("Read = %+v, %v, want %+v", got, err, p)
	}
	if _, err := docs.Read(index, "example.com/other"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Read of an unknown package gives the error %v, want fs.ErrNotExist", err)
	}
	if got, err := docs.GoVersion(index); got != "go1.99" || err != nil {
		t.Errorf("GoVersion = %q, %v, want go1.99", got, err)
	}
}

func TestPrint(t *testing.T) {
	p := extract(t)
	wantMarkdown := "Box is a container. See [Box.Put](https://pkg.go.dev/example.com/box#Box.Put) and [New](https://pkg.go.dev/example.com/box#New).\n\n" +
		"#### Use\n\n  - make it\n  - fill it\n\nAs in:\n\n\tb := New(\"x\")"
	if got := p.Markdown("example.com/box", p.Entries["Box"].Doc); got != wantMarkdown {
		t.Errorf("Markdown = %q, want %q", got, wantMarkdown)
	}
	wantText := "Box is a container. See Box.Put and New.\n\n# Use\n\n  - make it\n  - fill it\n\nAs in:\n\n    b := New(\"x\")"
	if got := p.Text(p.Entries["Box"].Doc); got != wantText {
		t.Errorf("Text = %q, want %q", got, wantText)
	}
}
