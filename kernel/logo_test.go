package kernel

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// stroke is a line of the logo with round ends; a point when its ends are equal. The numbers
// are those of logo-svg.svg, on a square of 64.
type stroke struct {
	x1, y1, x2, y2, width float64
	color                 color.NRGBA
}

var logoStrokes = []stroke{
	{32, 60, 32, 14, 5, color.NRGBA{0x7a, 0x52, 0x30, 0xff}},
	{32, 46, 17, 33, 5, color.NRGBA{0x7a, 0x52, 0x30, 0xff}},
	{32, 40, 48, 27, 5, color.NRGBA{0x7a, 0x52, 0x30, 0xff}},
	{32, 13, 32, 13, 20, color.NRGBA{0x00, 0xad, 0xd8, 0xff}},
	{15, 30, 15, 30, 18, color.NRGBA{0x00, 0xad, 0xd8, 0xff}},
	{50, 25, 50, 25, 18, color.NRGBA{0x00, 0xad, 0xd8, 0xff}},
}

func (s stroke) covers(x, y float64) bool {
	dx, dy := s.x2-s.x1, s.y2-s.y1
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(max(((x-s.x1)*dx+(y-s.y1)*dy)/length, 0), 1)
	}
	return math.Hypot(x-s.x1-t*dx, y-s.y1-t*dy) <= s.width/2
}

// drawLogo draws with 8 x 8 samples a pixel, which makes the edges smooth.
func drawLogo(size int) []byte {
	const samples = 8
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	for i := range size * size {
		var r, g, b, hits int
		for j := range samples * samples {
			x := (float64(i%size) + (float64(j%samples)+0.5)/samples) * 64 / float64(size)
			y := (float64(i/size) + (float64(j/samples)+0.5)/samples) * 64 / float64(size)
			for k := len(logoStrokes) - 1; k >= 0; k-- {
				if s := logoStrokes[k]; s.covers(x, y) {
					r, g, b, hits = r+int(s.color.R), g+int(s.color.G), b+int(s.color.B), hits+1
					break
				}
			}
		}
		if hits > 0 {
			picture.SetNRGBA(i%size, i/size, color.NRGBA{uint8(r / hits), uint8(g / hits), uint8(b / hits), uint8(hits * 255 / (samples * samples))})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// TestLogos keeps the pictures equal to the drawing above; -update writes them.
func TestLogos(t *testing.T) {
	for name, size := range map[string]int{"logo/logo-32x32.png": 32, "logo/logo-64x64.png": 64} {
		drawn := drawLogo(size)
		if *update {
			if err := os.WriteFile(name, drawn, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		stored, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(drawn))
		if err != nil {
			t.Fatal(err)
		}
		got, err := png.Decode(bytes.NewReader(stored))
		if err != nil {
			t.Fatal(err)
		}
		// Pixels, not bytes: compressors differ between versions of Go.
		if !bytes.Equal(got.(*image.NRGBA).Pix, want.(*image.NRGBA).Pix) {
			t.Errorf("%s differs from the drawing; run the test with -update", name)
		}
	}
}
