package plotting

import (
	"fmt"
	"slices"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// selection is what is selected in a figure, as runs of rows, and whose subtree alone is shown.
type selection struct {
	tree     ptree.Tree       // in the forest's order, as the rows of the page are
	output   func(ptree.Tree) // fills the cell's variable; nil when there is none
	onSelect func(ptree.Tree)

	mu    sync.Mutex
	runs  []int // from, to, from, to, …, ascending; to is exclusive
	focus int   // -1 for all
	page  viewer.Page
}

func newSelection(t ptree.Tree, o Options) *selection {
	s := &selection{tree: t, output: outputOf(o.OutputVar), onSelect: o.OnSelect, runs: []int{}, focus: -1}
	if order := ascending(t.Positions()); order != nil {
		s.tree = t.Take(order)
	}
	return s
}

// outputOf returns how to fill the variable of [Options.OutputVar].
func outputOf(variable any) func(ptree.Tree) {
	switch v := variable.(type) {
	case nil:
		return nil
	case *ptree.Tree:
		if v != nil {
			return func(t ptree.Tree) { *v = t }
		}
	case *[]string:
		if v != nil {
			return func(t ptree.Tree) { *v = t.Keys() }
		}
	}
	panic(&dataframe.UsageError{Message: fmt.Sprintf("OutputVar is a %T: give the address of a ptree.Tree or of a []string, such as &picked", variable)})
}

// Selected returns what is selected in the figure now, in the forest's order. It may be called
// while a person selects, also in a loop that waits for that.
func (f *Figure) Selected() ptree.Tree { return f.selectionOf("Selected").selected() }

// Select selects processes in the figure, wherever it is shown live, in place of those that were
// selected; without any nothing is selected. Each is a process, a row of a tree's table, a key, a
// []string of keys or a [ptree.Tree]. An unknown one is a panic. [Options.OutputVar] follows,
// [Options.OnSelect] is not called.
func (f *Figure) Select(sources ...any) {
	s := f.selectionOf("Select")
	rows := make([]int, 0, len(sources))
	for _, source := range sources {
		rows = append(rows, s.rows(source)...)
	}
	slices.Sort(rows)
	s.set(func() { s.runs = runsOf(slices.Compact(rows)) })
	f.stale()
	if s.output != nil {
		s.output(s.selected())
	}
}

// Focus shows the subtree of a process alone, wherever the figure is shown live; "" shows all
// again. The source is a process, a row of a tree's table or a key.
func (f *Figure) Focus(source any) {
	s, row := f.selectionOf("Focus"), -1
	if source != "" {
		row = s.row(source)
	}
	s.set(func() { s.focus = row })
	f.stale()
}

func (f *Figure) selectionOf(method string) *selection {
	if f.interactive == nil {
		panic(&dataframe.UsageError{Message: method + " is for figures of PlotProcessTree: this one is a picture, in which nothing can be selected"})
	}
	return f.interactive.selection
}

// rows returns where a source's processes are.
func (s *selection) rows(source any) (out []int) {
	switch source := source.(type) {
	case ptree.Tree:
		for i := range source.Len() {
			out = append(out, s.row(source.At(i)))
		}
	case []string:
		for _, key := range source {
			out = append(out, s.row(key))
		}
	default:
		out = []int{s.row(source)}
	}
	return out
}

func (s *selection) row(source any) int {
	at := s.tree.Place(source)
	if at < 0 {
		panic(&dataframe.UsageError{Message: fmt.Sprintf("the process %s is not in the figure", dataframe.Clip(ptree.BuildProcessKey(source)))})
	}
	return at
}

// set changes the selection and tells the page.
func (s *selection) set(change func()) {
	s.mu.Lock()
	change()
	runs, focus, page := s.runs, s.focus, s.page
	s.mu.Unlock()
	if page != nil {
		page.Set(runs, focus)
	}
}

// attach makes a page follow.
func (s *selection) attach(p viewer.Page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page = p
}

// shown is called when the figure goes out.
func (s *selection) shown() {
	s.mu.Lock()
	page := s.page
	s.mu.Unlock()
	if page != nil {
		page.Show()
	}
}

func (s *selection) now() (runs []int, focus int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs, s.focus
}

func (s *selection) selected() ptree.Tree {
	runs, _ := s.now()
	var rows []int32
	for i := 0; i < len(runs); i += 2 {
		for row := runs[i]; row < runs[i+1]; row++ {
			rows = append(rows, int32(row))
		}
	}
	return s.tree.Take(rows)
}

// changed takes what a person selected. The page is not trusted with places.
func (s *selection) changed(runs []int) error {
	end := -1
	for _, at := range runs {
		if at <= end || at > s.tree.Len() || len(runs)%2 != 0 {
			return fmt.Errorf("the page selected rows %.80v of %d: these are no ascending runs", runs, s.tree.Len())
		}
		end = at
	}
	s.mu.Lock()
	s.runs = slices.Clone(runs)
	s.mu.Unlock()
	if s.onSelect != nil {
		s.onSelect(s.selected())
	}
	return nil
}

// settled fills the cell's variable.
func (s *selection) settled() {
	if s.output != nil {
		s.output(s.selected())
	}
}

func (s *selection) focused(row int) {
	if row < -1 || row >= s.tree.Len() {
		return
	}
	s.mu.Lock()
	s.focus = row
	s.mu.Unlock()
}

// runsOf joins ascending rows: from, to, from, to, …
func runsOf(rows []int) []int {
	runs := []int{}
	for _, row := range rows {
		if n := len(runs); n > 0 && runs[n-1] == row {
			runs[n-1]++
		} else {
			runs = append(runs, row, row+1)
		}
	}
	return runs
}
