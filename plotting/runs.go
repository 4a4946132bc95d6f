package plotting

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// run is a piece of a label in one typeface, at its place on the line.
type run struct {
	face  *typeface // nil when no font has the character
	text  string    // in the order in which it is painted
	x     float64   // from the label's beginning
	width float64
}

// runs splits a label where its typeface changes, from left to right.
func (l label) runs() []run {
	var out []run
	f, x := letters{size: l.size, bold: l.bold}, 0.0
	text := visualOrder(l.text)
	start := 0
	var current *typeface
	flush := func(end int, at float64) {
		if end > start {
			begin := 0.0
			if len(out) > 0 {
				begin = out[len(out)-1].x + out[len(out)-1].width
			}
			out = append(out, run{face: current, text: text[start:end], x: begin, width: at - begin})
		}
		start = end
	}
	for i, r := range text {
		face, _ := faceOf(r, l.bold)
		if face != current || face == nil {
			flush(i, x)
			current = face
		}
		x += runeWidth(r, f)
	}
	flush(len(text), x)
	return out
}

// visualOrder puts right-to-left text in the order in which it is painted from left to right,
// in a line that runs left to right. It follows the Unicode bidirectional algorithm
// (https://www.unicode.org/reports/tr9/) for text without direction marks, which never get here.
func visualOrder(text string) string {
	if !rightToLeft(text) {
		return text
	}
	letters, levels := resolve(text)
	for level := uint8(2); level > 0; level-- {
		for i := 0; i < len(letters); i++ {
			from := i
			for i < len(letters) && levels[i] >= level {
				i++
			}
			reverse(letters[from:i])
		}
	}
	out := make([]byte, 0, len(text))
	for _, l := range letters {
		out = append(out, l...)
	}
	return string(out)
}

func reverse(letters []string) {
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		letters[i], letters[j] = letters[j], letters[i]
	}
}

func rightToLeft(text string) bool {
	for _, r := range text {
		if r < 0x590 {
			continue
		}
		if p, _ := bidi.LookupRune(r); p.Class() == bidi.R || p.Class() == bidi.AL {
			return true
		}
	}
	return false
}

// resolve splits a text into letters with their marks and gives each its level: 0 runs left to
// right, 1 right to left, 2 is a number within right-to-left text.
func resolve(text string) (letters []string, levels []uint8) {
	classes := []bidi.Class{}
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		for size < len(text) {
			m, more := utf8.DecodeRuneInString(text[size:])
			if !unicode.Is(unicode.M, m) {
				break
			}
			size += more
		}
		p, _ := bidi.LookupRune(r)
		letters, classes, text = append(letters, text[:size]), append(classes, p.Class()), text[size:]
	}
	levels = make([]uint8, len(letters))
	numbers(classes, levels)
	neutrals(levels)
	for i, l := range letters {
		if levels[i] == 1 {
			letters[i] = mirrored(l)
		}
	}
	return letters, levels
}

const unresolved = 255

// numbers gives letters and digits their levels, and leaves the rest unresolved.
func numbers(classes []bidi.Class, levels []uint8) {
	strong := uint8(0)
	for i, c := range classes {
		switch c {
		case bidi.L:
			strong, levels[i] = 0, 0
		case bidi.R, bidi.AL:
			strong, levels[i] = 1, 1
		case bidi.AN:
			levels[i] = 2
		case bidi.EN:
			levels[i] = 2 * strong
		default:
			levels[i] = unresolved
		}
	}
	for i := 1; i+1 < len(levels); i++ { // 1.5, 12:30: a single separator belongs to its number
		separates := classes[i] == bidi.CS || classes[i] == bidi.ES
		if separates && levels[i-1] == 2 && levels[i+1] == 2 {
			levels[i] = 2
		}
	}
}

// neutrals gives spaces and punctuation the direction of both neighbours, else the line's.
func neutrals(levels []uint8) {
	for i := 0; i < len(levels); {
		if levels[i] != unresolved {
			i++
			continue
		}
		from := i
		for i < len(levels) && levels[i] == unresolved {
			i++
		}
		level := uint8(0)
		if from > 0 && i < len(levels) && levels[from-1] > 0 && levels[i] > 0 {
			level = 1
		}
		for k := from; k < i; k++ {
			levels[k] = level
		}
	}
}

var mirrors = map[string]string{"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«"}

func mirrored(letter string) string {
	if m, ok := mirrors[letter]; ok {
		return m
	}
	return letter
}
