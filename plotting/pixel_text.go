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
	glyphs  map[glyphKey]glyph
	scale   float64 // pixels of the picture for one of the scene
}

// glyph is a letter in pixels, its place relative to where the pen's whole pixel is.
type glyph struct {
	mask  *image.Alpha
	place image.Rectangle
}

type glyphKey struct {
	faceSize
	letter  rune
	quarter int // of a pixel, behind the pen's whole one
}

type faceSize struct {
	*typeface
	size float64
}

func newPixelText(scale float64) *pixelText {
	return &pixelText{faces: map[faceSize]font.Face{}, glyphs: map[glyphKey]glyph{}, scale: scale}
}

// draw paints a text whose first letter stands at a place of the scene.
func (p *pixelText) draw(t *typeface, x, y, size float64, text string, c color.NRGBA) {
	x, y, size = x*p.scale, y*p.scale, size*p.scale
	ink := image.NewUniform(c)
	line := int(math.Round(y))
	t.set(text, func(_ int, r rune, em float64) {
		quarters := int(math.Round((x + em*size) * 4))
		g := p.glyph(glyphKey{faceSize{t, size}, r, quarters & 3})
		at := g.place.Add(image.Pt(quarters>>2, line))
		draw.DrawMask(p.picture, at, ink, image.Point{}, g.mask, image.Point{}, draw.Over)
	})
}

// glyph returns a letter, drawn once. The zero glyph, for letters without ink, paints nothing.
func (p *pixelText) glyph(key glyphKey) glyph {
	if g, ok := p.glyphs[key]; ok {
		return g
	}
	g := glyph{mask: &image.Alpha{}}
	at, mask, corner, _, ok := p.face(key.faceSize).Glyph(fixed.Point26_6{X: fixed.Int26_6(key.quarter * 16)}, key.letter)
	if ok && !at.Empty() {
		g = glyph{image.NewAlpha(image.Rect(0, 0, at.Dx(), at.Dy())), at}
		draw.Draw(g.mask, g.mask.Bounds(), mask, corner, draw.Src)
		coarse(g.mask)
	}
	p.glyphs[key] = g
	return g
}

func (p *pixelText) face(key faceSize) font.Face {
	if f, ok := p.faces[key]; ok {
		return f
	}
	key.load()
	f, err := opentype.NewFace(key.font, &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("plotting: " + err.Error()) // only for sizes that are not above zero
	}
	p.faces[key] = f
	return f
}

// coarse reduces a letter's rims to a few shades, which nobody sees and which makes files a
// good part smaller.
func coarse(mask *image.Alpha) {
	for i, a := range mask.Pix {
		mask.Pix[i] = shades[a]
	}
}

// shades rounds a coverage to one of eight steps.
var shades = func() (out [256]uint8) {
	for i := range out {
		out[i] = uint8((i*7 + 127) / 255 * 255 / 7)
	}
	return out
}()
