package plotting_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
)

const (
	galleryFolder = "../docs/gallery/"
	galleryDPI    = 72
	galleryRows   = 40
)

// pictures are those of the gallery that were made, by their file's name.
var pictures = map[string][]byte{}

// gallery makes a figure of every size, on light and on dark ground, and says so.
func gallery(name string, plot func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure) {
	for _, size := range gallerySizes {
		for _, dark := range []bool{false, true} {
			file := fmt.Sprintf("%s-%d-%s.png", name, size, map[bool]string{false: "light", true: "dark"}[dark])
			if pictures[file] != nil {
				continue
			}
			o := plotting.ViewOptions{LegendCol: "SubjectUserName", Dark: dark, DPI: galleryDPI, MaxRows: galleryRows, Source: "a log that is made up"}
			if dark {
				o.LegendCol = "TimeGenerated"
			}
			var out bytes.Buffer
			if err := plot(galleryTrees()[size], o).Write(&out, "png"); err != nil {
				panic(err)
			}
			pictures[file] = out.Bytes()
		}
	}
	fmt.Println(name + ": 1, 30, 300, 3,000 and 22,992 processes, light and dark")
}

func ExamplePlotProcessTree_gallery() {
	gallery("tree", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		return plotting.PlotProcessTree(t, plotting.Options{LegendCol: o.LegendCol, Dark: o.Dark, DPI: o.DPI, MaxRows: 60, Source: o.Source, Title: "Process tree"})
	})
	// Output: tree: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotOverview_gallery() {
	gallery("overview", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows, o.LegendCol = -1, "Effort"
		return plotting.PlotOverview(t, o)
	})
	// Output: overview: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotPoster_gallery() {
	gallery("poster", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows = 600
		return plotting.PlotPoster(t, plotting.PosterOptions{ViewOptions: o, Paper: plotting.A2, Landscape: true})
	})
	// Output: poster: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotTimeline_gallery() {
	gallery("timeline", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure { return plotting.PlotTimeline(t, o) })
	// Output: timeline: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotIcicle_gallery() {
	gallery("icicle", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows = -1
		return plotting.PlotIcicle(t, plotting.IcicleOptions{ViewOptions: o})
	})
	// Output: icicle: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotIcicle_flame() {
	gallery("flame", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows, o.Title = -1, "Flame graph by time"
		return plotting.PlotIcicle(t, plotting.IcicleOptions{ViewOptions: o, Flame: true, Measure: plotting.ByTime})
	})
	// Output: flame: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotRadial_gallery() {
	gallery("radial", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows = 3 * galleryRows
		return plotting.PlotRadial(t, o)
	})
	// Output: radial: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotArcs_gallery() {
	gallery("arcs", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows = -1
		return plotting.PlotArcs(t, o)
	})
	// Output: arcs: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotHosts_gallery() {
	gallery("hosts", func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		o.MaxRows = -1
		return plotting.PlotHosts(t, o)
	})
	// Output: hosts: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

// graphs makes the gallery of a layout of graphs.
func graphs(name string, layout plotting.Layout) {
	gallery(name, func(t ptree.Tree, o plotting.ViewOptions) *plotting.Figure {
		return plotting.PlotGraph(t, plotting.GraphOptions{Layout: layout, LegendCol: o.LegendCol, Dark: o.Dark, DPI: o.DPI, MaxRows: 2 * galleryRows})
	})
}

func ExamplePlotGraph_circularGallery() {
	graphs("circular", plotting.Circular)
	// Output: circular: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotGraph_layeredGallery() {
	graphs("layers", plotting.Layered)
	// Output: layers: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

func ExamplePlotGraph_forceGallery() {
	graphs("forces", plotting.Force)
	// Output: forces: 1, 30, 300, 3,000 and 22,992 processes, light and dark
}

// galleryPages are the gallery's figures, in the order of its page.
var galleryPages = []struct {
	name, title string
	example     func()
}{
	{"tree", "Process tree", ExamplePlotProcessTree_gallery},
	{"overview", "Overview of a large log on one page", ExamplePlotOverview_gallery},
	{"poster", "Poster on one sheet of paper", ExamplePlotPoster_gallery},
	{"timeline", "Timeline", ExamplePlotTimeline_gallery},
	{"icicle", "Icicle", ExamplePlotIcicle_gallery},
	{"flame", "Flame graph", ExamplePlotIcicle_flame},
	{"radial", "Radial tree", ExamplePlotRadial_gallery},
	{"arcs", "Time and depth", ExamplePlotArcs_gallery},
	{"hosts", "Hosts", ExamplePlotHosts_gallery},
	{"circular", "Graph on a circle", ExamplePlotGraph_circularGallery},
	{"layers", "Graph in layers", ExamplePlotGraph_layeredGallery},
	{"forces", "Graph by forces", ExamplePlotGraph_forceGallery},
}

// TestGallery makes the gallery's pictures and compares them with those that are committed, with
// a tolerance for letters' rims. With -update it writes them and their page.
func TestGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("drawn by one goroutine: not with -short")
	}
	update := flag.Lookup("update").Value.String() == "true"
	page := &strings.Builder{}
	page.WriteString("# Gallery\n\nEvery figure at 1, 30, 300, 3,000 and 22,992 processes, on light and on dark ground. The log is made up; " +
		"the pictures are made by the examples in [`gallery_test.go`](../plotting/gallery_test.go) and written by `make gallery`.\n")
	for _, p := range galleryPages {
		p.example()
		fmt.Fprintf(page, "\n## %s\n\n", p.title)
		for _, size := range gallerySizes {
			for _, ground := range []string{"light", "dark"} {
				fmt.Fprintf(page, "[<img src=\"gallery/%s-%d-%s.png\" width=\"180\" alt=\"%s of %d processes, %s\">](gallery/%[1]s-%d-%s.png)\n",
					p.name, size, ground, p.title, size, ground)
			}
		}
	}
	if update {
		if err := os.MkdirAll(galleryFolder, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("../docs/gallery.md", []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, got := range pictures {
		path := filepath.Join(galleryFolder, name)
		if update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if why := unlike(got, want); why != "" {
			t.Errorf("%s: %s: look at it, then run make gallery", name, why)
			_ = os.WriteFile(filepath.Join(os.TempDir(), name), got, 0o644)
		}
	}
	if files, _ := os.ReadDir(galleryFolder); len(files) != len(pictures) || len(pictures) != 10*len(galleryPages) {
		t.Errorf("the gallery has %d files, want the %d pictures of %d figures", len(files), len(pictures), len(galleryPages))
	}
}

// unlike says how two pictures differ, "" when they look alike: squares of eight pixels may
// differ by a tenth of the scale.
func unlike(a, b []byte) string {
	one, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		return err.Error()
	}
	other, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return err.Error()
	}
	if one.Bounds() != other.Bounds() {
		return fmt.Sprintf("it is %v, and was %v", one.Bounds().Max, other.Bounds().Max)
	}
	const side, most = 8, 26
	for y := 0; y+side <= one.Bounds().Dy(); y += side {
		for x := 0; x+side <= one.Bounds().Dx(); x += side {
			if d := squareDifference(one, other, x, y, side); d > most {
				return fmt.Sprintf("it differs by %d of 255 at %d,%d", d, x, y)
			}
		}
	}
	return ""
}

func squareDifference(a, b image.Image, x0, y0, side int) int {
	sum := [3]int{}
	for y := y0; y < y0+side; y++ {
		for x := x0; x < x0+side; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			sum[0], sum[1], sum[2] = sum[0]+int(ar>>8)-int(br>>8), sum[1]+int(ag>>8)-int(bg>>8), sum[2]+int(ab>>8)-int(bb>>8)
		}
	}
	worst := 0
	for _, s := range sum {
		worst = max(worst, max(s, -s)/side/side)
	}
	return worst
}
