package plotting

import "image/color"

// distinct are twelve colours that people with any colour vision can tell apart, the eight-colour
// set of Okabe and Ito without its black (https://jfly.uni-koeln.de/color/) followed by colours of
// Paul Tol's muted set (https://sronpersonalpages.nl/~pault/).
var distinct = []color.NRGBA{
	rgb(0x0072b2), rgb(0xe69f00), rgb(0x009e73), rgb(0xcc79a7), rgb(0x56b4e9), rgb(0xd55e00),
	rgb(0xf0e442), rgb(0x332288), rgb(0x882255), rgb(0x999933), rgb(0x44aa99), rgb(0x8c510a),
}

// tail is the colour of the values that have no colour of their own.
var tail = rgb(0x6f5f55)

// viridisStops are matplotlib's Viridis at equal steps: even in lightness, so that it reads in
// grey and by people with any colour vision.
var viridisStops = []color.NRGBA{
	rgb(0x440154), rgb(0x482878), rgb(0x3e4989), rgb(0x31688e), rgb(0x26828e),
	rgb(0x1f9e89), rgb(0x35b779), rgb(0x6dcd59), rgb(0xb4de2c), rgb(0xfde725),
}

// viridis returns the colour at a place from 0 to 1.
func viridis(at float64) color.NRGBA {
	last := len(viridisStops) - 1
	at = max(0, min(1, at)) * float64(last)
	i := min(int(at), last-1)
	return mix(viridisStops[i], viridisStops[i+1], at-float64(i))
}
