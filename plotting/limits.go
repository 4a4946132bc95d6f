package plotting

import (
	"fmt"
	"math"
)

const (
	mostRowsPNG    = 400    // rows of a PNG, when not said otherwise
	mostRowsVector = 25_000 // rows of SVG, PDF and HTML, when not said otherwise
	mostRowsEver   = 200_000
	mostNotebook   = 1000 // rows of the picture in a notebook, whatever is said
	mostMegapixels = 90
)

// rows returns how many rows a format may have: MaxRows, or for 0 the figure's or the format's
// default; 0 means all.
func (f *Figure) rows(usual int) int {
	switch {
	case f.maxRows < 0:
		return 0
	case f.maxRows > 0:
		return f.maxRows
	case f.usual > 0:
		return f.usual
	}
	return usual
}

// tooLarge reports a picture that is too large for pixels, before anything is allocated.
func tooLarge(width, height float64, dpi int) error {
	if math.Ceil(width)*math.Ceil(height) <= mostMegapixels*1e6 {
		return nil
	}
	rows := int(mostMegapixels * 1e6 / width / rowPitch)
	instead := fmt.Sprintf("draw fewer rows (MaxRows, about %s here), a smaller Width", grouped(rows-rows%100))
	if fits := int(float64(dpi) * math.Sqrt(mostMegapixels*1e6/width/height)); fits >= screenDPI {
		instead = fmt.Sprintf("use a DPI of at most %d", fits-1) // sides are rounded up
	}
	return fmt.Errorf("the picture would have %s x %s pixels (%s megapixels, at most %d are drawn): %s, or save it as .svg or .pdf",
		grouped(int(math.Ceil(width))), grouped(int(math.Ceil(height))), grouped(int(width*height/1e6)), mostMegapixels, instead)
}

// pageEnd is the longest side of a page that PDF readers accept, in pixels.
const pageEnd = 14_400 / pointsPerPixel

// tooLong reports a page that PDF readers would refuse.
func tooLong(s *scene) error {
	if max(s.width, s.height) <= pageEnd {
		return nil
	}
	return fmt.Errorf("the page would be %s x %s pixels, and PDF has %s at most: set MaxRows or Width lower, or save it as .svg",
		grouped(int(s.width)), grouped(int(s.height)), grouped(int(pageEnd)))
}
