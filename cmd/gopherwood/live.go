package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/widget"
	"github.com/gophertrees/gopherwood/plotting/viewer"
)

// showFiguresLive makes figures of process trees live in front ends that show widgets. Their
// outputs are the same everywhere; the widget has no view, but draws in the figure's output.
func showFiguresLive() {
	figures := &liveFigures{names: map[string]int{}}
	viewer.Open = func(l *viewer.Live) viewer.Page { return figures.open(l) }
}

// liveFigures are the figures that front ends know.
type liveFigures struct {
	mu    sync.Mutex
	names map[string]int // how many figures have a name
	shown []*liveFigure  // the latest last
}

// A front end keeps what it is sent, also of outputs that are gone, so only so much stays live. The
// tree of a figure that is closed remains where it is drawn and can be read, but answers no more.
const (
	mostFigures = 64
	mostBytes   = 256 << 20
)

// liveFigure is a figure on both sides.
type liveFigure struct {
	all    *liveFigures
	live   *viewer.Live
	mount  string
	widget *widget.Widget
	size   int
}

// open numbers figures that look alike, as they appear: the same notebook gives the same names.
func (f *liveFigures) open(l *viewer.Live) viewer.Page {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.names[l.Name]++
	mount := l.Name
	if n := f.names[l.Name]; n > 1 {
		mount = fmt.Sprintf("%s-%d", l.Name, n)
	}
	return &liveFigure{all: f, live: l, mount: mount}
}

// Mount implements viewer.Page.
func (p *liveFigure) Mount() string { return p.mount }

// liveRows is the size up to which a tree is sent whole; of larger ones the page asks for columns
// when it needs them.
const liveRows = 5000

// Show makes the front end know the figure, unless it does.
func (p *liveFigure) Show() {
	if !widget.Managed() {
		return
	}
	p.all.mu.Lock()
	defer p.all.mu.Unlock()
	if p.widget == nil {
		if err := p.make(); err != nil {
			fmt.Fprintf(os.Stderr, "the figure is not live: %v\n", err)
			return
		}
	}
	if err := p.widget.Open(); err != nil {
		fmt.Fprintf(os.Stderr, "the figure is not live: %v\n", err)
		return
	}
	p.all.keep(p)
}

// make prepares the widget.
func (p *liveFigure) make() error {
	data := p.live.Data.EncodeFor(liveRows)
	runs, focus := p.live.Now()
	w, err := widget.New(widget.Model{
		Name: "gopherwood.ProcessTree",
		ESM:  viewer.Module,
		State: map[string]any{
			"data": data, "options": p.live.View, "mount": p.mount, "theme": "",
			"selected": runs, "focus": focus, "state": map[string]any{},
		},
	})
	if err != nil {
		return err
	}
	w.OnChange("selected", p.selected)
	w.OnChange("focus", func(value any) {
		if row, ok := value.(float64); ok {
			p.live.Focused(int(row))
		}
	})
	w.OnCustom(p.asked)
	p.widget, p.size = w, len(data)+len(viewer.Module)
	return nil
}

// keep makes a figure the latest, and closes the oldest when there are too many.
func (f *liveFigures) keep(p *liveFigure) {
	kept, size := []*liveFigure{p}, p.size
	for i := len(f.shown) - 1; i >= 0; i-- {
		other := f.shown[i]
		if other == p {
			continue
		}
		size += other.size
		if len(kept) < mostFigures && size <= mostBytes {
			kept = append(kept, other)
			continue
		}
		_ = other.widget.Close() // fails when the front end has closed it
		other.widget = nil
	}
	slices.Reverse(kept)
	f.shown = kept
}

// Set implements viewer.Page.
func (p *liveFigure) Set(runs []int, focus int) {
	p.all.mu.Lock()
	w := p.widget
	p.all.mu.Unlock()
	if w == nil {
		return
	}
	if err := w.Update(map[string]any{"selected": runs, "focus": focus}); err != nil {
		fmt.Fprintf(os.Stderr, "the figure cannot follow: %v\n", err)
	}
}

// selected takes a person's selection.
func (p *liveFigure) selected(value any) {
	var runs []int
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &runs)
	}
	if err == nil {
		err = p.live.Changed(runs)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "a selection was dropped: %v\n", err)
		return
	}
	kernel.BetweenCells(p.live.Settled)
}

// asked answers the page's questions for parts of columns.
func (p *liveFigure) asked(content any, _ [][]byte) {
	question, _ := content.(map[string]any)
	column, isColumn := question["column"].(float64)
	block, isBlock := question["block"].(float64)
	if question["type"] != "block" || !isColumn || !isBlock {
		return
	}
	answer, err := p.live.Data.Block(int(column), int(block))
	if err != nil {
		fmt.Fprintf(os.Stderr, "a figure asked for what it does not have: %v\n", err)
		return
	}
	p.all.mu.Lock()
	w := p.widget
	p.all.mu.Unlock()
	if w != nil {
		_ = w.Send(question, answer) // fails when the front end has closed it
	}
}
