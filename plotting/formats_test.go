package plotting

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

// tool returns the path of a program, or skips the test where there is none.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not on this machine", name)
	}
	return path
}

// ran runs a program on a file and returns what it writes.
func ran(t *testing.T, name string, file []byte, extension string, args ...string) []byte {
	t.Helper()
	program := tool(t, name)
	path := filepath.Join(t.TempDir(), "figure."+extension)
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	var out, complaints bytes.Buffer
	command := exec.Command(program, args...)
	command.Stdout, command.Stderr = &out, &complaints
	if err := command.Run(); err != nil || strings.Contains(strings.ToLower(complaints.String()), "error") {
		t.Fatalf("%s: %v: %.500s", name, err, complaints.String())
	}
	return out.Bytes()
}

func hostileTree(t *testing.T) *Figure {
	events, column := hostileLog()
	return PlotProcessTree(treeOf(t, events, column), Options{Title: hostile[0] + hostile[2]})
}

func TestGraphvizReadsDOT(t *testing.T) {
	for name, f := range map[string]*Figure{"office": PlotProcessTree(treeOf(t, office)), "nested": PlotProcessTree(treeOf(t, nested(9, 4, 6))), "hostile": hostileTree(t)} {
		drawn := ran(t, "dot", written(t, f, "dot"), "dot", "-Tsvg", "FILE")
		nodes := bytes.Count(drawn, []byte(`class="node"`))
		if want := len(f.planned(0).plan.rows); nodes != want {
			t.Errorf("%s: dot draws %d nodes, want %d", name, nodes, want)
		}
	}
}

func TestGraphMLHoldsTheTree(t *testing.T) {
	for name, f := range map[string]*Figure{"office": PlotProcessTree(treeOf(t, office)), "nested": PlotGraph(treeOf(t, nested(9, 4, 6)), GraphOptions{MaxRows: -1}), "hostile": hostileTree(t)} {
		var got struct {
			Graph struct {
				Nodes []struct {
					ID   string `xml:"id,attr"`
					Data []struct {
						Key   string `xml:"key,attr"`
						Value string `xml:",chardata"`
					} `xml:"data"`
				} `xml:"node"`
				Edges []struct {
					Source string `xml:"source,attr"`
					Target string `xml:"target,attr"`
				} `xml:"edge"`
			} `xml:"graph"`
		}
		if err := xml.Unmarshal(written(t, f, "graphml"), &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows := f.planned(0).plan.rows
		edges := 0
		for _, r := range rows {
			if r.parent >= 0 {
				edges++
			}
		}
		if len(got.Graph.Nodes) != len(rows) || len(got.Graph.Edges) != edges {
			t.Errorf("%s: %d nodes and %d edges, want %d and %d", name, len(got.Graph.Nodes), len(got.Graph.Edges), len(rows), edges)
		}
	}
}

// TestMermaidIsQuoted checks that a flowchart is made of the lines that its grammar has, and that
// no text can leave its quotes.
func TestMermaidIsQuoted(t *testing.T) {
	line := regexp.MustCompile(`^(%% .*|flowchart LR|  n\d+\["([^"<>\\` + "`" + `]|<br/>)*"\]|  n\d+ (-->|-\.->) n\d+|  classDef quiet stroke-dasharray:4|  class n\d+(,n\d+)* quiet)$`)
	for name, f := range map[string]*Figure{"office": PlotProcessTree(treeOf(t, office)), "hostile": hostileTree(t)} {
		for _, l := range strings.Split(strings.TrimSuffix(string(written(t, f, "mmd")), "\n"), "\n") {
			if !line.MatchString(l) {
				t.Errorf("%s: the line %.120q is no flowchart", name, l)
			}
		}
	}
}

func TestPixelsOfAnInch(t *testing.T) {
	tree := treeOf(t, broad(60, 4))
	s := sceneOf(t, PlotProcessTree(tree))
	for _, dpi := range []int{48, 96, 150, 300} {
		f := PlotProcessTree(tree, Options{DPI: dpi})
		file := written(t, f, "png")
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := picture.Bounds().Dx(), (900*dpi+95)/96; got != want {
			t.Errorf("at %d DPI the picture is %d wide, want %d", dpi, got, want)
		}
		if at := bytes.Index(file, []byte("pHYs")); at < 0 || binary.BigEndian.Uint32(file[at+4:]) != uint32(float64(dpi)/0.0254+0.5) {
			t.Errorf("at %d DPI the file does not say so", dpi)
		}
		checkSeams(t, picture, s, float64(dpi)/96)
	}
	for _, dpi := range []int{-1, 5, 100_000} {
		if err := PlotProcessTree(tree, Options{DPI: dpi}).Write(&bytes.Buffer{}, "png"); err == nil || !strings.Contains(err.Error(), "DPI") {
			t.Errorf("a DPI of %d gives %v, want an error that says which there are", dpi, err)
		}
	}
}

// checkSeams checks that every row's stripe has its colour in its middle, wherever bands meet.
func checkSeams(t *testing.T, picture image.Image, s *scene, scale float64) {
	t.Helper()
	for _, m := range s.marks {
		if b, ok := m.(box); ok && b.w == stripe {
			r, g, blue, _ := picture.At(int((b.x+b.w/2)*scale), int((b.y+b.h/2)*scale)).RGBA()
			if apart(rgb(r>>8<<16|g>>8<<8|blue>>8), b.fill) > 16 {
				t.Fatalf("at scale %v the stripe at %v,%v is %x %x %x, want %v", scale, b.x, b.y, r>>8, g>>8, blue>>8, b.fill)
			}
		}
	}
}

func TestTIFF(t *testing.T) {
	f := PlotProcessTree(treeOf(t, office))
	want, err := png.Decode(bytes.NewReader(written(t, f, "png")))
	if err != nil {
		t.Fatal(err)
	}
	got, err := tiff.Decode(bytes.NewReader(written(t, f, "tiff")))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []image.Point{{5, 5}, {20, 120}, {300, 100}} {
		if got.Bounds() != want.Bounds() || color.NRGBAModel.Convert(got.At(at.X, at.Y)) != color.NRGBAModel.Convert(want.At(at.X, at.Y)) {
			t.Errorf("the TIFF differs from the PNG at %v", at)
		}
	}
}

// TestTIFFSaysItsResolution reads the fields that the decoder does not give.
func TestTIFFSaysItsResolution(t *testing.T) {
	for _, dpi := range []int{0, 48, 300} {
		file := written(t, PlotProcessTree(treeOf(t, office), Options{DPI: dpi}), "tiff")
		at := func(offset uint32) uint32 { return binary.LittleEndian.Uint32(file[offset:]) }
		directory, found := at(4), 0
		for i := range uint32(binary.LittleEndian.Uint16(file[directory:])) {
			entry := directory + 2 + 12*i
			switch value := at(entry + 8); binary.LittleEndian.Uint16(file[entry:]) {
			case 282, 283:
				found++
				if got, want := [2]uint32{at(value), at(value + 4)}, [2]uint32{uint32(cmp.Or(dpi, 96)), 1}; got != want {
					t.Errorf("with a DPI of %d the file says %v, want %v", dpi, got, want)
				}
			case 296:
				found++
				if value&0xffff != 2 {
					t.Errorf("the unit of the resolution is %d, want 2, the inch", value)
				}
			}
		}
		if _, err := tiff.Decode(bytes.NewReader(file)); err != nil || found != 3 {
			t.Errorf("%d fields tell of the resolution, and decoding gives %v, want 3 and no error", found, err)
		}
	}
}

func TestEPS(t *testing.T) {
	got := written(t, hostileTree(t), "eps")
	for _, bad := range []string{"CreationDate", "script", "owned"} {
		if bytes.Contains(got, []byte(bad)) {
			t.Errorf("the EPS has %q, want neither dates nor text", bad)
		}
	}
	if !bytes.HasPrefix(got, []byte("%!PS-Adobe-3.0 EPSF-3.0\n")) || !bytes.Contains(got, []byte("%%BoundingBox: 0 0 ")) {
		t.Errorf("the file begins with %.60q, want an EPS with its size", got)
	}
}

// TestPDFTextIsInReadingOrder extracts text with poppler.
func TestPDFTextIsInReadingOrder(t *testing.T) {
	text := string(ran(t, "pdftotext", written(t, PlotProcessTree(treeOf(t, office)), "pdf"), "pdf", "FILE", "-"))
	at := 0
	for _, want := range []string{"ProcessTree", "explorer.exe", "winword.exe", "cmd.exe", "conhost.exe", "powershell.exe", "whoami.exe", "whoami /all", "splwow64.exe"} {
		next := strings.Index(text[at:], want)
		if next < 0 {
			t.Fatalf("pdftotext finds no %q after byte %d of %q", want, at, text)
		}
		at += next
	}
}
