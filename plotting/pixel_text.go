package plotting

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// pixelText paints text on pixels. gonum's image canvas sets every letter on a whole pixel and
// kerns by pairs that were not measured; here letters stand on quarters of a pixel, exactly as
// wide as measured.
type pixelText struct {
	picture draw.Image
	faces   map[faceSize]font.Face
	scale   float64 // pixels of the picture for one of the scene
}

type faceSize struct {
	*typeface
	size float64
}

func newPixelText(scale float64) *pixelText {
	return &pixelText{faces: map[faceSize]font.Face{}, scale: scale}
}

// draw paints a text whose first letter stands at a place of the scene.
func (p *pixelText) draw(t *typeface, x, y, size float64, text string, c color.NRGBA) {
	x, y, size = x*p.scale, y*p.scale, size*p.scale
	face := p.face(t, size)
	ink := image.NewUniform(c)
	y = math.Round(y)
	for _, r := range text {
		dot := fixed.Point26_6{X: fixed.Int26_6(math.Round(x*4) * 16), Y: fixed.Int26_6(y * 64)}
		if at, mask, corner, _, ok := face.Glyph(dot, r); ok {
			draw.DrawMask(p.picture, at, ink, image.Point{}, coarse(mask), corner, draw.Over)
		}
		x += t.advance(r) * size
	}
}

func (p *pixelText) face(t *typeface, size float64) font.Face {
	key := faceSize{t, size}
	if f, ok := p.faces[key]; ok {
		return f
	}
	t.load()
	f, err := opentype.NewFace(t.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("plotting: " + err.Error()) // only for sizes that are not above zero
	}
	p.faces[key] = f
	return f
}

// coarse reduces a letter's rims to a few shades, which nobody sees and which makes files a
// good part smaller.
func coarse(mask image.Image) image.Image {
	if alpha, ok := mask.(*image.Alpha); ok {
		for i, a := range alpha.Pix {
			alpha.Pix[i] = shades[a]
		}
	}
	return mask
}

// shades rounds a coverage to one of eight steps.
var shades = func() (out [256]uint8) {
	for i := range out {
		out[i] = uint8((i*7 + 127) / 255 * 255 / 7)
	}
	return out
}()
