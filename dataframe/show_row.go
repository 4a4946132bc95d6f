package dataframe

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// rowText is the number of characters of a value that a row shows; it has the line to itself.
const rowText = 120

// String returns the row as pandas shows a Series: a line for each column, at most 60 of
// them, then the row's label. Text is made safe by [Printable].
func (r Row) String() string {
	body, footer := r.shown()
	width := 0
	for _, b := range body {
		width = max(width, uniseg.StringWidth(b.Label.Text))
	}
	var out strings.Builder
	for _, b := range body {
		fmt.Fprintf(&out, "%s%s  %s\n", b.Label.Text, blanks(width-uniseg.StringWidth(b.Label.Text)), b.Cells[0].Text)
	}
	return out.String() + footer
}

// HTML returns the row as a table of two columns, names and values.
func (r Row) HTML() string {
	body, footer := r.shown()
	return render("row", pageData{Body: body, Footer: footer})
}

func (r Row) shown() (body []pageRow, footer string) {
	if r.i >= r.frame.Nrow() {
		return nil, "no row"
	}
	gap := 0
	columns := r.frame.table().columns
	for i, j := range edges(len(columns), shownRows, shownRows/2, &gap) {
		if gap > 0 && i == gap {
			body = append(body, pageRow{cell{Text: "…"}, dots(1)})
		}
		c := columns[j]
		body = append(body, pageRow{textCell(c.name, shownText), cells(c.Slice(r.i, r.i+1), rowText)})
	}
	label := cells(r.frame.labels([]int32{int32(r.i)}), rowText)[0].Text
	footer = "Name: " + label
	if hidden := len(columns) - 2*gap; gap > 0 {
		footer += fmt.Sprintf(" (%s not shown)", count(hidden, "column"))
	}
	return body, footer
}
