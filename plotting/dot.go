package plotting

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

const mostRowsText = 25_000 // rows of the formats for other programs, when not said otherwise

// writeDOT writes the rows as a directed graph in Graphviz's language,
// https://graphviz.org/doc/info/lang.html. Links that are guesses are dashed.
func (f *Figure) writeDOT(w io.Writer) error {
	t := f.planned(f.rows(mostRowsText))
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "digraph {\n\tlabel=%s; labelloc=t; rankdir=LR; fontname=%q; bgcolor=%q; fontcolor=%q\n",
		dotText(visible(t.options.Title)+"\n"+strings.Join(t.subtitle(), " · ")), "Liberation Sans", hex(t.theme.paper), hex(t.theme.ink))
	fmt.Fprintf(out, "\tnode [shape=box, style=\"rounded,filled\", fontname=%q, fontsize=10, fontcolor=%q]\n\tedge [color=%q, arrowsize=0.6]\n",
		"Liberation Sans", hex(t.theme.ink), hex(t.theme.quiet))
	for i, r := range t.plan.rows {
		style, fill, line := "", hex(t.colourOf(r).ground()), hex(t.colourOf(r).rim())
		if r.hidden > 0 || t.processes.inferred[r.process] {
			style, fill, line = ", style=\"rounded,filled,dashed\"", hex(t.theme.fold), hex(t.theme.quiet)
		}
		fmt.Fprintf(out, "\tn%d [label=%s, tooltip=%s, fillcolor=%q, color=%q%s]\n", i, dotText(strings.Join(t.rowLines(r), "\n")), dotText(t.rowTip(r)), fill, line, style)
	}
	for i, r := range t.plan.rows {
		if r.parent < 0 {
			continue
		}
		style := ""
		if t.weakLink(r.process) {
			style = " [style=dashed]"
		}
		fmt.Fprintf(out, "\tn%d -> n%d%s\n", r.parent, i, style)
	}
	fmt.Fprintln(out, "}")
	return out.Flush()
}

// rowLines names a row and says in a second line what it is: its process id and time, or how
// many processes it stands for.
func (t *treePicture) rowLines(r row) []string {
	lines := []string{shorter(t.rowName(r), 120)}
	if r.hidden > 0 {
		if len(r.alike) > 0 && r.hidden != r.repeats {
			lines = append(lines, grouped(r.hidden)+" processes")
		}
		return lines
	}
	second := visible(t.processes.pid[r.process])
	if at := t.processes.time[r.process]; !at.IsZero() {
		second += "  " + at.Format("2006-01-02 15:04:05")
	}
	if second != "" {
		lines = append(lines, second)
	}
	return lines
}

// dotText quotes a text for DOT, in which only the quote and the backslash act.
func dotText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
