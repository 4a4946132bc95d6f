package plotting

import "image/color"

// tint is a colour that means something, in the tones in which a theme paints it.
type tint struct {
	full  color.NRGBA
	theme theme
}

// ground is the tone behind text.
func (t tint) ground() color.NRGBA { return mix(t.theme.paper, t.full, 2*t.theme.tint) }

// rim is the tone of the line around it.
func (t tint) rim() color.NRGBA { return mix(t.theme.paper, t.full, 0.6) }
