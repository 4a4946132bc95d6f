package plotting

import (
	"fmt"
	"image/color"
	"sort"

	"github.com/gophertrees/gopherwood/dataframe"
)

// byCategory gives the most frequent values a colour each, in the order of their counts and
// then of their texts, so that equal data has equal colours. When there are more values than
// colours, the rarest share one.
func byCategory(c dataframe.Column, th theme) colouring {
	codes, texts := categoriesOf(c)
	counts := make([]int, len(texts))
	none := 0
	for _, code := range codes {
		if code < 0 {
			none++
		} else {
			counts[code]++
		}
	}
	order := byCount(counts, texts)
	colours := make([]color.NRGBA, len(texts))
	swatches := assign(order, counts, texts, colours)
	if none > 0 {
		swatches = append(swatches, swatch{color: th.none, text: "no value", count: none, none: true})
	}
	out := colouring{of: make([]color.NRGBA, len(codes)), swatches: swatches}
	for i, code := range codes {
		if out.of[i] = th.none; code >= 0 {
			out.of[i] = colours[code]
		}
	}
	return out
}

// categoriesOf returns codes into texts for text and bool columns, -1 for nulls.
func categoriesOf(c dataframe.Column) ([]int32, []string) {
	if c.Kind() == dataframe.String {
		return c.Codes()
	}
	codes := make([]int32, c.Len())
	for i, yes := range c.Bools() {
		switch {
		case c.IsNull(i):
			codes[i] = -1
		case yes:
			codes[i] = 1
		}
	}
	return codes, []string{"false", "true"}
}

// byCount returns the values that occur, most frequent first.
func byCount(counts []int, texts []string) []int {
	var order []int
	for code, n := range counts {
		if n > 0 {
			order = append(order, code)
		}
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := order[i], order[j]
		if counts[a] != counts[b] {
			return counts[a] > counts[b]
		}
		return texts[a] < texts[b]
	})
	return order
}

// assign fills in the colour of every value and returns the legend's entries.
func assign(order, counts []int, texts []string, colours []color.NRGBA) []swatch {
	own := len(order)
	if own > len(distinct) {
		own = len(distinct) - 1
	}
	var swatches []swatch
	for i, code := range order[:own] {
		colours[code] = distinct[i]
		text := visible(texts[code])
		if text == "" {
			text = "(empty text)"
		}
		swatches = append(swatches, swatch{color: distinct[i], text: text, count: counts[code]})
	}
	rest := 0
	for _, code := range order[own:] {
		colours[code] = tail
		rest += counts[code]
	}
	if rest > 0 {
		swatches = append(swatches, swatch{color: tail, text: fmt.Sprintf("other (%s values)", grouped(len(order)-own)), count: rest})
	}
	return swatches
}
