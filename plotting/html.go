package plotting

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

var notebookHTML = template.Must(template.New("notebook").Parse(
	`<div style="max-height:{{.Scroll}}px;overflow:auto;border:1px solid rgba(128,128,128,.35)">` +
		`<img src="{{.Image}}" width="{{.Width}}" height="{{.Height}}" style="max-width:none;display:block" alt="{{.Summary}}"></div>` +
		`{{.Table}}`))

var pageHTML = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>{{.Title}}</title>
<style>body{margin:0;background:{{.Paper}};color:{{.Ink}};font-family:"Liberation Sans",Arial,Helvetica,sans-serif}.table{margin:16px;overflow:auto}</style>
{{.Picture}}
{{with .Table}}<div class="table">{{.}}</div>
{{end}}</html>
`))

// HTML returns the figure as a notebook shows it: the picture in a box that scrolls, and the
// table where one is wanted.
func (f *Figure) HTML() string {
	html, _ := f.SimpleRender()["text/html"].(string)
	return html
}

// SimpleRender returns the figure's representations by their MIME types: HTML, PNG and plain
// text. It is the method by which notebook kernels display values (gophernotes' convention). The
// picture has 1,000 rows at most, whatever MaxRows says, so that a notebook stays small.
func (f *Figure) SimpleRender() map[string]any {
	f.once.Do(func() { f.bundle = f.render() })
	out := make(map[string]any, len(f.bundle))
	for k, v := range f.bundle {
		out[k] = v
	}
	return out
}

func (f *Figure) render() map[string]any {
	most := rowsFor(f.maxRows, mostRowsPNG)
	if most == 0 || most > mostNotebook {
		most = mostNotebook
	}
	s, err := f.single(most)
	var png []byte
	if err == nil {
		png, err = s.encodePNG()
	}
	if err != nil {
		return map[string]any{"text/plain": f.summary + ": " + err.Error()}
	}
	var html strings.Builder
	err = notebookHTML.Execute(&html, map[string]any{
		"Scroll": f.scroll, "Width": int(s.width), "Height": int(s.height), "Summary": f.summary,
		"Image": template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)),
		"Table": f.tableHTML(),
	})
	if err != nil {
		return map[string]any{"text/plain": f.summary + ": " + err.Error()}
	}
	return map[string]any{"text/html": html.String(), "image/png": png, "text/plain": f.summary}
}

// tableHTML is the table, which dataframe has escaped already.
func (f *Figure) tableHTML() template.HTML {
	if f.table == nil {
		return ""
	}
	return template.HTML(f.table())
}

// writeHTML writes a page of its own, with the picture as SVG so that its text can be searched
// and copied. It loads nothing from anywhere and runs no script.
func (f *Figure) writeHTML(w io.Writer) error {
	s, err := f.single(rowsFor(f.maxRows, mostRowsVector))
	if err != nil {
		return err
	}
	ink := lightTheme.ink
	if s.background == darkTheme.paper {
		ink = darkTheme.ink
	}
	err = pageHTML.Execute(w, map[string]any{
		"Title": s.title, "Paper": template.CSS(hex(s.background)), "Ink": template.CSS(hex(ink)),
		"Picture": template.HTML(s.svg()), "Table": f.tableHTML(),
	})
	if err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}
