package plotting

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const mostRowsMermaid = 250 // Mermaid draws 280 edges by default: https://mermaid.js.org/config/schema-docs/config.html

// writeMermaid writes the rows as a flowchart for wikis and tickets that draw Mermaid,
// https://mermaid.js.org/syntax/flowchart.html.
func (f *Figure) writeMermaid(w io.Writer) error {
	t := f.planned(f.rows(mostRowsMermaid))
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%%%% %s\nflowchart LR\n", strings.Join(t.subtitle(), " · "))
	for i, r := range t.plan.rows {
		lines := t.rowLines(r)
		for k := range lines {
			lines[k] = mermaidText(lines[k])
		}
		fmt.Fprintf(out, "  n%d[\"%s\"]\n", i, strings.Join(lines, "<br/>"))
	}
	var guessed []string
	for i, r := range t.plan.rows {
		if r.parent >= 0 {
			arrow := "-->"
			if t.weakLink(r.process) {
				arrow = "-.->"
			}
			fmt.Fprintf(out, "  n%d %s n%d\n", r.parent, arrow, i)
		}
		if r.hidden > 0 || t.processes.inferred[r.process] {
			guessed = append(guessed, fmt.Sprintf("n%d", i))
		}
	}
	if guessed != nil {
		fmt.Fprintf(out, "  classDef quiet stroke-dasharray:4\n  class %s quiet\n", strings.Join(guessed, ","))
	}
	return out.Flush()
}

// mermaidText writes everything but letters, digits and harmless signs as entity codes, because
// Mermaid reads quoted text as HTML and Markdown. Spaces that HTML would drop do not break.
func mermaidText(text string) string {
	var out strings.Builder
	before := ' '
	for _, r := range text {
		dropped := r == ' ' && before == ' '
		before = r
		switch {
		case dropped:
			out.WriteString("#160;")
		case r >= '0' && r <= '9', r|0x20 >= 'a' && r|0x20 <= 'z', r > 0x7f, strings.ContainsRune(" .,:-/+=()", r):
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "#%d;", r)
		}
	}
	return out.String()
}
