package plotting

import (
	"image/color"
	"math"

	"github.com/gophertrees/gopherwood/dataframe"
)

// distinct are twelve colours that people with any colour vision can tell apart, the eight-colour
// set of Okabe and Ito without its black (https://jfly.uni-koeln.de/color/) followed by colours of
// Paul Tol's muted set (https://sronpersonalpages.nl/~pault/).
var distinct = []color.NRGBA{
	rgb(0x0072b2), rgb(0xe69f00), rgb(0x009e73), rgb(0xcc79a7), rgb(0x56b4e9), rgb(0xd55e00),
	rgb(0xf0e442), rgb(0x332288), rgb(0x882255), rgb(0x999933), rgb(0x44aa99), rgb(0x8c510a),
}

// tail is the colour of the values that have no colour of their own.
var tail = rgb(0x6f5f55)

// ramp is a row of colours at equal steps, mixed between them.
type ramp []color.NRGBA

var (
	// viridis is matplotlib's, for amounts: even in lightness, so that it reads in grey and by
	// people with any colour vision.
	viridis = ramp{
		rgb(0x440154), rgb(0x482878), rgb(0x3e4989), rgb(0x31688e), rgb(0x26828e),
		rgb(0x1f9e89), rgb(0x35b779), rgb(0x6dcd59), rgb(0xb4de2c), rgb(0xfde725),
	}
	// cividis is for time, from blue to yellow (Nuñez, Anderton and Renslow,
	// https://doi.org/10.1371/journal.pone.0199239).
	cividis = ramp{
		rgb(0x00224e), rgb(0x123570), rgb(0x3b496c), rgb(0x575d6d), rgb(0x707173),
		rgb(0x8a8678), rgb(0xa59c74), rgb(0xc3b369), rgb(0xe1cc55), rgb(0xfee838),
	}
	// orangePurple is ColorBrewer's PuOr turned around, for what is below and above nothing; its
	// middle is a grey that shows on both grounds.
	orangePurple = ramp{
		rgb(0x542788), rgb(0x8073ac), rgb(0xb2abd2), rgb(0xc8c8cc), rgb(0xfdb863), rgb(0xe08214), rgb(0xb35806),
	}
)

// at returns the colour at a place from 0 to 1.
func (r ramp) at(place float64) color.NRGBA {
	last := len(r) - 1
	place = max(0, min(1, place)) * float64(last)
	i := min(int(place), last-1)
	return mix(r[i], r[i+1], place-float64(i))
}

// beyond returns the ramp without a first part, which would not show on a dark ground.
func (r ramp) beyond(part float64) ramp {
	if part == 0 {
		return r
	}
	out := make(ramp, len(r))
	for i := range out {
		out[i] = r.at(part + (1-part)*float64(i)/float64(len(r)-1))
	}
	return out
}

// scale gives values of a column from low to high their colours: times by one ramp, amounts by
// another, and numbers on both sides of nothing by one with its middle there.
type scale struct {
	ramp
	low, high float64
}

func scaleFor(c dataframe.Column, low, high float64, th theme) scale {
	switch {
	case c.Kind() == dataframe.Time:
		return scale{cividis.beyond(th.dim), low, high}
	case low < 0 && high > 0 && !math.IsInf(low, 0) && !math.IsInf(high, 0):
		most := max(-low, high)
		return scale{orangePurple, -most, most}
	}
	return scale{viridis.beyond(th.dim), low, high}
}

func (s scale) colour(v float64) color.NRGBA { return s.at(place(v, s.low, s.high)) }
