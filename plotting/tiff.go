package plotting

import (
	"bytes"
	"encoding/binary"
	"io"

	"golang.org/x/image/tiff"
)

// writeTIFF writes the pixels of the PNG, and how many of them are an inch.
func (f *Figure) writeTIFF(w io.Writer) error {
	s, err := f.single(f.rows(mostRowsPNG))
	if err != nil {
		return err
	}
	r, err := rasterFor(f.dpi)
	if err != nil {
		return err
	}
	picture, err := s.raster(f.dpi)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := tiff.Encode(&out, picture, &tiff.Options{Compression: tiff.Deflate, Predictor: false}); err != nil {
		return err
	}
	setResolution(out.Bytes(), r.dpi)
	_, err = w.Write(out.Bytes())
	return err
}

// setResolution writes the pixels of an inch into a TIFF, because the library that makes it always
// says 72. The fields are XResolution and YResolution of TIFF 6.0, page 38; their values stand elsewhere
// in the file, as a numerator and a denominator. What the library says of the unit is the inch.
func setResolution(file []byte, dpi int) {
	const horizontal, vertical, entry = 282, 283, 12
	order := binary.LittleEndian // the library's
	directory := file[order.Uint32(file[4:]):]
	for i := range int(order.Uint16(directory)) {
		field := directory[2+entry*i:]
		if tag := order.Uint16(field); tag == horizontal || tag == vertical {
			order.PutUint32(file[order.Uint32(field[8:]):], uint32(dpi))
		}
	}
}
