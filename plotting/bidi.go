package plotting

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

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
	brackets(letters, classes, levels)
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

// brackets gives a pair the direction of what it encloses: that of the line where there is a
// letter of it between them, else that of the text before where it is right to left as well
// (rule N0).
func brackets(letters []string, classes []bidi.Class, levels []uint8) {
	var open []int
	for i, l := range letters {
		r, _ := utf8.DecodeRuneInString(l)
		p, _ := bidi.LookupRune(r)
		switch {
		case !p.IsBracket():
		case p.IsOpeningBracket():
			open = append(open, i)
		case len(open) > 0 && letters[open[len(open)-1]] == mirrored(l):
			from := open[len(open)-1]
			open = open[:len(open)-1]
			level := enclosed(classes, levels, from, i)
			levels[from], levels[i] = level, level
		}
	}
}

// enclosed returns the level of the brackets at two places.
func enclosed(classes []bidi.Class, levels []uint8, from, to int) uint8 {
	leftward := false
	for k := from + 1; k < to; k++ {
		if classes[k] == bidi.L {
			return 0
		}
		leftward = leftward || levels[k] == 1 || levels[k] == 2
	}
	if !leftward {
		return unresolved
	}
	for k := from - 1; k >= 0; k-- {
		switch classes[k] {
		case bidi.L:
			return 0
		case bidi.R, bidi.AL:
			return 1
		}
	}
	return 0
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
