package plotting

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

func written(t *testing.T, f *Figure, format string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, format); err != nil {
		t.Fatalf("Write(%q) = %v", format, err)
	}
	return out.Bytes()
}

func TestProcessTreeGolden(t *testing.T) {
	tree := treeOf(t, office)
	for name, o := range map[string]Options{
		"levels.svg": {},
		"users.svg":  {LegendCol: "SubjectUserName", ShowTable: true, Title: "Invoice", PIDFormat: Decimal},
		"times.svg":  {LegendCol: "TimeGenerated", Dark: true, PIDFormat: Hex, Width: 500},
	} {
		checkGolden(t, name, written(t, PlotProcessTree(tree, o), "svg"))
	}
}

func TestPNGHasTheSceneSize(t *testing.T) {
	for _, width := range []int{0, 500, 1400} {
		f := PlotProcessTree(treeOf(t, office), Options{Width: width, ShowTable: true})
		s, err := f.single(0)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(written(t, f, "png")))
		if err != nil {
			t.Fatal(err)
		}
		want := width
		if want == 0 {
			want = defaultWidth
		}
		if got := picture.Bounds(); got.Dx() != want || got.Dy() != int(s.height) {
			t.Errorf("PNG of width %d = %v, want %d x %v", width, got, want, s.height)
		}
	}
}

func TestEqualTreesGiveEqualBytes(t *testing.T) {
	for _, format := range []string{"png", "svg", "pdf", "html"} {
		o := Options{LegendCol: "SubjectUserName", ShowTable: true, MaxRows: 20}
		first := written(t, PlotProcessTree(treeOf(t, broad(60, 4)), o), format)
		if again := written(t, PlotProcessTree(treeOf(t, broad(60, 4)), o), format); !bytes.Equal(first, again) {
			t.Errorf("two %s files of one tree differ", format)
		}
	}
}

func TestUnknownLegendColumnIsAMistake(t *testing.T) {
	defer func() {
		if e, ok := recover().(*dataframe.ColumnError); !ok || !strings.Contains(e.Error(), "SubjectUserName") {
			t.Errorf("recover() = %v, want a *dataframe.ColumnError that names SubjectUserName", e)
		}
	}()
	PlotProcessTree(treeOf(t, office), Options{LegendCol: "SubjectUsername"})
}

// checkXML fails unless a document is well formed.
func checkXML(t *testing.T, document []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("the SVG is not well formed: %v", err)
		}
	}
}

// TestLevelsAreThoseOfThePicture says that a process deep in a log is one level when it is drawn alone.
func TestLevelsAreThoseOfThePicture(t *testing.T) {
	tree := treeOf(t, office)
	deepest, at := 0, 0
	for i, depth := range tree.Depths() {
		if int(depth) > deepest {
			deepest, at = int(depth), i
		}
	}
	whole, alone := processesOf(tree).counts(), processesOf(tree.Head(at+1).Tail(1)).counts()
	if want := fmt.Sprintf("%d levels", deepest+1); deepest < 2 || !slices.Contains(whole, want) {
		t.Errorf("the whole tree has %q, want %q", whole, want)
	}
	if !slices.Contains(alone, "1 level") {
		t.Errorf("one process has %q, want 1 level", alone)
	}
}
