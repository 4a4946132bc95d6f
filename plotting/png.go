package plotting

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/draw"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	screenDPI          = 96 // pixels of an inch where nothing else is said: a pixel of the picture is one of the scene
	coarsest, finest   = 24, 1200
	bandHeight         = 512     // lines of the scene that are painted at a time, so that a high picture needs little memory
	bandMargin         = 32      // painted above and below and thrown away: marks that leave the canvas are clipped to its edge
	fineBand, fineEdge = 480, 96 // the same for other resolutions: whole pixels at any number of them in an inch
)

// raster says how a scene becomes pixels.
type raster struct {
	dpi          int
	band, margin int // lines of the scene
}

func rasterFor(dpi int) (raster, error) {
	switch {
	case dpi == 0 || dpi == screenDPI:
		return raster{screenDPI, bandHeight, bandMargin}, nil
	case dpi < coarsest || dpi > finest:
		return raster{}, fmt.Errorf("a picture cannot have %d pixels in an inch: use a DPI from %d to %d", dpi, coarsest, finest)
	}
	return raster{dpi, fineBand, fineEdge}, nil
}

// lines returns how many lines of pixels a number of lines of the scene are.
func (r raster) lines(scene int) int { return scene * r.dpi / screenDPI }

func (r raster) scale() float64 { return float64(r.dpi) / screenDPI }

func (f *Figure) writePNG(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		return err
	}
	return s.writePNG(w, f.dpi)
}

func (s *scene) writePNG(w io.Writer, dpi int) error {
	picture, err := s.raster(dpi)
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if dpi == 0 {
		return encoder.Encode(w, picture)
	}
	var out bytes.Buffer
	if err := encoder.Encode(&out, picture); err != nil {
		return err
	}
	_, err = w.Write(withResolution(out.Bytes(), dpi))
	return err
}

func (s *scene) encodePNG() ([]byte, error) {
	var out bytes.Buffer
	err := s.writePNG(&out, 0)
	return out.Bytes(), err
}

// withResolution puts a pHYs chunk behind a PNG's header, which tells programs how large to print it.
// See https://www.w3.org/TR/png-3/#11pHYs.
func withResolution(file []byte, dpi int) []byte {
	const header = 8 + 4 + 4 + 13 + 4 // the signature, and IHDR with its length, name and sum
	metre := uint32(math.Round(float64(dpi) / 0.0254))
	chunk := []byte("pHYs")
	chunk = binary.BigEndian.AppendUint32(chunk, metre)
	chunk = binary.BigEndian.AppendUint32(chunk, metre)
	chunk = append(chunk, 1) // the unit is the metre
	out := append([]byte{}, file[:header]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[header:]...)
}

// raster returns the picture in pixels, or an error that says why it would be too large.
func (s *scene) raster(dpi int) (*image.Paletted, error) {
	r, err := rasterFor(dpi)
	if err != nil {
		return nil, err
	}
	if err := tooLarge(s.width*r.scale(), s.height*r.scale(), r.dpi); err != nil {
		return nil, err
	}
	return s.pixels(r), nil
}

// pixels paints the scene band by band, all on one canvas. The picture has a palette, which makes files a third of
// the size.
func (s *scene) pixels(r raster) *image.Paletted {
	scale := r.scale()
	width, height := int(math.Ceil(s.width*scale)), int(math.Ceil(s.height*scale))
	paint := newInk(width, height)
	lines := r.band + 2*r.margin
	canvas := vgimg.NewWith(
		vgimg.UseWH(vg.Length(float64(width)/scale*pointsPerPixel), vg.Length(float64(lines)*pointsPerPixel)),
		vgimg.UseDPI(r.dpi), vgimg.UseBackgroundColor(s.background))
	text := newPixelText(scale)
	text.picture = canvas.Image()
	step := r.lines(r.band)
	for i, marks := range s.bands(int(math.Ceil(s.height)), r) {
		if i > 0 {
			draw.Draw(canvas.Image(), canvas.Image().Bounds(), image.NewUniform(s.background), image.Point{}, draw.Src)
		}
		top := i*r.band - r.margin
		b := brush{Canvas: canvas, bottom: float64(top + lines), top: float64(top), pixels: text}
		for _, m := range marks {
			b.paint(m)
		}
		if i*step < height {
			paint.band(i*step, min(step, height-i*step), r.lines(r.margin), canvas.Image())
		}
	}
	return paint.paletted()
}

// bands sorts the marks by the bands that they touch, in painting order.
func (s *scene) bands(height int, r raster) [][]mark {
	out := make([][]mark, (height+r.band-1)/r.band)
	for _, m := range s.marks {
		top, bottom := m.span()
		first := max(0, (int(top)-r.margin)/r.band)
		last := min(len(out)-1, (int(bottom)+r.margin)/r.band)
		for i := first; i <= last; i++ {
			out[i] = append(out[i], m)
		}
	}
	return out
}
