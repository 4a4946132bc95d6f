package logs

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Format is one kind of file that can be read.
type Format struct {
	Name        string   // what [Options] and the command line call it
	Description string   // one line
	Extensions  []string // usual endings of file names; the bytes decide, not they
	Spec        string   // address of the format's specification
}

// FormatList is what [Formats] returns: a list that shows itself as a table.
type FormatList []Format

// Formats returns every format that can be read, in the order in which they are tried.
func Formats() FormatList {
	out := make(FormatList, len(formats))
	for i, f := range formats {
		out[i] = f.Format
		out[i].Extensions = slices.Clone(f.Extensions)
	}
	return out
}

// String shows the formats as a table of text.
func (l FormatList) String() string {
	var b strings.Builder
	for _, f := range l {
		fmt.Fprintf(&b, "%-11s %-75s %-16s %s\n", f.Name, f.Description, strings.Join(f.Extensions, " "), f.Spec)
	}
	b.WriteString("each also compressed by gzip, zstd, xz or zip (.gz .zst .xz .zip)\n")
	return b.String()
}

var formatTable = template.Must(template.New("formats").Parse(`<table>
<thead><tr><th>format</th><th>what it is</th><th>file names</th></tr></thead>
<tbody>{{range .}}
<tr><td><a href="{{.Spec}}">{{.Name}}</a></td><td>{{.Description}}</td><td>{{range .Extensions}}{{.}} {{end}}</td></tr>{{end}}
</tbody></table>
<p>Each also compressed by gzip, zstd, xz or zip (.gz .zst .xz .zip).</p>`))

// HTML shows the formats as a table with links to their specifications.
func (l FormatList) HTML() string {
	var b strings.Builder
	if err := formatTable.Execute(&b, l); err != nil {
		return template.HTMLEscapeString(l.String())
	}
	return b.String()
}

// format is a format with its reader.
type format struct {
	Format
	matches func(*source) bool // whether the bytes are of this format
	decode  func(*source) (dataframe.DataFrame, error)
	binary  bool // not text: never turned into UTF-8

	// streams reports whether the text can be read line by line, without ever being in memory as
	// a whole; nil is never. The beginning of the text decides.
	streams func(*source) bool
}

// formats is the only place that knows all formats. The first that matches is taken: magic
// numbers come first, then text with braces, and tables of text, which fit most, last.
var formats = []*format{evtxFormat, parquetFormat, arrowFormat, pickleFormat,
	auditdFormat, sysmonLinuxFormat, tetragonFormat, falcoFormat, osqueryFormat, winxmlFormat, winjsonFormat, volatilityFormat,
	jsonlFormat, jsonFormat, volatilityTextFormat, psFormat, wmilistFormat, tsvFormat, csvFormat}

func formatNamed(name string) *format {
	for _, f := range formats {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func formatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.Name)
	}
	return names
}

func unknownFormat(name string) error {
	if near := dataframe.Nearest(name, formatNames()); len(near) > 0 {
		return fmt.Errorf("no format %s: did you mean %s?", dataframe.Clip(name), strings.Join(near, " or "))
	}
	return fmt.Errorf("no format %s: there are %s", dataframe.Clip(name), strings.Join(formatNames(), ", "))
}
