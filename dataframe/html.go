package dataframe

import (
	"html/template"
	"strings"
)

// The table is pandas' own, so Jupyter's styles for it apply, in light and dark. Nothing here
// names a colour, and nothing needs a style element: JupyterLab takes those out of notebooks
// that it does not trust.
var page = template.Must(template.New("table").Parse(`
{{- define "cell"}}{{if .Null}}<span style="opacity: 0.65">{{.Text}}</span>
{{- else if .Title}}<span title="{{.Title}}">{{.Text}}</span>
{{- else}}{{.Text}}{{end}}{{end -}}

{{- define "below"}}{{range .}}<p><small>{{.}}</small></p>
{{end}}{{end -}}

{{- define "frame"}}<div>
<table border="0" class="dataframe">
<thead>
<tr style="text-align: right;"><th></th>{{range .Head}}<th>{{template "cell" .}}</th>{{end}}</tr>
{{if .Index}}<tr><th>{{.Index}}</th>{{range .Head}}<th></th>{{end}}</tr>
{{end}}</thead>
<tbody style="white-space: nowrap;">
{{range .Body}}<tr><th>{{template "cell" .Label}}</th>{{range .Cells}}<td>{{template "cell" .}}</td>{{end}}</tr>
{{end}}</tbody>
</table>
<p>{{.Footer}}</p>
{{template "below" .Below}}</div>{{end -}}

{{- define "row"}}<div>
<table border="0" class="dataframe">
<tbody>
{{range .Body}}<tr><th>{{template "cell" .Label}}</th>{{range .Cells}}<td style="text-align: left;">{{template "cell" .}}</td>{{end}}</tr>
{{end}}</tbody>
</table>
<p>{{.Footer}}</p>
</div>{{end -}}
`))

// pageData is what the templates show.
type pageData struct {
	Index  string
	Head   []cell
	Body   []pageRow
	Footer string
	Below  []string
}

type pageRow struct {
	Label cell
	Cells []cell
}

// HTML returns the frame as pandas shows it in a notebook: at most 60 rows, or the first and
// last 5 of more, and at most 20 columns; cells are cut at 50 characters, with up to 500 in
// the tooltip. Below it stand the size, what is not shown, notes and bad records. Text is
// made safe by [Printable] and escaped.
func (d DataFrame) HTML() string {
	g := d.grid()
	data := pageData{Index: g.Index, Head: withGap(g.Names, g.ColGap), Footer: g.footer(), Below: g.Below}
	for i, label := range g.Labels {
		if g.RowGap > 0 && i == g.RowGap {
			data.Body = append(data.Body, pageRow{cell{Text: "…"}, dots(len(data.Head))})
		}
		row := make([]cell, len(g.Columns))
		for j, c := range g.Columns {
			row[j] = c[i]
		}
		data.Body = append(data.Body, pageRow{label, withGap(row, g.ColGap)})
	}
	return render("frame", data)
}

func render(name string, data pageData) string {
	var out strings.Builder
	if err := page.ExecuteTemplate(&out, name, data); err != nil {
		panic(err) // a Builder never fails, and the template has no call that could
	}
	return out.String()
}

func withGap(row []cell, gap int) []cell {
	if gap == 0 {
		return row
	}
	out := append([]cell(nil), row[:gap]...)
	return append(append(out, cell{Text: "…"}), row[gap:]...)
}

func dots(n int) []cell {
	out := make([]cell, n)
	for i := range out {
		out[i].Text = "…"
	}
	return out
}
