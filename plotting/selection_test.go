package plotting

import (
	"html"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

// frontEnd is a page without a browser.
type frontEnd struct {
	live  *viewer.Live
	shown int
	runs  []int
	focus int
}

func (p *frontEnd) Mount() string             { return p.live.Name + "-mounted" }
func (p *frontEnd) Show()                     { p.shown++ }
func (p *frontEnd) Set(runs []int, focus int) { p.runs, p.focus = runs, focus }

// withFrontEnd gives figures a front end; the page of the last figure is in the result.
func withFrontEnd(t *testing.T) *frontEnd {
	t.Helper()
	p := &frontEnd{}
	viewer.Open = func(l *viewer.Live) viewer.Page { p.live = l; return p }
	t.Cleanup(func() { viewer.Open = nil })
	return p
}

func TestSelectionComesBack(t *testing.T) {
	p := withFrontEnd(t)
	var picked ptree.Tree
	var keys []string
	var called []string
	tree := treeOf(t, office)
	f := PlotProcessTree(tree, Options{OutputVar: &picked, OnSelect: func(s ptree.Tree) { called = append(called, strings.Join(s.Keys(), " ")) }})
	g := PlotProcessTree(tree.Sort(dataframe.Desc("CommandLine")), Options{OutputVar: &keys})
	for _, figure := range []*Figure{f, g} {
		figure.SimpleRender()
		if err := p.live.Changed([]int{1, 2, 3, 5}); err != nil {
			t.Fatal(err)
		}
		if picked.Len() > 0 && figure == f || len(keys) > 0 {
			t.Errorf("the variable is filled while a cell may run: %v, %v", picked.Keys(), keys)
		}
		p.live.Settled()
	}
	want := tree.Take([]int32{1, 3, 4}).Keys()
	if got := picked.Keys(); !slices.Equal(got, want) {
		t.Errorf("OutputVar has %q, want %q", got, want)
	}
	if !slices.Equal(keys, want) {
		t.Errorf("OutputVar of a sorted tree has the keys %q, want %q in the forest's order", keys, want)
	}
	if got := f.Selected().Keys(); !slices.Equal(got, want) || !slices.Equal(called, []string{strings.Join(want, " ")}) {
		t.Errorf("Selected() = %q, OnSelect had %q, want %q once", got, called, want)
	}
	for _, bad := range [][]int{{1}, {2, 1}, {0, 1, 1, 2}, {-1, 2}, {0, tree.Len() + 1}} {
		if err := p.live.Changed(bad); err == nil {
			t.Errorf("Changed(%d) takes runs that cannot be", bad)
		}
	}
}

func TestSelectTellsThePage(t *testing.T) {
	tree := treeOf(t, office)
	keys := tree.Keys()
	var picked []string
	f := PlotProcessTree(tree, Options{OutputVar: &picked})
	f.Select(keys[2])
	if before := html.UnescapeString(f.HTML()); !strings.Contains(before, `"Selected":[2,3]`) {
		t.Errorf("the frame does not begin with the selection")
	}
	p := withFrontEnd(t)
	f.Focus("") // its HTML is made anew, now with a front end
	bundle := f.SimpleRender()
	if output := bundle["text/html"].(string); !strings.Contains(output, `data-gopherwood="`+p.Mount()+`"`) || p.shown != 1 {
		t.Errorf("the output has no mount %q, or was shown %d times", p.Mount(), p.shown)
	}
	if runs, focus := p.live.Now(); !slices.Equal(runs, []int{2, 3}) || focus != -1 {
		t.Errorf("the page begins with %d and focus %d, want what was selected before", runs, focus)
	}
	for _, c := range []struct {
		sources []any
		want    []int
	}{
		{[]any{keys[1], keys[0], keys[3]}, []int{0, 2, 3, 4}},
		{[]any{tree.At(4), tree.DataFrame().At(1)}, []int{1, 2, 4, 5}},
		{[]any{keys[1:3], keys[2]}, []int{1, 3}},
		{[]any{tree.Head(3)}, []int{0, 3}},
		{nil, []int{}},
	} {
		f.Select(c.sources...)
		if !reflect.DeepEqual(p.runs, c.want) {
			t.Errorf("Select(%v) sends %d, want %d", c.sources, p.runs, c.want)
		}
		if want := f.Selected().Keys(); !slices.Equal(picked, want) {
			t.Errorf("Select(%v) leaves %q in the variable, want %q", c.sources, picked, want)
		}
	}
	f.Focus(keys[1])
	if p.focus != 1 {
		t.Errorf("Focus(%q) sends %d, want 1", keys[1], p.focus)
	}
	p.live.Focused(99)
	p.live.Focused(2)
	f.Select(keys[0])
	if p.focus != 2 {
		t.Errorf("Select moves the focus to %d, want 2, as the person has set it", p.focus)
	}
}

func TestSelectionMistakes(t *testing.T) {
	tree := treeOf(t, office)
	f := PlotProcessTree(tree.Head(2))
	for name, use := range map[string]func(){
		"an unknown key":           func() { f.Select("no such key") },
		"a process of another row": func() { f.Select(tree.At(3)) },
		"no source":                func() { f.Select(17) },
		"a graph":                  func() { PlotGraph(tree).Select() },
		"a Tree":                   func() { PlotProcessTree(tree, Options{OutputVar: tree}) },
		"a nil pointer":            func() { PlotProcessTree(tree, Options{OutputVar: (*ptree.Tree)(nil)}) },
	} {
		err := mistake(use)
		if err == nil || len(err.Error()) < 20 {
			t.Errorf("%s is no mistake: %v", name, err)
		}
	}
}

// mistake returns the error that f panics with.
func mistake(f func()) (err error) {
	defer func() { err, _ = recover().(error) }()
	f()
	return nil
}

// TestFrameIsBounded: a notebook has the first processes of a large tree, and says how many there are.
func TestFrameIsBounded(t *testing.T) {
	tree := treeOf(t, broad(5000, 5))
	if output := PlotProcessTree(tree).HTML(); len(output) > 1_600_000 {
		t.Errorf("the output has %d bytes, want 1.6 MB at most", len(output))
	}
	i := newInteractive(tree, processesOf(tree), Options{}.complete())
	if d := i.firstRows(frameRows); len(d.Parent) != frameRows || d.Total != tree.Len() {
		t.Errorf("the frame has %d rows of %d, want %d of %d", len(d.Parent), d.Total, frameRows, tree.Len())
	}
}

// TestOutputsAreTheSame: two figures of one tree give the same bytes, in every run.
func TestOutputsAreTheSame(t *testing.T) {
	one, two := PlotProcessTree(treeOf(t, office)).SimpleRender(), PlotProcessTree(treeOf(t, office)).SimpleRender()
	if !reflect.DeepEqual(one, two) {
		t.Error("the outputs of two figures of one tree differ")
	}
	other := PlotProcessTree(treeOf(t, office).Head(2))
	if mountOf(t, one["text/html"].(string)) == mountOf(t, other.HTML()) {
		t.Error("figures of different trees have one mount")
	}
}

func mountOf(t *testing.T, output string) string {
	t.Helper()
	_, after, found := strings.Cut(output, `data-gopherwood="`)
	name, _, _ := strings.Cut(after, `"`)
	if !found || len(name) != 16 {
		t.Fatalf("the output has the mount %q, want 16 digits", name)
	}
	return name
}
