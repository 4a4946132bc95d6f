package plotting

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/gophertrees/gopherwood/dataframe"
)

const (
	smallest = 8.0 // pixels, 6 points: nothing is written smaller
	ellipsis = "…"
)

// measure returns the width of a line of text; of Arabic, which joins, the most that it may have.
func measure(text string, f letters) float64 {
	width := 0.0
	for _, r := range text {
		width += runeWidth(r, f)
	}
	return width
}

func runeWidth(r rune, f letters) float64 {
	if r >= 0x0621 && r <= 0x06ff {
		if em, ok := widestForm(r, f.bold); ok {
			return em * f.size
		}
	}
	if face, em := faceOf(r, f.bold); face != nil {
		if isMark(r) {
			return 0
		}
		return em * f.size
	}
	return measure(code(r), codeLetters(f)) + 4
}

// code names a character that no font has, as it is written in its box.
func code(r rune) string { return fmt.Sprintf("U+%04X", r) }

func codeLetters(f letters) letters {
	return letters{size: max(smallest, 0.75*f.size), color: f.color}
}

// cutEnd shortens a text to a width; a cut one ends in an ellipsis. It is "" where not even
// that has room.
func cutEnd(text string, width float64, f letters) string {
	used, dots := 0.0, measure(ellipsis, f)
	room := 0 // bytes that leave room for the ellipsis
	for i, r := range text {
		if used+dots <= width && !unicode.Is(unicode.M, r) {
			room = i
		}
		used += runeWidth(r, f)
		if used > width {
			if dots > width {
				return ""
			}
			return text[:room] + ellipsis
		}
	}
	return text
}

// cutMiddle shortens a text to a width by taking out its middle, because a command line tells
// most at both its ends. A third of the room goes to the end.
func cutMiddle(text string, width float64, f letters) string {
	if measure(text, f) <= width {
		return text
	}
	tail := cutStart(text, width/3, f)
	head := cutEnd(text, width-measure(tail, f), f)
	if head == "" || tail == "" {
		return cutEnd(text, width, f)
	}
	return head + tail
}

// cutStart returns the end of a text that fits a width.
func cutStart(text string, width float64, f letters) string {
	used, from := 0.0, len(text)
	for i := len(text); i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
		if used += runeWidth(r, f); used > width {
			break
		}
		if !unicode.Is(unicode.M, r) {
			from = i
		}
	}
	return text[from:]
}

// The most of a text that a picture can show. Longer ones are cut before they are looked at, so
// that a command line of a megabyte costs what a short one does.
const (
	longest     = 1200 // characters
	longestTail = 400  // bytes of its end that are kept
)

// visible makes a log's text safe to draw and bounds it, keeping its beginning and end. Letters and
// marks that Unicode has as one character become that one, and the few that it takes apart for good
// are taken apart (form C of Unicode's annex 15): what is measured and cut is what is drawn.
func visible(text string) string { return norm.NFC.String(bounded(text)) }

func bounded(text string) string {
	if len(text) <= longest {
		return dataframe.Printable(text, longest)
	}
	head, tail := longest-longestTail, len(text)-longestTail
	for head > 0 && !utf8.RuneStart(text[head]) {
		head--
	}
	for tail < len(text) && !utf8.RuneStart(text[tail]) {
		tail++
	}
	return dataframe.Printable(text[:head], longest) + ellipsis + dataframe.Printable(text[tail:], longest)
}
