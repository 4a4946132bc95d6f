package plotting

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"strings"

	"github.com/gophertrees/gopherwood/ptree"
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

// HTML returns the figure as a notebook shows it: the tree in a frame of its own, which can be
// searched and selected in, and for readers that run no scripts the picture in a box that scrolls,
// with the table where one is wanted. A graph is a picture only.
func (f *Figure) HTML() string {
	html, _ := f.forms()["text/html"].(string)
	return html
}

// SimpleRender returns the figure's representations by their MIME types: HTML, PNG and plain
// text. It is the method by which notebook kernels display values (gophernotes' convention). So
// that a notebook stays small, the tree in it has at most 2,000 processes, and the picture 1,000
// rows, whatever MaxRows says, fewer where they take too much room. Both say what they leave out.
// Where the kernel can answer the tree is live, and whole.
func (f *Figure) SimpleRender() map[string]any {
	forms := f.forms()
	if f.interactive != nil {
		f.interactive.shown()
	}
	return forms
}

func (f *Figure) forms() map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bundle == nil {
		f.bundle = f.render()
	}
	return maps.Clone(f.bundle)
}

// stale makes the figure's representations anew when they are asked for next.
func (f *Figure) stale() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bundle = nil
}

// outlineRows bound the text of a figure.
const outlineRows = 40

// text is the figure for a console: a line about it, and the tree.
func (f *Figure) text() string {
	var b strings.Builder
	b.WriteString(f.summary + "\n")
	// a strings.Builder takes everything
	_ = f.tree.WriteOutline(&b, ptree.Outline{MaxRows: outlineRows, Width: 80})
	return strings.TrimSuffix(b.String(), "\n")
}

func (f *Figure) render() map[string]any {
	most := inlineBytes
	if f.interactive != nil {
		most = stillBytes // it stands behind the tree
	}
	s, png, err := f.inline(most)
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
	shown := html.String()
	if f.interactive != nil {
		shown = f.interactive.frame(template.HTML(shown))
	}
	return map[string]any{"text/html": shown, "image/png": f.still(png), "text/plain": f.text()}
}

const (
	inlineBytes = 850_000 // of the PNG in a notebook
	stillBytes  = 300_000 // of one that is in it twice
	stillRows   = 100
)

// inline returns the picture for a notebook, with as many rows as leave it small.
func (f *Figure) inline(size int) (*scene, []byte, error) {
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
		if err != nil || len(png) <= size || most <= stillRows {
			return s, png, err
		}
		most = min(most*9/10, most*size/len(png))
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
	if f.interactive != nil {
		_, picture, err := f.inline(stillBytes)
		if err != nil {
			picture = nil // the page is of use without it
		}
		if err := f.interactive.writePage(w, picture); err != nil {
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
