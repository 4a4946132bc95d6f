package dataframe

import (
	"strings"

	"github.com/rivo/uniseg"
)

// shownWidth is the number of terminal columns that a table takes at most. It does not follow
// the terminal's, so that the same frame always prints the same.
const shownWidth = 160

// String returns the frame as a table for a terminal: at most 60 rows, or the first and last
// 5 of more, and as many columns from either end as 160 characters hold. The last lines tell
// the size, what is not shown, notes and bad records. Text is made safe by [Printable].
func (d DataFrame) String() string {
	g := d.grid()
	labels := append(make([]string, g.headLines()), g.texts(g.Labels)...)
	labels[g.headLines()-1] = g.Index
	columns := make([][]string, len(g.Names))
	for j, c := range g.Columns {
		columns[j] = append([]string{fit(g.Names[j].Text)}, make([]string, g.headLines()-1)...)
		columns[j] = append(columns[j], g.texts(c)...)
	}
	if columns = g.narrow(labels, columns); g.ColGap > 0 {
		gap := make([]string, len(labels))
		for i := range gap {
			if i == 0 || i >= g.headLines() {
				gap[i] = "…"
			}
		}
		columns = append(columns[:g.ColGap:g.ColGap], append([][]string{gap}, columns[g.ColGap:]...)...)
	}
	table := ""
	if g.Rows+g.Cols > 0 {
		table = lines(labels, columns)
	}
	return table + strings.Join(append([]string{g.footer()}, g.Below...), "\n")
}

// headLines is 2 when the index has a name, which stands below the columns' names.
func (g grid) headLines() int {
	if g.Index != "" {
		return 2
	}
	return 1
}

// texts returns the cells of a column, with "…" where rows are left out.
func (g grid) texts(column []cell) []string {
	var out []string
	for i, c := range column {
		if g.RowGap > 0 && i == g.RowGap {
			out = append(out, "…")
		}
		out = append(out, fit(c.Text))
	}
	return out
}

// narrow leaves out columns in the middle until the rest fits the width.
func (g *grid) narrow(labels []string, columns [][]string) [][]string {
	const space, gap = 2, 3
	widths, room := make([]int, len(columns)), shownWidth-widest(labels)
	whole := room
	for j, c := range columns {
		widths[j] = space + widest(c)
		whole -= widths[j]
	}
	if g.ColGap > 0 {
		whole -= gap
	}
	if whole >= 0 {
		return columns
	}
	room -= gap
	left, right := 0, 0
	for left+right < len(columns) {
		next := left // from the left and the right in turn
		if right < left {
			next = len(columns) - 1 - right
		}
		if room -= widths[next]; room < 0 {
			break
		}
		if right < left {
			right++
		} else {
			left++
		}
	}
	tail := len(columns) - right
	g.ColGap = left
	g.Names = append(g.Names[:left:left], g.Names[tail:]...)
	return append(columns[:left:left], columns[tail:]...)
}

// lines sets columns of equal length side by side, each to the right as pandas does.
func lines(labels []string, columns [][]string) string {
	var out strings.Builder
	label := widest(labels)
	widths := make([]int, len(columns))
	for j, c := range columns {
		widths[j] = widest(c)
	}
	for i, l := range labels {
		line := l + blanks(label-uniseg.StringWidth(l))
		for j, c := range columns {
			line += "  " + blanks(widths[j]-uniseg.StringWidth(c[i])) + c[i]
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return out.String()
}

// fit cuts a text that is wide on screen, such as Chinese, to the width of a cell.
func fit(s string) string {
	if uniseg.StringWidth(s) <= shownText {
		return s
	}
	width, rest, state := 0, s, -1
	for rest != "" {
		var w int
		before := len(s) - len(rest)
		_, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if width += w; width >= shownText {
			return s[:before] + "…"
		}
	}
	return s
}

func widest(texts []string) int {
	most := 0
	for _, t := range texts {
		most = max(most, uniseg.StringWidth(t))
	}
	return most
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }
