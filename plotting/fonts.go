package plotting

import (
	_ "embed"
	"sync"

	"codeberg.org/go-fonts/dejavu/dejavusans"
	"codeberg.org/go-fonts/dejavu/dejavusansbold"
	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/DroidSansFallback.ttf
var droidSansFallback []byte

// typeface is one font file, read when the first of its characters is needed.
type typeface struct {
	name string // as SVG and PDF call it
	file []byte

	once    sync.Once
	font    *opentype.Font
	latin   [128]float64 // advances of ASCII, in em; -1 for no glyph
	mutex   sync.Mutex
	others  map[rune]float64
	middles map[rune]float64
	buffer  sfnt.Buffer
}

// The order of fall-back: a character is drawn in the first typeface that has it.
var (
	liberation     = &typeface{name: "Liberation Sans", file: liberationsansregular.TTF}
	liberationBold = &typeface{name: "Liberation Sans Bold", file: liberationsansbold.TTF}
	dejavu         = &typeface{name: "DejaVu Sans", file: dejavusans.TTF}
	dejavuBold     = &typeface{name: "DejaVu Sans Bold", file: dejavusansbold.TTF}
	droid          = &typeface{name: "Droid Sans Fallback", file: droidSansFallback}

	regularFaces = []*typeface{liberation, dejavu, droid}
	boldFaces    = []*typeface{liberationBold, dejavuBold, droid}
)

// String returns the typeface's name.
func (t *typeface) String() string {
	if t == nil {
		return "no typeface"
	}
	return t.name
}

func (t *typeface) load() {
	t.once.Do(func() {
		parsed, err := opentype.Parse(t.file)
		if err != nil {
			panic("plotting: the embedded font " + t.name + " does not parse: " + err.Error())
		}
		t.font, t.others, t.middles = parsed, map[rune]float64{}, map[rune]float64{}
		for r := range t.latin {
			t.latin[r] = t.look(rune(r))
		}
	})
}

// look returns a character's advance in em, -1 when the font has no glyph for it.
func (t *typeface) look(r rune) float64 {
	glyph, err := t.font.GlyphIndex(&t.buffer, r)
	if err != nil || glyph == 0 {
		return -1
	}
	units := t.font.UnitsPerEm()
	advance, err := t.font.GlyphAdvance(&t.buffer, glyph, fixed.Int26_6(units), font.HintingNone)
	if err != nil {
		return -1
	}
	return float64(advance) / float64(units)
}

// advance returns how far a character moves the pen, in em; -1 when the font lacks it.
func (t *typeface) advance(r rune) float64 {
	t.load()
	if r < 128 {
		return t.latin[r]
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	width, known := t.others[r]
	if !known {
		width = t.look(r)
		t.others[r] = width
	}
	return width
}

// faceOf returns the typeface that draws a character and its advance in em; nil when none has it.
func faceOf(r rune, bold bool) (*typeface, float64) {
	faces := regularFaces
	if bold {
		faces = boldFaces
	}
	for _, f := range faces {
		if w := f.advance(r); w >= 0 {
			return f, w
		}
	}
	return nil, 0
}

// segment is a piece of a letter's outline in em, y growing downwards: a move, a line, or a curve
// with one or two control points.
type segment struct {
	move bool
	to   []point
}

// outline returns the shape of a character.
func (t *typeface) outline(r rune) []segment {
	t.load()
	t.mutex.Lock()
	defer t.mutex.Unlock()
	glyph, err := t.font.GlyphIndex(&t.buffer, r)
	if err != nil {
		return nil
	}
	units := t.font.UnitsPerEm()
	loaded, err := t.font.LoadGlyph(&t.buffer, glyph, fixed.Int26_6(units), nil)
	if err != nil {
		return nil
	}
	var out []segment
	for _, s := range loaded {
		piece := segment{move: s.Op == sfnt.SegmentOpMoveTo}
		count := map[sfnt.SegmentOp]int{sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}[s.Op]
		for _, p := range s.Args[:max(1, count)] {
			piece.to = append(piece.to, point{float64(p.X) / float64(units), float64(p.Y) / float64(units)})
		}
		out = append(out, piece)
	}
	return out
}
