package dataframe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable makes text from a log safe and short enough for a terminal, a picture or a page.
// What could steer the screen or hide itself is shown as a visible escape: control
// characters (\n, \x1b), bytes that are not UTF-8 (\xff), right-to-left overrides and other
// format characters (\u202e), private and unassigned ones, and odd spaces (\u00a0). So are
// combining marks beyond four on one letter, which would paint over the lines around.
// Backslashes stay as they are, because Windows paths are full of them.
//
// The result has at most limit characters, an escape counting as many as it has; a longer
// text is cut and ends in "…". A limit below 1 counts as 1. Only as much of s is read as is
// shown, so a text of any size costs the same.
func Printable(s string, limit int) string {
	limit = max(limit, 1)
	if len(s) <= limit && plain(s) {
		return s
	}
	var out strings.Builder
	count, marks, cut := 0, 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		piece := s[i : i+size]
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if (r == utf8.RuneError && size == 1) || marks > 4 || !visible(r) {
			piece = escape(r, piece)
		}
		i += size
		count += utf8.RuneCountInString(piece)
		if count > limit {
			return out.String()[:cut] + "…"
		}
		out.WriteString(piece)
		if count < limit {
			cut = out.Len() // room for the … is left behind this
		}
	}
	return out.String()
}

// plain reports whether s is printable ASCII alone.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible reports whether a screen shows the character and nothing but it. Letters such as
// the Hangul fillers are printable to Unicode, yet have no picture.
func visible(r rune) bool {
	return unicode.IsPrint(r) && r != '\u2800' && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// escape writes a character as Go source would.
func escape(r rune, bytes string) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case len(bytes) == 1:
		return fmt.Sprintf(`\x%02x`, bytes[0])
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
