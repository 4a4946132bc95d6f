package engine

import (
	"regexp"
	"strings"
)

// A line of a cell that begins with %, $ or ! is a command to the notebook, as in gophernotes
// and GoNB. Such lines are taken out before Go sees the cell, so commands.go runs them first.

// commandLine is one of them. A command that begins with %% owns what stands below it when
// it is one of those in wholeCell.
type commandLine struct {
	line int    // from 1
	text string // without the spaces around it
	body string // the lines below, for a command of wholeCell
}

// wholeCell are the commands whose text is the rest of the cell.
var wholeCell = map[string]bool{"%%writefile": true, "%%bash": true, "%%sh": true, "%%script": true}

// commandLines finds the commands of a cell. rest is the cell with blanks in their place, so
// that every position stays.
func (k checker) commandLines(code string) (commands []commandLine, rest string) {
	if !strings.ContainsAny(code, "%$!") {
		return nil, code
	}
	var before strings.Builder
	lines := strings.SplitAfter(code, "\n")
	for i, line := range lines {
		text := strings.TrimSpace(line)
		if !k.isCommand(text, before.String()) {
			before.WriteString(line)
			continue
		}
		found := commandLine{line: i + 1, text: text}
		if name, _ := cutWord(text); wholeCell[name] {
			found.body = strings.Join(lines[i+1:], "")
			before.WriteString(blank(strings.Join(lines[i:], "")))
			return append(commands, found), before.String()
		}
		commands = append(commands, found)
		before.WriteString(blank(line))
	}
	return commands, before.String()
}

// blank keeps nothing of a text but its line ends and its length in bytes.
func blank(text string) string {
	blanked := []byte(text)
	for i, b := range blanked {
		if b != '\n' && b != '\r' {
			blanked[i] = ' '
		}
	}
	return string(blanked)
}

// negated matches a line of Go such as !found or !ok(x), and its first name.
var negated = regexp.MustCompile(`^!+([\pL_][\pL\pN_]*)([.(]?)`)

// isCommand tells whether a line is a command: nothing in Go begins a statement with % or $,
// but the line may stand inside a raw string or an expression.
func (k checker) isCommand(line, before string) bool {
	if line == "" || !strings.ContainsRune("%$!", rune(line[0])) {
		return false
	}
	if _, open, _ := openEnd(before); open {
		return false
	}
	if line[0] != '!' {
		return true
	}
	m := negated.FindStringSubmatch(line)
	return len(line) > 1 && !strings.HasPrefix(line, "!(") && (m == nil || m[2] != "(" && !k.isName(m[1], before))
}

// isName tells whether a name means something to Go here.
func (k checker) isName(name, before string) bool {
	if k.objects[name] != nil || name == "true" || name == "false" {
		return true
	}
	for _, spec := range k.imports {
		if spec.local == name {
			return true
		}
	}
	return regexp.MustCompile(`(^|[^\pL\pN_])` + name + `($|[^\pL\pN_])`).MatchString(before)
}
