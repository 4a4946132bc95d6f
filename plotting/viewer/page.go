package viewer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
)

// pageStyle is all that a page needs around the module, whose own styles are in its shadow root.
const pageStyle = `html,body{margin:0;height:100%;background:#fff}` +
	`@media (prefers-color-scheme:dark){html,body{background:#17191d}}#gopherwood-page{height:100%}` +
	`noscript{font:15px system-ui,sans-serif;display:block;margin:2em}`

// pageHead begins a page. Its policy allows the module, known by its hash, the threads that it
// makes of its own text to run search patterns in, and nothing from anywhere.
var pageHead = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
<script type="module" async>{{.Module}}</script>
</head>
<body>
<main id="gopherwood-page"><noscript><p>This page draws a process tree with JavaScript, which is off here.</p>{{with .Picture}}<img alt="{{$.Title}}" src="{{.}}">{{end}}</noscript></main>
<script type="application/json" id="gopherwood-options">{{.Options}}</script>
`))

// WritePage writes the tree as one page that works from disk, with no network, under the content
// security policy that it carries. The parts of the data follow each other in the order in which
// they are needed, each compressed by itself, so that the page paints while the rest is read.
//
// Its text is made of the data alone: the same tree gives the same bytes.
func WritePage(w io.Writer, d *Data, v View) error {
	options, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := pageHead.Execute(w, map[string]any{
		"Policy": policy(), "Title": pageTitle(d), "Style": template.CSS(pageStyle),
		"Module": template.JS(Module), "Options": template.JS(options), "Picture": picture(d),
	}); err != nil {
		return err
	}
	head := d.head(func(int) bool { return false })
	for from := 0; from < len(head); from += BlockSize {
		if err := writePart(w, -1, from/BlockSize, head[from:min(len(head), from+BlockSize)]); err != nil {
			return err
		}
	}
	for _, column := range d.byNeed() {
		if err := writeColumn(w, d, column); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "<i id=\"gopherwood-end\" hidden></i>\n</body>\n</html>\n")
	return err
}

// picture is what is seen where no script runs.
func picture(d *Data) template.URL {
	if len(d.Picture) == 0 {
		return ""
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(d.Picture))
}

func pageTitle(d *Data) string {
	if d.Title == "" {
		return "Process tree"
	}
	return d.Title
}

// policy names what the page's scripts and styles are by their hashes.
func policy() string {
	return fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; worker-src blob:; img-src blob: data:; base-uri 'none'; form-action 'none'",
		hash(Module), hash(pageStyle))
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// byNeed lists the columns, those first that every row shows.
func (d *Data) byNeed() []int {
	var out []int
	seen := make([]bool, len(d.Columns))
	for _, role := range []string{d.Roles.Name, d.Roles.PID, d.Roles.CommandLine} {
		for i, c := range d.Columns {
			if c.Name == role && !seen[i] {
				seen[i] = true
				out = append(out, i)
			}
		}
	}
	for i := range d.Columns {
		if !seen[i] {
			out = append(out, i)
		}
	}
	return out
}

func writeColumn(w io.Writer, d *Data, column int) error {
	size := len(d.encoded()[column].bytes)
	for block := 0; block*BlockSize < size; block++ {
		part, err := d.Block(column, block)
		if err != nil {
			return err
		}
		if err := writePart(w, column, block, part); err != nil {
			return err
		}
	}
	return nil
}

// writePart writes one block, compressed, as text that a browser does not run.
func writePart(w io.Writer, column, block int, part []byte) error {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(part)
	if err := z.Close(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "<script type=\"application/gzip\" data-column=\"%d\" data-block=\"%d\">%s</script>\n",
		column, block, base64.StdEncoding.EncodeToString(packed.Bytes()))
	return err
}
