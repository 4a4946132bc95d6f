package plotting

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/gophertrees/gopherwood/dataframe"
)

// hostile are texts that try to act on whoever looks at a picture.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	"\x1b[2J\x1b]0;owned\a",
	"\u202egpj.exe\u202c \u2066hidden\u2069",
	"null\x00byte \xff\xfe bad UTF-8",
	strings.Repeat("A", 1<<20),
	strings.Repeat("\u0301", 1<<20),
	strings.Repeat("漢字かな", 1<<18),
	"]]>&lt;!-- </text></svg>",
	"line\nbreak\r\ttab",
	"  leading   and   many   spaces  ",
	"\U000f1234 \U0001f9ff \u0e01",
	"",
}

func hostileLog() ([]event, dataframe.Column) {
	var events []event
	for i, text := range hostile {
		events = append(events, event{100 + i, 99 + i, `C:\` + text, text, text, time.Duration(i) * time.Second})
	}
	return events, dataframe.Strings("Evil<b>\x1b\u202e", hostile)
}

// hostileFigures are all figures, each with hostile text wherever text goes.
func hostileFigures(t *testing.T) map[string]*Figure {
	events, column := hostileLog()
	tree := treeOf(t, events, column)
	title := hostile[0] + hostile[2] + hostile[3] + hostile[5]
	return map[string]*Figure{
		"tree":  PlotProcessTree(tree, Options{Title: title, LegendCol: column.Name(), ShowTable: true, PIDFormat: GUID}),
		"fold":  PlotProcessTree(tree, Options{Title: title, LegendCol: column.Name(), MaxRows: 4}),
		"graph": PlotGraph(tree, GraphOptions{Title: title, LegendCol: column.Name(), LabelCol: "CommandLine"}),
	}
}

func TestHostileText(t *testing.T) {
	for name, f := range hostileFigures(t) {
		for _, format := range []string{"svg", "html", "pdf", "png"} {
			got := written(t, f, format)
			if len(got) > 1<<20 {
				t.Errorf("%s as %s has %d bytes, want 1 MiB at most", name, format, len(got))
			}
			if format == "svg" {
				checkXML(t, got)
			}
			if format == "svg" || format == "html" && f.interactive == nil { // TestPageOfHostileTexts checks the others
				checkInert(t, name+"."+format, got)
			}
		}
		for kind, value := range f.SimpleRender() {
			if text, ok := value.(string); ok && (kind != "text/html" || f.interactive == nil) {
				checkInert(t, name+" "+kind, []byte(text))
			}
		}
		checkInert(t, name+" text/plain", []byte(f.String()))
	}
}

// checkInert fails where a document has an element that it should not, or a character that acts.
func checkInert(t *testing.T, name string, got []byte) {
	t.Helper()
	plain := strings.HasSuffix(name, "plain") // is text already, so that there is nothing to escape
	for _, bad := range []string{"<script", "<img src=x"} {
		if !plain && bytes.Contains(got, []byte(bad)) {
			t.Errorf("%s has %q, want it escaped", name, bad)
		}
	}
	for _, r := range string(got) {
		if r != '\n' && r != '\t' && (unicode.Is(unicode.C, r) || r == unicode.ReplacementChar) {
			t.Fatalf("%s has the character %U, want it visible", name, r)
		}
	}
	if !plain && bytes.Count(got, []byte("<svg")) != bytes.Count(got, []byte("</svg>")) {
		t.Errorf("%s has %d <svg and %d </svg>", name, bytes.Count(got, []byte("<svg")), bytes.Count(got, []byte("</svg>")))
	}
}
