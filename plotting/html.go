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
		`<img {{.Source}} width="{{.Width}}" height="{{.Height}}" style="max-width:none;display:block" alt="{{.Summary}}"></div>` +
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
// picture has 1,000 rows at most, whatever MaxRows says, fewer where they take more than a megabyte,
// and of a large one the plain PNG has 100, so that a notebook stays small.
func (f *Figure) SimpleRender() map[string]any {
	f.once.Do(func() { f.bundle = f.render() })
	out := make(map[string]any, len(f.bundle))
	for k, v := range f.bundle {
		out[k] = v
	}
	return out
}

func (f *Figure) render() map[string]any {
	s, png, err := f.inline()
	if err != nil {
		return map[string]any{"text/plain": f.summary + ": " + err.Error()}
	}
	var html strings.Builder
	err = notebookHTML.Execute(&html, map[string]any{
		"Scroll": f.scroll, "Width": int(s.width), "Height": int(s.height), "Summary": f.summary,
		"Source": template.HTMLAttr(`src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(png) + `"`),
		"Table":  f.tableHTML(),
	})
	if err != nil {
		return map[string]any{"text/plain": f.summary + ": " + err.Error()}
	}
	return map[string]any{"text/html": html.String(), "image/png": f.still(png), "text/plain": f.summary}
}

const (
	inlineBytes = 850_000 // of the PNG in a notebook
	stillBytes  = 300_000 // of one that is in it twice
	stillRows   = 100
)

// inline returns the picture for a notebook, with as many rows as leave it small.
func (f *Figure) inline() (*scene, []byte, error) {
	most := f.rows(mostRowsPNG)
	if most == 0 || most > mostNotebook {
		most = mostNotebook
	}
	for {
		s, err := f.single(most)
		if err != nil {
			return nil, nil, err
		}
		png, err := s.encodePNG()
		if err != nil || len(png) <= inlineBytes || most <= stillRows {
			return s, png, err
		}
		most = min(most*9/10, most*inlineBytes/len(png))
	}
}

// still returns the picture for readers that show no HTML, such as a notebook made into a PDF:
// the same one, or one that is folded to fewer rows when it is large.
func (f *Figure) still(png []byte) []byte {
	if len(png) <= stillBytes {
		return png
	}
	s, err := f.single(stillRows)
	if err != nil {
		return png
	}
	small, err := s.encodePNG()
	if err != nil || len(small) > len(png) {
		return png
	}
	return small
}

// tableHTML is the table, which dataframe has escaped already.
func (f *Figure) tableHTML() template.HTML {
	if f.table == nil {
		return ""
	}
	return template.HTML(f.table())
}

// writeHTML writes a page of its own: the interactive tree, see package viewer, or the
// picture as SVG so that its text can be searched and copied. Neither loads anything from anywhere,
// and the picture runs no script.
func (f *Figure) writeHTML(w io.Writer) error {
	if f.page != nil {
		if err := f.page(w); err != nil {
			return fmt.Errorf("writing the page: %w", err)
		}
		return nil
	}
	s, err := f.single(f.rows(mostRowsVector))
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
