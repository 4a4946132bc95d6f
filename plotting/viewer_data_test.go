package plotting

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting/viewer"
	"github.com/gophertrees/gopherwood/ptree"
)

func dataOf(t ptree.Tree, o Options) *viewer.Data {
	return viewerData(t, processesOf(t), o.complete())
}

// columnNamed returns a column of the page and where it is.
func columnNamed(t *testing.T, d *viewer.Data, name string) viewer.Column {
	t.Helper()
	for _, c := range d.Columns {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("the page has no column %q", name)
	return viewer.Column{}
}

// textOf returns a text column's value, "null" for none.
func textOf(c viewer.Column, row int) string {
	if c.Codes[row] < 0 || c.Null != nil && c.Null[row] {
		return "null"
	}
	return c.Texts[c.Codes[row]]
}

// treesOfOneForest are the shapes that a tree can be given in.
func treesOfOneForest(tree ptree.Tree) map[string]ptree.Tree {
	return map[string]ptree.Tree{
		"whole":    tree,
		"filtered": tree.Where(dataframe.Ne("CommandLine", "tool1.exe --input C:\\data\\file1.txt --verbose")),
		"sparse":   tree.Where(dataframe.Eq("SubjectUserName", "bob")),
		"sorted":   tree.Sort(dataframe.Desc("CommandLine")),
		"both":     tree.Where(dataframe.Eq("SubjectUserName", "ann")).Sort("NewProcessName"),
		"one":      tree.Tail(1),
	}
}

// TestViewerDataIsTheTree holds every row of the page against the process at its place.
func TestViewerDataIsTheTree(t *testing.T) {
	whole := treeOf(t, broad(300, 4))
	for name, tree := range treesOfOneForest(whole) {
		d := dataOf(tree, Options{})
		if n := tree.Len(); len(d.Parent) != n || len(d.Depth) != n || len(d.Position) != n || len(d.Flags) != n || len(d.Start) != n {
			t.Fatalf("%s: the page has arrays of other lengths than %d", name, n)
		}
		if !slices.IsSorted(d.Position) {
			t.Errorf("%s: Position = %v, want it ascending", name, d.Position)
		}
		parents := tree.Parents()
		keys, lines := columnNamed(t, d, d.Roles.Key), columnNamed(t, d, d.Roles.CommandLine)
		place := map[string]int{}
		for i, key := range tree.Keys() {
			place[key] = i
		}
		for row, position := range d.Position {
			p := whole.At(int(position))
			if got := textOf(keys, row); got != p.Key {
				t.Fatalf("%s: row %d has the key %q, want %q", name, row, got, p.Key)
			}
			if want := p.CommandLine(); !p.Inferred() && textOf(lines, row) != want {
				t.Errorf("%s: row %d has the command line %q, want %q", name, row, textOf(lines, row), want)
			}
			if int(d.Depth[row]) != p.Depth() || d.Flags[row]&viewer.Inferred != 0 != p.Inferred() {
				t.Errorf("%s: row %d has depth %d and flags %d, want %d, inferred %v", name, row, d.Depth[row], d.Flags[row], p.Depth(), p.Inferred())
			}
			want := "none"
			if up := parents[place[p.Key]]; up >= 0 {
				want = tree.At(int(up)).Key
			}
			got := "none"
			if d.Parent[row] >= 0 {
				got = textOf(keys, int(d.Parent[row]))
			}
			if got != want || int(d.Parent[row]) >= row {
				t.Errorf("%s: row %d has the parent %s in row %d, want %s before it", name, row, got, d.Parent[row], want)
			}
			if p.Time.IsZero() != (d.Start[row] == viewer.Unknown) || !p.Time.IsZero() && d.Start[row] != p.Time.UnixNano() {
				t.Errorf("%s: row %d starts at %d, want %v", name, row, d.Start[row], p.Time)
			}
		}
	}
}

// TestViewerHasEveryColumn holds the page's columns against the table, value by value.
func TestViewerHasEveryColumn(t *testing.T) {
	n := 60
	numbers, truths := make([]float64, n), make([]bool, n)
	for i := range n {
		numbers[i], truths[i] = float64(i)/7, i%3 == 0
	}
	tree := treeOf(t, broad(n, 3), dataframe.Floats("Score", numbers), dataframe.Bools("Odd", truths))
	d, df := dataOf(tree, Options{}), tree.DataFrame()
	if len(d.Columns) != df.Ncol()+1 {
		t.Errorf("the page has %d columns, want the table's %d and its index", len(d.Columns), df.Ncol())
	}
	unknown := 0
	for _, name := range df.Names() {
		want, got := df.Col(name), columnNamed(t, d, name)
		for i := range tree.Len() {
			null := got.Kind == viewer.Absent || got.Null != nil && got.Null[i] || got.Kind == viewer.Text && got.Codes[i] < 0
			if want.Kind() == dataframe.Time && want.Nanos()[i] == 0 {
				unknown++
				if !null {
					t.Errorf("%s, row %d: the page has the time %d, want none", name, i, got.Ints[i])
				}
				continue
			}
			same := null
			switch {
			case want.IsNull(i) || null:
				same = want.IsNull(i) == null
			case got.Kind == viewer.Text:
				same = textOf(got, i) == want.Text(i)
			case got.Kind == viewer.Float:
				same = got.Float[i] == want.Floats()[i]
			case got.Kind == viewer.Bool:
				same = got.Ints[i] == 1 == want.Bools()[i]
			case got.Kind == viewer.Time:
				same = got.Ints[i] == want.Nanos()[i]
			case got.Kind == viewer.Int:
				same = got.Ints[i] == want.Ints()[i]
			}
			if !same {
				t.Errorf("%s, row %d: the page has another value than %q", name, i, want.Text(i))
			}
		}
	}
	if unknown == 0 {
		t.Error("no time is unknown, so that nothing was checked")
	}
}

func TestViewerPIDs(t *testing.T) {
	guids := dataframe.Strings("ProcessGuid", []string{"{a}", "{b}", "{c}", "{d}", "{e}", "{f}"})
	tree := treeOf(t, office, guids)
	for format, want := range map[PIDFormat]string{AsLogged: "0x64", Hex: "0x64", Decimal: "100", GUID: "{a}"} {
		d := dataOf(tree, Options{PIDFormat: format})
		if got := textOf(columnNamed(t, d, d.Roles.PID), 1); got != want {
			t.Errorf("%v: the first process has the id %q, want %q", format, got, want)
		}
	}
}

// elementsOf counts the elements of a page as a browser reads it, those of frames included.
func elementsOf(t *testing.T, page string, into map[string]int) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		kind := ""
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s has an attribute %s", n.Data, a.Key)
			case a.Key == "type":
				kind = " " + a.Val
			case a.Key == "data-page":
				elementsOf(t, a.Val, into)
			}
		}
		if kind != " application/gzip" {
			into[n.Data+kind]++
		}
	}
}

// TestPageOfHostileTexts reads what a browser is given: it must have the elements that a plain
// tree gives and no others, whatever the log says.
func TestPageOfHostileTexts(t *testing.T) {
	plain, figures := PlotProcessTree(treeOf(t, office), Options{ShowTable: true}), hostileFigures(t)
	for what, text := range map[string]func(*Figure) string{
		"page":   func(f *Figure) string { return string(written(t, f, "html")) },
		"output": (*Figure).HTML,
	} {
		want := map[string]int{}
		elementsOf(t, text(plain), want)
		for _, name := range []string{"tree", "fold"} {
			got := map[string]int{}
			elementsOf(t, text(figures[name]), got)
			for element, n := range got {
				once := strings.HasPrefix(element, "script") || element == "iframe" || element == "img"
				if want[element] == 0 || once && n != want[element] {
					t.Errorf("%s: the %s has %d %s, want %d as a plain tree has", name, what, n, element, want[element])
				}
			}
		}
	}
}

// TestGraphPageHasThePicture checks that a graph's page is as it was: a picture, and no script.
func TestGraphPageHasThePicture(t *testing.T) {
	page := string(written(t, PlotGraph(treeOf(t, office)), "html"))
	if !strings.Contains(page, "<svg") || strings.Contains(page, "<script") {
		t.Errorf("the page of a graph begins %.80q, want a picture and no script", page)
	}
}
