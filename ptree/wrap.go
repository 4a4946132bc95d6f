package ptree

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrapper breaks text into lines the way Python's textwrap does with its defaults: tabs become
// blanks up to the next multiple of eight, other white space a blank; lines break at blanks
// and after hyphens within words; longer words are cut.
// https://docs.python.org/3/library/textwrap.html
type wrapper struct {
	width         int    // characters of a line, indents included
	first, others string // indents of the first and of the other lines
}

func (w wrapper) wrap(text string) []string {
	chunks := chunksOf([]rune(blanked(text)))
	var lines []string
	for len(chunks) > 0 {
		indent := w.others
		if len(lines) == 0 {
			indent = w.first
		}
		if isBlank(chunks[0]) && len(lines) > 0 {
			chunks = chunks[1:]
		}
		var line [][]rune
		line, chunks = fill(chunks, w.width-length(indent))
		if n := len(line); n > 0 && isBlank(line[n-1]) {
			line = line[:n-1]
		}
		if len(line) > 0 {
			lines = append(lines, indent+joined(line))
		}
	}
	return lines
}

func joined(chunks [][]rune) string {
	var b strings.Builder
	for _, c := range chunks {
		b.WriteString(string(c))
	}
	return b.String()
}

// fill takes the chunks that fit in room; a chunk longer than a whole line is cut.
func fill(chunks [][]rune, room int) (line, rest [][]rune) {
	used := 0
	for len(chunks) > 0 && used+len(chunks[0]) <= room {
		used += len(chunks[0])
		line = append(line, chunks[0])
		chunks = chunks[1:]
	}
	if len(chunks) == 0 || len(chunks[0]) <= room {
		return line, chunks
	}
	left := 1
	if room >= 1 {
		left = room - used
	}
	n := cutAt(chunks[0], left)
	if n > 0 {
		line = append(line, chunks[0][:n])
	}
	// the chunks are the wrapper's own: the rest of a long one takes its place
	chunks[0] = chunks[0][n:]
	if len(chunks[0]) == 0 {
		chunks = chunks[1:]
	}
	return line, chunks
}

// cutAt is where a long chunk is cut: after its last hyphen within n characters, else at n.
func cutAt(chunk []rune, n int) int {
	if n >= len(chunk) || n <= 0 {
		return max(0, min(n, len(chunk)))
	}
	for h := n - 1; h > 0; h-- {
		if chunk[h] == '-' && slices.ContainsFunc(chunk[:h], func(r rune) bool { return r != '-' }) {
			return h + 1
		}
	}
	return n
}

func length(s string) int { return utf8.RuneCountInString(s) }

// blanked expands tabs and turns the other ASCII white space into blanks.
func blanked(text string) string {
	var b strings.Builder
	column := 0
	for _, r := range text {
		switch r {
		case '\t':
			n := 8 - column%8
			b.WriteString(strings.Repeat(" ", n))
			column += n
			continue
		case '\n', '\r':
			column = -1
			b.WriteByte(' ')
		case '\v', '\f':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
		column++
	}
	return b.String()
}

func isBlank(chunk []rune) bool { return !slices.ContainsFunc(chunk, notSpace) }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

// chunksOf splits text at blanks, and words after the hyphens within them: the pieces that
// stay together on a line.
func chunksOf(text []rune) [][]rune {
	var chunks [][]rune
	for i := 0; i < len(text); {
		j := i
		if isSpace(text[i]) {
			for j < len(text) && isSpace(text[j]) {
				j++
			}
			chunks = append(chunks, text[i:j])
		} else {
			for j < len(text) && !isSpace(text[j]) {
				j++
			}
			chunks = append(chunks, hyphenated(text[i:j])...)
		}
		i = j
	}
	return chunks
}

// isSpace is textwrap's own white space: ASCII only, so that no-break spaces do not break.
func isSpace(r rune) bool { return strings.ContainsRune("\t\n\v\f\r ", r) }

// hyphenated splits a word after a hyphen between a letter and a letter, and at em-dashes.
func hyphenated(word []rune) [][]rune {
	var parts [][]rune
	start := 0
	for i := 0; i < len(word); i++ {
		if word[i] != '-' {
			continue
		}
		end := i
		for end < len(word) && word[end] == '-' {
			end++
		}
		switch {
		case end-i >= 2 && i > start && isWordMark(word[i-1]) && end < len(word) && isWord(word[end]):
			parts = append(parts, word[start:i], word[i:end])
			start = end
		case end-i == 1 && breaksAfter(word, start, i):
			parts = append(parts, word[start:end])
			start = end
		}
		i = end - 1
	}
	if start < len(word) {
		parts = append(parts, word[start:])
	}
	return parts
}

// breaksAfter is textwrap's rule for the hyphen at i: a letter and one more letter (or a
// letter, hyphen, letter) before it, and a letter with another letter or hyphen pair behind.
func breaksAfter(word []rune, start, i int) bool {
	letter := func(k int) bool { return k >= start && k < len(word) && isLetter(word[k]) }
	before := letter(i-1) && letter(i-2) || letter(i-1) && i-2 >= start && word[i-2] == '-' && letter(i-3)
	after := letter(i+1) && (letter(i+2) || i+2 < len(word) && word[i+2] == '-' && letter(i+3))
	return before && after
}

func isLetter(r rune) bool   { return r == '_' || unicode.IsLetter(r) }
func isWord(r rune) bool     { return isLetter(r) || unicode.IsDigit(r) }
func isWordMark(r rune) bool { return isWord(r) || strings.ContainsRune(`!"'&.,?`, r) }
