package plotting

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// interactive is the tree of a figure that a person can use: in a page of its own, in a notebook
// that no kernel answers, and live, where what is selected comes back.
type interactive struct {
	tree    ptree.Tree
	facts   *processes
	options Options
	*selection

	data *viewer.Data // the live one
}

func newInteractive(t ptree.Tree, p *processes, o Options) *interactive {
	return &interactive{tree: t, facts: p, options: o, selection: newSelection(t, o)}
}

// frameRows and frameBytes bound the tree that a notebook file has inside; live and in a page of
// its own it is whole.
const (
	frameRows  = 2000
	frameBytes = 900_000
	frameLeast = 100
)

// writePage writes a page of its own; the picture is for browsers that run no scripts.
func (i *interactive) writePage(w io.Writer, picture []byte) error {
	d := viewerData(i.tree, i.facts, i.options)
	d.Picture = picture
	return viewer.WritePage(w, d, i.view())
}

// view says how the tree is first shown, with what is selected now.
func (i *interactive) view() viewer.View {
	v := i.options.view()
	runs, focus := i.selection.now()
	v.Selected = runs
	if focus >= 0 {
		v.Focus = &focus
	}
	return v
}

// frame returns the tree for a notebook's HTML, around what is seen where it cannot run, and opens
// it for the front end where there is one.
func (i *interactive) frame(fallback template.HTML) string {
	view, options := i.view(), viewer.FrameOptions{Fallback: fallback}
	for most := frameRows; ; most /= 2 {
		d := i.firstRows(most)
		options.Mount = i.mount(d, view)
		html := viewer.Frame(d, view, options)
		if len(html)-len(fallback) <= frameBytes || most/2 < frameLeast {
			return html
		}
	}
}

// firstRows returns the first processes as the page reads them.
func (i *interactive) firstRows(most int) *viewer.Data {
	if i.tree.Len() <= most {
		return viewerData(i.tree, i.facts, i.options)
	}
	d := viewerData(i.selection.tree.Head(most), i.facts, i.options)
	d.Total = i.tree.Len()
	return d
}

// mount returns the text by which the live tree finds its output. The first call opens the tree.
func (i *interactive) mount(shown *viewer.Data, view viewer.View) string {
	name := contentName(shown, view)
	if i.selection.page != nil {
		return i.selection.page.Mount()
	}
	if viewer.Open == nil {
		return name
	}
	i.data = viewerData(i.tree, i.facts, i.options)
	page := viewer.Open(&viewer.Live{Name: name, Data: i.data, View: i.options.view(),
		Now: i.selection.now, Changed: i.selection.changed, Settled: i.selection.settled, Focused: i.selection.focused})
	i.selection.attach(page)
	return page.Mount()
}

// contentName is the same for trees that are shown alike, in every run.
func contentName(d *viewer.Data, v viewer.View) string {
	options, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and numbers
	}
	sum := sha256.New()
	sum.Write(options)
	sum.Write(d.Encode())
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}
