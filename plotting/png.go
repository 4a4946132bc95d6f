package plotting

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// bandHeight is how many lines of pixels are painted at a time, so that a high picture needs
// little memory beside the finished one.
const bandHeight = 512

// bandMargin is painted above and below each band and thrown away: marks that leave the canvas
// are clipped to its edge, which would show.
const bandMargin = 32

func (f *Figure) writePNG(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		return err
	}
	return s.writePNG(w)
}

func (s *scene) writePNG(w io.Writer) error {
	if err := tooLarge(s.width, s.height); err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	return encoder.Encode(w, s.pixels())
}

func (s *scene) encodePNG() ([]byte, error) {
	var out bytes.Buffer
	err := s.writePNG(&out)
	return out.Bytes(), err
}

// pixels paints the scene band by band. The picture has a palette, which makes files a third of
// the size.
func (s *scene) pixels() *image.Paletted {
	width, height := int(math.Ceil(s.width)), int(math.Ceil(s.height))
	paint := newInk(width, height)
	text := newPixelText()
	for i, marks := range s.bands(height) {
		top := i*bandHeight - bandMargin
		lines := bandHeight + 2*bandMargin
		canvas := vgimg.NewWith(
			vgimg.UseWH(vg.Length(float64(width)*pointsPerPixel), vg.Length(float64(lines)*pointsPerPixel)),
			vgimg.UseDPI(96), vgimg.UseBackgroundColor(s.background))
		text.picture = canvas.Image()
		b := brush{Canvas: canvas, bottom: float64(top + lines), top: float64(top), pixels: text}
		for _, m := range marks {
			b.paint(m)
		}
		paint.band(i*bandHeight, min(bandHeight, height-i*bandHeight), canvas.Image())
	}
	return paint.paletted()
}

// bands sorts the marks by the bands that they touch, in painting order.
func (s *scene) bands(height int) [][]mark {
	out := make([][]mark, (height+bandHeight-1)/bandHeight)
	for _, m := range s.marks {
		top, bottom := m.span()
		first := max(0, int(top-bandMargin)/bandHeight)
		last := min(len(out)-1, int(bottom+bandMargin)/bandHeight)
		for i := first; i <= last; i++ {
			out[i] = append(out[i], m)
		}
	}
	return out
}
