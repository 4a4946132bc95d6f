package plotting

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestSVGIsDrawnAsThePNG compares librsvg's picture with ours, blurred to an eighth, without text:
// librsvg knows no textLength, and takes whatever fonts the machine has.
func TestSVGIsDrawnAsThePNG(t *testing.T) {
	for name, f := range map[string]*Figure{"tree": PlotProcessTree(treeOf(t, office)), "dark": PlotTimeline(treeOf(t, nested(5, 2, 3)), ViewOptions{Dark: true}), "arcs": PlotArcs(treeOf(t, broad(100, 3)))} {
		s := sceneOf(t, f)
		s.marks = slices.DeleteFunc(s.marks, func(m mark) bool { _, text := m.(label); return text })
		file, err := s.encodePNG()
		if err != nil {
			t.Fatal(err)
		}
		ours, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := png.Decode(bytes.NewReader(ran(t, "rsvg-convert", s.svg(), "svg", "FILE")))
		if err != nil {
			t.Fatal(err)
		}
		if ours.Bounds() != theirs.Bounds() {
			t.Fatalf("%s: rsvg-convert draws %v, want %v", name, theirs.Bounds(), ours.Bounds())
		}
		if worst := difference(ours, theirs, 8); worst > 12 {
			t.Errorf("%s: a part of the SVG differs from the PNG by %d of 255", name, worst)
		}
	}
}

// difference is the greatest difference of the mean colours of two pictures' squares.
func difference(a, b image.Image, side int) (worst int) {
	mean := func(p image.Image, x0, y0 int) (sum [3]int) {
		for y := y0; y < y0+side; y++ {
			for x := x0; x < x0+side; x++ {
				r, g, blue, _ := p.At(x, y).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+int(r>>8), sum[1]+int(g>>8), sum[2]+int(blue>>8)
			}
		}
		return sum
	}
	size := a.Bounds()
	for y := 0; y+side <= size.Dy(); y += side {
		for x := 0; x+side <= size.Dx(); x += side {
			one, other := mean(a, x, y), mean(b, x, y)
			for k := range one {
				worst = max(worst, max(one[k]-other[k], other[k]-one[k])/side/side)
			}
		}
	}
	return worst
}

// chromium returns the path of a browser, or skips the test where there is none.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium on this machine; CHROMIUM says where it is")
	return ""
}

// ownFonts makes programs that find their fonts by fontconfig have those of this package and no others.
func ownFonts(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	for _, f := range slices.Concat(regularFaces, boldFaces) {
		if err := os.WriteFile(filepath.Join(folder, f.name+".ttf"), f.file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	config := filepath.Join(folder, "fonts.conf")
	text := fmt.Sprintf("<?xml version=\"1.0\"?>\n<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>\n", folder, filepath.Join(folder, "cache"))
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FONTCONFIG_FILE", config)
}

// photographed returns what a browser shows of an SVG.
func photographed(t *testing.T, file []byte, size image.Point) image.Image {
	t.Helper()
	folder := t.TempDir()
	page, shot := filepath.Join(folder, "figure.svg"), filepath.Join(folder, "shot.png")
	if err := os.WriteFile(page, file, 0o644); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(chromium(t), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
		"--disable-lcd-text", "--font-render-hinting=none", "--user-data-dir="+filepath.Join(folder, "profile"),
		fmt.Sprintf("--window-size=%d,%d", size.X, size.Y), "--screenshot="+shot, "file://"+page)
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("Chromium: %v: %.500s", err, said)
	}
	taken, err := os.ReadFile(shot)
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, taken)
}

func decoded(t *testing.T, file []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// TestSVGIsTheSameInBrowserAndLibrary draws figures with all their text in Chromium and in librsvg and
// compares both with one another and with our PNG, blurred to squares. The three smooth letters
// differently; a line of text that has another place or length differs by far more.
func TestSVGIsTheSameInBrowserAndLibrary(t *testing.T) {
	beyondShort(t)
	tool(t, "rsvg-convert")
	chromium(t)
	ownFonts(t)
	scripts := []event{{100, 0, `C:\Данные\病毒扫描.exe`, `病毒扫描.exe /путь "C:\日本語\プログラム.docx"`, "Ωmega", 0}, {101, 100, `C:\Windows\notepad.exe`, `notepad.exe ÄÖÜ.txt`, "ann", time.Second}}
	for name, f := range map[string]*Figure{
		"tree": PlotProcessTree(treeOf(t, office), Options{LegendCol: "SubjectUserName"}), "scripts": PlotProcessTree(treeOf(t, scripts)),
		"dark": PlotTimeline(treeOf(t, nested(5, 2, 3)), ViewOptions{Dark: true}), "arcs": PlotArcs(treeOf(t, broad(100, 3))),
		"poster": PlotPoster(treeOf(t, broad(60, 4)), PosterOptions{Paper: A4}),
	} {
		file := written(t, f, "svg")
		ours := decoded(t, written(t, f, "png"))
		library := decoded(t, ran(t, "rsvg-convert", file, "svg", "FILE"))
		browser := photographed(t, file, ours.Bounds().Max)
		for _, pair := range []struct {
			names string
			a, b  image.Image
		}{{"Chromium and librsvg", browser, library}, {"Chromium and the PNG", browser, ours}, {"librsvg and the PNG", library, ours}} {
			if pair.a.Bounds() != pair.b.Bounds() {
				t.Errorf("%s: %s draw %v and %v, want one size", name, pair.names, pair.a.Bounds(), pair.b.Bounds())
				continue
			}
			if worst := difference(pair.a, pair.b, 12); worst > 45 {
				t.Errorf("%s: a part differs by %d of 255 between %s", name, worst, pair.names)
			}
		}
	}
}
