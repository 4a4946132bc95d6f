package ptree

import (
	"strings"
	"unicode"
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
	chunks := chunksOf(blanked(text))
	var lines []string
	for len(chunks) > 0 {
		indent := w.others
		if len(lines) == 0 {
			indent = w.first
		}
		room := w.width - length(indent)
		if isBlank(chunks[0]) && len(lines) > 0 {
			chunks = chunks[1:]
		}
		line, rest := fill(chunks, room)
		chunks = rest
		if n := len(line); n > 0 && isBlank(line[n-1]) {
			line = line[:n-1]
		}
		if len(line) > 0 {
			lines = append(lines, indent+strings.Join(line, ""))
		}
	}
	return lines
}

// fill takes the chunks that fit in room; a chunk longer than a whole line is cut.
func fill(chunks []string, room int) (line, rest []string) {
	used := 0
	for len(chunks) > 0 && used+length(chunks[0]) <= room {
		used += length(chunks[0])
		line = append(line, chunks[0])
		chunks = chunks[1:]
	}
	if len(chunks) > 0 && length(chunks[0]) > room {
		left := 1
		if room >= 1 {
			left = room - used
		}
		head, tail := cutLong(chunks[0], left)
		if head != "" {
			line = append(line, head)
		}
		chunks = append([]string{tail}, chunks[1:]...)
		if tail == "" {
			chunks = chunks[1:]
		}
	}
	return line, chunks
}

// cutLong cuts a long chunk at n characters, or after its last hyphen before.
func cutLong(chunk string, n int) (head, tail string) {
	r := []rune(chunk)
	n = min(n, len(r))
	if n <= 0 {
		return "", chunk
	}
	if len(r) > n {
		if h := strings.LastIndexByte(string(r[:n]), '-'); h > 0 {
			if at := len([]rune(string(r[:n])[:h])); strings.Trim(string(r[:at]), "-") != "" {
				n = at + 1
			}
		}
	}
	return string(r[:n]), string(r[n:])
}

func length(s string) int { return len([]rune(s)) }

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

func isBlank(chunk string) bool { return strings.TrimSpace(chunk) == "" }

// chunksOf splits text at blanks, and words after the hyphens within them: the pieces that
// stay together on a line.
func chunksOf(text string) []string {
	var chunks []string
	r := []rune(text)
	for i := 0; i < len(r); {
		j := i
		if isSpace(r[i]) {
			for j < len(r) && isSpace(r[j]) {
				j++
			}
			chunks = append(chunks, string(r[i:j]))
		} else {
			for j < len(r) && !isSpace(r[j]) {
				j++
			}
			chunks = append(chunks, hyphenated(r[i:j])...)
		}
		i = j
	}
	return chunks
}

// isSpace is textwrap's own white space: ASCII only, so that no-break spaces do not break.
func isSpace(r rune) bool { return strings.ContainsRune("\t\n\v\f\r ", r) }

// hyphenated splits a word after a hyphen between a letter and a letter, and at em-dashes.
func hyphenated(word []rune) []string {
	var parts []string
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
			parts = append(parts, string(word[start:i]), string(word[i:end]))
			start = end
		case end-i == 1 && breaksAfter(word, start, i):
			parts = append(parts, string(word[start:end]))
			start = end
		}
		i = end - 1
	}
	if start < len(word) {
		parts = append(parts, string(word[start:]))
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
