package dataframe

import "fmt"

// String returns the column as pandas shows a Series: at most 60 rows, or the first and last
// 5 of more, then its name, length and kind. Text is made safe by [Printable].
func (c Column) String() string {
	g := New(c).grid()
	return lines(g.texts(g.Labels), [][]string{g.texts(g.Columns[0])}) + c.footer()
}

// HTML returns the column as a table of labels and values.
func (c Column) HTML() string {
	g := New(c).grid()
	data := pageData{Footer: c.footer()}
	for i, label := range g.Labels {
		if g.RowGap > 0 && i == g.RowGap {
			data.Body = append(data.Body, pageRow{cell{Text: "…"}, dots(1)})
		}
		data.Body = append(data.Body, pageRow{label, g.Columns[0][i : i+1]})
	}
	return render("row", data)
}

func (c Column) footer() string {
	name := ""
	if c.name != "" {
		name = "Name: " + Printable(c.name, shownText) + ", "
	}
	return fmt.Sprintf("%sLength: %d, %s", name, c.Len(), c.Kind())
}
