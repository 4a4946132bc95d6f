package plotting

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

func TestSave(t *testing.T) {
	folder := t.TempDir()
	f := PlotProcessTree(treeOf(t, office))
	for name, start := range map[string]string{"a.png": "\x89PNG", "b.SVG": "<svg ", "c.pdf": "%PDF-", "d.html": "<!doctype html>"} {
		path := filepath.Join(folder, name)
		if err := f.Save(path); err != nil {
			t.Errorf("Save(%q) = %v", name, err)
		}
		if got, _ := os.ReadFile(path); !bytes.HasPrefix(got, []byte(start)) {
			t.Errorf("Save(%q) wrote %.20q, want it to begin with %q", name, got, start)
		}
	}
	for name, want := range map[string]string{
		"e.bmp":        ".dot, .eps, .graphml, .html, .json, .mmd, .pdf, .png, .svg or .tiff",
		"noextension":  ".dot, .eps, .graphml, .html, .json, .mmd, .pdf, .png, .svg or .tiff",
		"absent/f.svg": "saving the figure",
	} {
		if err := f.Save(filepath.Join(folder, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Save(%q) = %v, want an error with %q", name, err, want)
		}
	}
	if files, _ := os.ReadDir(folder); len(files) != 4 {
		t.Errorf("the folder has %d files, want the 4 saved ones and nothing left over", len(files))
	}
}

// TestFailedSaveKeepsTheOldFile checks that a file is replaced by a whole one or not at all.
func TestFailedSaveKeepsTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tree.png")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := PlotProcessTree(treeOf(t, chain(2700)), Options{MaxRows: -1})
	err := f.Save(path)
	if err == nil || !strings.Contains(err.Error(), "megapixels") || !strings.Contains(err.Error(), "MaxRows") {
		t.Errorf("Save of 2,700 rows as PNG = %v, want an error that tells the megapixels and MaxRows", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("after a failed Save the file is %.20q, want the old one", got)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("after a failed Save the folder has %d files, want the old one alone", len(files))
	}
}

func TestNotebookBundle(t *testing.T) {
	beyondShort(t)
	for name, f := range map[string]*Figure{
		"small": PlotProcessTree(treeOf(t, office), Options{ShowTable: true, Height: 300}),
		"all":   PlotProcessTree(treeOf(t, broad(3000, 5)), Options{MaxRows: -1}),
		"large": PlotProcessTree(treeOf(t, broad(3000, 5)), Options{LegendCol: "SubjectUserName", ShowTable: true}),
		"graph": PlotGraph(treeOf(t, broad(3000, 5))),
	} {
		bundle := f.SimpleRender()
		html, _ := bundle["text/html"].(string)
		still, _ := bundle["image/png"].([]byte)
		text, _ := bundle["text/plain"].(string)
		if len(bundle) != 3 || !strings.HasPrefix(text, f.String()+"\n") || html != f.HTML() {
			t.Errorf("%s: the bundle has %d types and text %.200q, want HTML, PNG and a text that begins with %q", name, len(bundle), text, f)
		}
		if lines := strings.Count(text, "\n"); lines < 3 || lines > outlineRows+2 {
			t.Errorf("%s: the text has %d lines, want a tree of %d at most", name, lines, outlineRows)
		}
		if strings.Contains(f.String(), "\n") || len(f.String()) > 200 {
			t.Errorf("%s: String() = %q, want one short line", name, f)
		}
		if _, err := png.Decode(bytes.NewReader(still)); err != nil {
			t.Errorf("%s: image/png does not decode: %v", name, err)
		}
		_, after, _ := strings.Cut(html, `src="data:image/png;base64,`)
		encoded, _, _ := strings.Cut(after, `"`)
		picture, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatalf("%s: the picture in the HTML is no base64: %v", name, err)
		}
		if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
			t.Errorf("%s: the picture in the HTML does not decode: %v", name, err)
		}
		if size := len(html) + len(still)*4/3; size > 1_600_000 {
			t.Errorf("%s takes %d bytes in a notebook, want 1.6 MB at most", name, size)
		}
		if wantTable := name == "small" || name == "large"; strings.Contains(html, "<table") != wantTable {
			t.Errorf("%s: there is a table: %v, want %v", name, !wantTable, wantTable)
		}
	}
}

func TestBuildAndShowProcessTree(t *testing.T) {
	df := logOf(office)
	want := written(t, PlotProcessTree(treeOf(t, office)), "svg")
	for name, frame := range map[string]dataframe.Frame{"a frame": df, "a gota frame": df.Gota(), "a tree": treeOf(t, office)} {
		f, err := BuildAndShowProcessTree(frame)
		if err != nil {
			t.Errorf("BuildAndShowProcessTree(%s) = %v", name, err)
			continue
		}
		if got := written(t, f, "svg"); !bytes.Equal(got, want) && name != "a gota frame" {
			t.Errorf("BuildAndShowProcessTree(%s) draws something else than PlotProcessTree", name)
		}
	}
	if _, err := BuildAndShowProcessTree(dataframe.New(dataframe.Ints("x", []int64{1}))); err == nil {
		t.Error("BuildAndShowProcessTree(a frame without processes) = nil, want an error")
	}
}

func TestEmptyTree(t *testing.T) {
	for _, f := range []*Figure{PlotProcessTree(ptree.Tree{}, Options{}), PlotGraph(ptree.Tree{})} {
		for _, format := range []string{"png", "svg", "pdf", "html"} {
			if got := written(t, f, format); len(got) == 0 {
				t.Errorf("an empty tree as %s has no bytes", format)
			}
		}
	}
}

func TestPDFPagesHoldAllRows(t *testing.T) {
	f := PlotProcessTree(treeOf(t, broad(300, 4)), Options{ShowTable: true})
	pages, err := f.draw(0, true)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, s := range pages {
		if s.width*pageProportion-s.height > 1 || s.height-s.width*pageProportion > 1 {
			t.Errorf("a page has %v x %v pixels, want the proportions of A4", s.width, s.height)
		}
		for _, m := range s.marks {
			if b, ok := m.(box); ok && b.tip != "" {
				rows++
			}
		}
	}
	if rows != 301 || len(pages) < 10 {
		t.Errorf("%d pages have %d rows, want 301 on more than 9", len(pages), rows)
	}
}

// TestPlotOnGonumCanvas checks that a figure is a gonum plotter: ink on the canvas, none outside.
func TestPlotOnGonumCanvas(t *testing.T) {
	canvas := vgimg.New(300*vg.Inch/96, 200*vg.Inch/96)
	PlotProcessTree(treeOf(t, office)).Plot(draw.New(canvas), nil)
	dark := 0
	for x := range 300 {
		for y := range 200 {
			if r, _, _, _ := canvas.Image().At(x, y).RGBA(); r < 0xe000 {
				dark++
			}
		}
	}
	if dark < 500 {
		t.Errorf("the canvas has %d dark pixels, want a picture", dark)
	}
}

func TestPIDFormats(t *testing.T) {
	for _, c := range []struct {
		format    PIDFormat
		pid, guid string
		want      string
	}{
		{AsLogged, "0x742", "", "PID: 0x742 (1858)"},
		{AsLogged, "1858", "", "PID: 1858"},
		{Hex, "1858", "", "PID: 0x742"},
		{Hex, "0x742", "", "PID: 0x742"},
		{Decimal, "0x742", "", "PID: 1858"},
		{Decimal, "0X742", "", "PID: 1858"},
		{Decimal, "1858.0", "", "PID: 1858"},
		{Decimal, "not a number", "", "PID: not a number"},
		{Hex, "-1", "", "PID: -1"},
		{AsLogged, "0x\x1b", "", `PID: 0x\x1b`},
		{GUID, "0x742", "{a-b}", "GUID: {a-b}"},
		{GUID, "0x742", "", "PID: 0x742 (1858)"},
		{AsLogged, "", "", ""},
	} {
		if got := c.format.write(c.pid, c.guid); got != c.want {
			t.Errorf("%v.write(%q, %q) = %q, want %q", c.format, c.pid, c.guid, got, c.want)
		}
	}
}
