package plotting

import (
	"io"

	"golang.org/x/image/tiff"
)

// writeTIFF writes the pixels of the PNG. The file says 72 pixels an inch, whatever [Options.DPI]
// is, because the library that writes it does: programs that print ask for the size.
func (f *Figure) writeTIFF(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		return err
	}
	picture, err := s.raster(f.dpi)
	if err != nil {
		return err
	}
	return tiff.Encode(w, picture, &tiff.Options{Compression: tiff.Deflate, Predictor: false})
}
