package plotting

import "image/color"

// theme is the set of colours of a picture apart from those that mean something.
type theme struct {
	paper, ink, quiet, faint, fold color.NRGBA
	alert                          color.NRGBA // what should be looked at
	none                           color.NRGBA // rows without a value
	dim                            float64     // the part of dark colours that ramps begin behind
	tint                           float64     // how much of a row's colour its box takes on
}

var (
	lightTheme = theme{
		paper: rgb(0xffffff), ink: rgb(0x1a1f26), quiet: rgb(0x57606c), faint: rgb(0xaab2bd), fold: rgb(0xf4f5f7),
		none: rgb(0x9aa1ab), alert: rgb(0xa3320b), tint: 0.16,
	}
	darkTheme = theme{
		paper: rgb(0x14171c), ink: rgb(0xeceff3), quiet: rgb(0xa4adb9), faint: rgb(0x565f6b), fold: rgb(0x20242b),
		none: rgb(0x7b838e), alert: rgb(0xff9b70), dim: 0.3, tint: 0.26,
	}
)

func themeFor(dark bool) theme {
	if dark {
		return darkTheme
	}
	return lightTheme
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// mix returns the colour a part of the way from one colour to another.
func mix(from, to color.NRGBA, part float64) color.NRGBA {
	blend := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*part + 0.5) }
	return color.NRGBA{R: blend(from.R, to.R), G: blend(from.G, to.G), B: blend(from.B, to.B), A: 255}
}
