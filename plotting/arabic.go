package plotting

import (
	"unicode"
)

// Arabic letters have up to four forms, by whether they join the letter before and after them.
// Unicode has the forms as characters of their own (Arabic Presentation Forms, U+FB50 to U+FDFF
// and U+FE70 to U+FEFF), and the embedded DejaVu Sans has a glyph for each. Choosing them needs
// the table below and no shaping engine; other scripts that join (Syriac, N'Ko) stay as they are.

// joined are the forms of a letter: alone, at the end, at the beginning, in the middle of joined
// letters. Letters without the last two never join the one after them.
type joined struct {
	alone rune
	both  bool // joins on both sides
	join  bool // joins at all
}

// arabicForms has the letters that have forms.
var arabicForms = func() map[rune]joined {
	out := map[rune]joined{
		0x067e: {0xfb56, true, true}, 0x0686: {0xfb7a, true, true}, 0x0698: {0xfb8a, false, true}, // Persian and Urdu
		0x06a9: {0xfb8e, true, true}, 0x06af: {0xfb92, true, true}, 0x06cc: {0xfbfc, true, true},
	}
	form := rune(0xfe80)
	for i, n := range "1222242424444422224444444400000044444442240" { // forms of U+0621 and those after it
		letter := 0x0621 + rune(i)
		if n == '0' {
			continue
		}
		out[letter] = joined{form, n == '4', n != '1'}
		form += n - '0'
	}
	return out
}()

// lamAlef are the four ligatures that must be made, by the alef.
var lamAlef = map[rune]rune{0x0622: 0xfef5, 0x0623: 0xfef7, 0x0625: 0xfef9, 0x0627: 0xfefb}

const (
	lam     = 0x0644
	tatweel = 0x0640 // joins on both sides, and has one form
)

// shaped returns a text as it is drawn: Arabic letters take their forms.
func shaped(text string) string {
	if !arabic(text) {
		return text
	}
	letters := []rune(text)
	out := make([]rune, 0, len(letters))
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		form, known := arabicForms[r]
		if !known {
			out = append(out, r)
			continue
		}
		before := joinsOn(letters, i, -1)
		if ligature, ok := ligatureAt(letters, i); ok {
			if before {
				ligature++
			}
			out = append(out, ligature)
			i++
			continue
		}
		after := form.both && joinsOn(letters, i, 1)
		switch {
		case before && form.join && after:
			r = form.alone + 3
		case before && form.join:
			r = form.alone + 1
		case after:
			r = form.alone + 2
		default:
			r = form.alone
		}
		out = append(out, r)
	}
	return string(out)
}

func arabic(text string) bool {
	for _, r := range text {
		if r >= 0x0621 && r <= 0x06ff {
			return true
		}
	}
	return false
}

// ligatureAt returns the ligature that begins at a place, which no mark may stand within.
func ligatureAt(letters []rune, i int) (rune, bool) {
	if letters[i] != lam || i+1 == len(letters) {
		return 0, false
	}
	ligature, ok := lamAlef[letters[i+1]]
	return ligature, ok
}

// joinsOn reports whether the next letter in a direction, beyond marks, joins the one at a place.
func joinsOn(letters []rune, at, step int) bool {
	for i := at + step; i >= 0 && i < len(letters); i += step {
		r := letters[i]
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		form, known := arabicForms[r]
		return r == tatweel || known && (form.both || step > 0 && form.join)
	}
	return false
}

// widestForm returns the widest of an Arabic letter's forms in em, so that text which is
// measured before it is cut has room however its letters join.
func widestForm(r rune, bold bool) (width float64, ok bool) {
	form, known := arabicForms[r]
	if !known {
		return 0, false
	}
	last := rune(0)
	switch {
	case form.both:
		last = 3
	case form.join:
		last = 1
	}
	for f := form.alone; f <= form.alone+last; f++ {
		face, em := faceOf(f, bold)
		if face == nil {
			return 0, false
		}
		width = max(width, em)
	}
	return width, true
}
