package main

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/gophertrees/gopherwood/internal/progress"
	"github.com/gophertrees/gopherwood/kernel"
)

// showProgressInNotebook makes the bars of long calls displays that update in place. Plain
// HTML is used, which every front end shows without an extension; what stays in the notebook
// is the last state, which holds no times, so that running twice stores the same.
func showProgressInNotebook() {
	progress.Open = func(string, int64) progress.View {
		var shown *kernel.Handle
		return func(s progress.State) {
			if shown == nil {
				shown = kernel.Display(bar(s))
				return
			}
			shown.Update(bar(s))
		}
	}
}

// bar is one state of a progress bar.
type bar progress.State

var barTemplate = template.Must(template.New("bar").Parse(
	`<div>{{.Title}} <progress{{if ge .Total 0}} value="{{.Done}}" max="{{.Total}}"{{end}}></progress> {{.Words}}</div>`))

// HTML shows the bar in a page.
func (b bar) HTML() string {
	var out strings.Builder
	if err := barTemplate.Execute(&out, b); err != nil {
		return template.HTMLEscapeString(b.String())
	}
	return out.String()
}

// String shows the bar in a console.
func (b bar) String() string { return fmt.Sprintf("%s: %s", b.Title, b.Words()) }

// Words tells how far the work is.
func (b bar) Words() string {
	switch {
	case b.Finished:
		return "done"
	case b.Total > 0:
		return fmt.Sprintf("%d%%", 100*b.Done/b.Total)
	}
	return fmt.Sprint(b.Done)
}
