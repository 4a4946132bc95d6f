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

// rowsFor returns how many rows a format may have: MaxRows, or the format's default for 0;
// 0 means all.
func rowsFor(maxRows, usual int) int {
	switch {
	case maxRows < 0:
		return 0
	case maxRows == 0:
		return usual
	}
	return maxRows
}

// tooLarge reports a picture that is too large for pixels, before anything is allocated.
func tooLarge(width, height float64) error {
	if math.Ceil(width)*math.Ceil(height) <= mostMegapixels*1e6 {
		return nil
	}
	rows := int(mostMegapixels * 1e6 / width / rowPitch)
	return fmt.Errorf("the picture would have %s x %s pixels (%s megapixels, at most %d are drawn): set MaxRows to about %s, a smaller Width, or save it as .svg or .pdf",
		grouped(int(math.Ceil(width))), grouped(int(math.Ceil(height))), grouped(int(width*height/1e6)), mostMegapixels, grouped(rows-rows%100))
}
