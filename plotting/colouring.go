package plotting

import (
	"image/color"

	"github.com/gophertrees/gopherwood/dataframe"
)

// colouring gives every process its colour and says what the colours mean.
type colouring struct {
	of       []color.NRGBA // one for each process
	column   string        // as it is written; "" when there is nothing to explain
	swatches []swatch      // values with a colour of their own; with a bar only "no value"
	bar      *bar          // nil for categories
}

// swatch is one entry of a legend.
type swatch struct {
	color color.NRGBA
	text  string
	count int
	none  bool // stands for the absence of a value
}

// colourBy colours processes by a column: text and true or false by category, numbers and times
// by a gradient.
func colourBy(c dataframe.Column, th theme) colouring {
	var out colouring
	switch c.Kind() {
	case dataframe.Int, dataframe.Float, dataframe.Time:
		out = byNumber(c, th)
	default:
		out = byCategory(c, th)
	}
	out.column = visible(c.Name())
	return out
}

// colourByLevel colours processes by their depth, for which no legend is needed.
func colourByLevel(depths []int32, th theme) colouring {
	deepest := int32(1)
	for _, d := range depths {
		deepest = max(deepest, d)
	}
	out := colouring{of: make([]color.NRGBA, len(depths))}
	colours := viridis.beyond(th.dim)
	for i, d := range depths {
		out.of[i] = colours.at(0.15 + 0.7*float64(d)/float64(max(deepest, 5)))
	}
	return out
}
