package ptree

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Of returns the findings of one kind, in the order in which they were met.
func (f *Findings) Of(k FindingKind) []Finding {
	var out []Finding
	for _, x := range f.List {
		if x.Kind == k {
			out = append(out, x)
		}
	}
	return out
}

// DataFrame lists the findings as a table: what, row, other (the row that it repeats, collides
// with or follows), column, detail. Rows are counted from 0 in the frame that was given.
func (f *Findings) DataFrame() dataframe.DataFrame {
	n := len(f.List)
	rowOf := func(name string, value func(Finding) int) dataframe.Column {
		values, valid := make([]int64, n), make([]bool, n)
		for i, x := range f.List {
			values[i], valid[i] = int64(value(x)), value(x) >= 0
		}
		return dataframe.Ints(name, values, valid)
	}
	text := func(name string, value func(Finding) string) dataframe.Column {
		return texts(name, n, func(i int) (string, bool) { return value(f.List[i]), value(f.List[i]) != "" })
	}
	return dataframe.New(
		text("what", func(x Finding) string { return x.Kind.String() }),
		rowOf("row", func(x Finding) int { return x.Row }), rowOf("other", func(x Finding) int { return x.Other }),
		text("column", func(x Finding) string { return x.Column }), text("detail", func(x Finding) string { return x.Detail }))
}

var findingsTable = template.Must(template.New("findings").Parse(
	`<details><summary>{{.Total}} findings</summary><table>{{range .Kinds}}
<tr><td style="text-align: right;">{{.Count}}</td><td style="text-align: left;">{{.What}}</td><td style="text-align: left;">{{.Where}}</td></tr>{{end}}
</table></details>`))

// HTML counts the findings of each kind and names the first rows of each.
func (f *Findings) HTML() string {
	type kind struct {
		Count       int
		What, Where string
	}
	data := struct {
		Total int
		Kinds []kind
	}{Total: len(f.List)}
	if data.Total == 0 {
		return "<div>no findings</div>"
	}
	of := make([][]Finding, len(findingNames))
	for _, x := range f.List {
		of[x.Kind] = append(of[x.Kind], x)
	}
	for k, list := range of {
		if len(list) > 0 {
			data.Kinds = append(data.Kinds, kind{len(list), FindingKind(k).String(), firstPlaces(list)})
		}
	}
	var b strings.Builder
	if err := findingsTable.Execute(&b, data); err != nil {
		return template.HTMLEscapeString(f.String())
	}
	return b.String()
}

// firstPlaces names where the first findings of a list are.
func firstPlaces(list []Finding) string {
	const shown = 5
	var places []string
	for _, x := range list[:min(shown, len(list))] {
		switch {
		case x.Column != "":
			places = append(places, "column "+dataframe.Clip(x.Column))
		case x.Detail != "":
			places = append(places, fmt.Sprintf("row %d (%s)", x.Row, dataframe.Printable(x.Detail, 100)))
		case x.Row >= 0:
			places = append(places, fmt.Sprintf("row %d", x.Row))
		}
	}
	text := strings.Join(places, ", ")
	if len(list) > shown {
		text += ", …"
	}
	return text
}

// whole reports whether the tree is all of its forest: the findings are then shown beneath it.
func (t Tree) whole() bool { return t.forest != nil && t.Len() == len(t.forest.number) }
