package ptree

import (
	"fmt"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TemplateItem is one value of a template line.
type TemplateItem struct {
	Label  string // shown before the value; may be empty
	Column string // column of the tree's table
}

// TemplateLine is one line of text for each process.
type TemplateLine struct {
	Items []TemplateItem
	Wrap  int // characters of the line; default 80
}

// TextOptions of [TreeToText]; the zero value is the default.
type TextOptions struct {
	Schema     Schema         // columns of the default template; default: the tree's own schema
	Template   []TemplateLine // what to show of each process, instead of the schema's template
	SortColumn string         // order of the processes; default: the tree's own
	WrapColumn int            // characters of every line; default: those of the template
}

// TreeToText writes a tree as indented text of several lines a process, as msticpy's
// tree_to_text does. The indentation stops at a depth of 24: deeper processes say their level,
// so that the text grows with the number of processes and not with their depth. A value is cut
// after 32,767 bytes, which the text says, and control and direction characters are escaped.
func TreeToText(t Tree, options ...TextOptions) string {
	o := only("TreeToText", options)
	if o.SortColumn != "" {
		t = t.Sort(o.SortColumn)
	}
	template := o.Template
	if template == nil {
		template = schemaTemplate(o.Schema, t)
	}
	columns := map[string]dataframe.Column{}
	for _, line := range template {
		for _, item := range line.Items {
			columns[item.Column] = t.Col(item.Column)
		}
	}
	var b strings.Builder
	for i := range t.Len() {
		for n, line := range template {
			width := o.WrapColumn
			if width <= 0 {
				width = line.Wrap
			}
			if width <= 0 {
				width = 80
			}
			writeTemplateLine(&b, n == 0, line.text(n == 0, columns, i), int(t.forest.depth[t.position(i)]), width)
		}
	}
	return b.String()
}

// schemaTemplate is msticpy's: process and pid, time, command line, account.
func schemaTemplate(s Schema, t Tree) []TemplateLine {
	if s == (Schema{}) {
		s = t.Schema()
	}
	lines := []TemplateLine{
		{Items: []TemplateItem{{"Process", s.ProcessName}, {"PID", s.ProcessID}}},
		{Items: []TemplateItem{{"Time", s.TimeStamp}}},
	}
	if s.CommandLine != "" {
		lines = append(lines, TemplateLine{Items: []TemplateItem{{"Cmdline", s.CommandLine}}})
	}
	var account []TemplateItem
	for _, column := range []string{s.UserID, s.LogonID} {
		if column != "" {
			account = append(account, TemplateItem{"Account", column})
		}
	}
	if account != nil {
		lines = append(lines, TemplateLine{Items: account})
	}
	return lines
}

func (l TemplateLine) text(first bool, columns map[string]dataframe.Column, row int) string {
	parts := make([]string, len(l.Items))
	for i, item := range l.Items {
		parts[i] = pythonText(columns[item.Column], row)
		if item.Label != "" || !first {
			parts[i] = item.Label + ": " + parts[i]
		}
	}
	return strings.Join(parts, "  ")
}

// pythonText shows a value as Python's str does: nan and NaT for nulls, times with microseconds
// where they have any, and +00:00.
func pythonText(c dataframe.Column, row int) string {
	switch {
	case c.IsNull(row) && c.Kind() == dataframe.Time:
		return "NaT"
	case c.IsNull(row):
		return "nan"
	case c.Kind() == dataframe.Bool:
		return map[bool]string{true: "True", false: "False"}[c.Value(row).(bool)]
	case c.Kind() != dataframe.Time:
		return bounded(c.Text(row))
	}
	at := c.Value(row).(time.Time)
	layout := "2006-01-02 15:04:05"
	switch {
	case at.Nanosecond()%1000 != 0:
		layout += ".000000000"
	case at.Nanosecond() != 0:
		layout += ".000000"
	}
	if c.Zoned() {
		layout += "+00:00"
	}
	return at.Format(layout)
}

// maxValue is the longest value shown, in bytes: what Windows allows a command line.
const maxValue = 32767

func bounded(s string) string {
	if len(s) <= maxValue {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(s[:maxValue], ""), len(s))
}

func writeTemplateLine(b *strings.Builder, first bool, text string, depth, width int) {
	header := "+ "
	if depth > 0 {
		header = strings.Repeat("   ", min(depth, maxIndent)) + "+-- "
	}
	if depth > maxIndent {
		width += 3 * maxIndent // the room that the indentation takes from deep processes
		if first {
			text = "[level " + itoa(depth+1) + "] " + text
		}
	}
	below := strings.Repeat(" ", length(header)+1)
	w := wrapper{width: width, first: below, others: below + "   "}
	if first {
		w = wrapper{width: width, others: below}
		b.WriteString(header + " ")
	}
	for i, line := range w.wrap(text) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(escaped(line))
	}
	b.WriteByte('\n')
}

// escaped makes a line safe to print whatever the log holds; blanks stay as they are.
func escaped(line string) string { return dataframe.Printable(line, len(line)*12) }
