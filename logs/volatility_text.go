package logs

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// volatilityTextFormat is what Volatility prints: version 3 with tabs between the columns under a
// line "Volatility 3 Framework", version 2 with columns under a line of dashes. A tree's stars or
// dots become TreeDepth.
var volatilityTextFormat = &format{
	Format: Format{"voltext", "processes as Volatility 2 and 3 print them: pslist, pstree, psscan",
		[]string{".txt"}, "https://github.com/volatilityfoundation/volatility/wiki/Command-Reference"},
	matches: func(s *source) bool {
		_, _, ok := volatilityHeader(&lines{data: s.sample()})
		return ok
	},
	decode: readVolatilityText,
}

// span is where a column of version 2 lies in a line.
type columnSpan struct{ from, to int }

// volatilityHeader finds the line that names the columns, among the first lines. spans is nil
// when tabs part them.
func volatilityHeader(l *lines) (names []string, spans []columnSpan, ok bool) {
	before := ""
	for l.number < 20 && l.advance() {
		text := string(l.text())
		if len(text) > 2000 {
			return nil, nil, false
		}
		if fields := strings.Split(text, "\t"); len(fields) > 3 && slices.Contains(fields, "PID") && slices.Contains(fields, "PPID") && slices.Contains(fields, "ImageFileName") {
			return fields, nil, true
		}
		if strings.HasPrefix(text, "-----") && strings.Trim(text, "- ") == "" && strings.Contains(strings.ToUpper(before), " PPID ") {
			spans = dashes(text)
			for _, s := range spans {
				names = append(names, strings.TrimSpace(s.cut(before)))
			}
			return names, spans, len(spans) > 2
		}
		before = text
	}
	return nil, nil, false
}

// dashes returns where the runs of dashes lie; the last column goes to the end of the line.
func dashes(text string) (spans []columnSpan) {
	for i := 0; i < len(text); i++ {
		if text[i] != '-' {
			continue
		}
		from := i
		for i < len(text) && text[i] == '-' {
			i++
		}
		spans = append(spans, columnSpan{from, i})
	}
	if len(spans) > 0 {
		spans[len(spans)-1].to = 1 << 30
	}
	return spans
}

func (s columnSpan) cut(line string) string {
	return line[min(s.from, len(line)):min(s.to, len(line))]
}

func readVolatilityText(s *source) (dataframe.DataFrame, error) {
	l := lines{data: s.data}
	names, spans, ok := volatilityHeader(&l)
	if !ok {
		return dataframe.DataFrame{}, errors.New("no line names the columns as Volatility does: PID, PPID and ImageFileName, or a line of dashes under them")
	}
	t := newSnapshotTable(s, distinctNames(append([]string{"TreeDepth"}, names...)))
	for l.advance() {
		if len(bytes.TrimSpace(l.text())) == 0 {
			continue
		}
		t.row(&l, func(line string) ([]string, string) { return volatilityFields(line, names, spans) })
		if l.number%4096 == 0 {
			if err := s.decoded(l.next, len(s.data)); err != nil {
				return dataframe.DataFrame{}, err
			}
		}
	}
	return t.frame(nil)
}

// volatilityFields splits a line, the depth in the tree first.
func volatilityFields(line string, names []string, spans []columnSpan) (fields []string, fault string) {
	mark := "*"
	if spans == nil {
		fields = strings.Split(line, "\t")
		if len(fields) != len(names) {
			return nil, fmt.Sprintf("row has %d fields, want %d", len(fields), len(names))
		}
	} else {
		mark = "."
		for _, s := range spans {
			fields = append(fields, strings.TrimSpace(s.cut(line)))
		}
	}
	first := strings.TrimLeft(fields[0], mark)
	depth := len(fields[0]) - len(first)
	fields[0] = strings.TrimSpace(first)
	for i, name := range names {
		switch {
		case strings.EqualFold(name, "PID") && !isDigits(fields[i]):
			return nil, "PID is no number: " + dataframe.Clip(fields[i])
		case name == "Name" && strings.HasPrefix(fields[i], "0x"): // "0x823c8830:System" in trees of version 2
			if _, after, ok := strings.Cut(fields[i], ":"); ok {
				fields[i] = after
			}
		case fields[i] == "N/A" || spans == nil && fields[i] == "-":
			fields[i] = ""
		}
	}
	return append([]string{fmt.Sprint(depth)}, fields...), ""
}
