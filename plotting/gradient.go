package plotting

import (
	"image/color"
	"math"

	"github.com/gophertrees/gopherwood/dataframe"
)

// bar is the legend of a gradient: where its ends are and which places have a name.
type bar struct {
	low, high float64
	scale     scale
	ticks     []tick
	note      string // what the ticks do not say themselves, such as the zone of times
}

// tick is a named place on a bar, from 0 to 1.
type tick struct {
	at   float64
	text string
}

// byNumber colours numbers and times from the least to the greatest. NaN counts as no value;
// infinite numbers take the colours of the ends.
func byNumber(c dataframe.Column, th theme) colouring {
	values := numbersOf(c)
	low, high := math.Inf(1), math.Inf(-1)
	none := 0
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			none++
		case !math.IsInf(v, 0):
			low, high = min(low, v), max(high, v)
		}
	}
	out := colouring{of: make([]color.NRGBA, len(values)), bar: &bar{low: low, high: high, scale: scaleFor(c, low, high, th)}}
	for i, v := range values {
		out.of[i] = th.none
		if !math.IsNaN(v) {
			out.of[i] = out.bar.scale.colour(v)
		}
	}
	if none > 0 {
		out.swatches = []swatch{{color: th.none, text: "no value", count: none, none: true}}
	}
	out.bar.name(c)
	if low > high { // not one finite number
		out.bar = nil
	}
	return out
}

// numbersOf returns a column as numbers, nulls as NaN. Times are seconds.
func numbersOf(c dataframe.Column) []float64 {
	if c.Kind() != dataframe.Time {
		return c.Floats()
	}
	out := make([]float64, c.Len())
	for i, n := range c.Nanos() {
		out[i] = float64(n) / 1e9
		if c.IsNull(i) {
			out[i] = math.NaN()
		}
	}
	return out
}

// place returns where a value stands between low and high, from 0 to 1. Halves keep the
// difference of very large numbers finite.
func place(v, low, high float64) float64 {
	if !(high > low) {
		return 0.5
	}
	return max(0, min(1, (v/2-low/2)/(high/2-low/2)))
}

// name writes the bar's ticks.
func (b *bar) name(c dataframe.Column) {
	if b.low > b.high {
		return
	}
	if c.Kind() == dataframe.Time {
		b.ticks, b.note = timeTicks(b.low, b.high)
		return
	}
	b.ticks = numberTicks(b.low, b.high, c.Kind() == dataframe.Int)
}
