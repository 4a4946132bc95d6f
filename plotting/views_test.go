package plotting

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// views are all figures but the tree's own.
var views = map[string]func(ptree.Tree, ViewOptions) *Figure{
	"timeline": func(t ptree.Tree, o ViewOptions) *Figure { return PlotTimeline(t, o) },
	"icicle":   func(t ptree.Tree, o ViewOptions) *Figure { return PlotIcicle(t, IcicleOptions{ViewOptions: o}) },
	"flame": func(t ptree.Tree, o ViewOptions) *Figure {
		return PlotIcicle(t, IcicleOptions{ViewOptions: o, Flame: true, Measure: ByTime})
	},
	"radial":   func(t ptree.Tree, o ViewOptions) *Figure { return PlotRadial(t, o) },
	"arcs":     func(t ptree.Tree, o ViewOptions) *Figure { return PlotArcs(t, o) },
	"hosts":    func(t ptree.Tree, o ViewOptions) *Figure { return PlotHosts(t, o) },
	"overview": func(t ptree.Tree, o ViewOptions) *Figure { return PlotOverview(t, o) },
	"poster": func(t ptree.Tree, o ViewOptions) *Figure {
		o.Width = 0
		return PlotPoster(t, PosterOptions{ViewOptions: o, Paper: A2, Landscape: len(t.Parents())%2 == 0})
	},
	"layered": func(t ptree.Tree, o ViewOptions) *Figure {
		return PlotGraph(t, GraphOptions{Layout: Layered, LegendCol: o.LegendCol, Title: o.Title})
	},
	"force": func(t ptree.Tree, o ViewOptions) *Figure {
		return PlotGraph(t, GraphOptions{Layout: Force, LegendCol: o.LegendCol, Title: o.Title})
	},
}

// checkText fails where a text is too small, leaves the picture or the box that it begins in, or
// overlaps another.
func checkText(t *testing.T, name string, s *scene) {
	t.Helper()
	var labels []label
	var boxes []box
	for _, m := range s.marks {
		switch m := m.(type) {
		case label:
			labels = append(labels, m)
		case box:
			if m.w > 24 && m.page == 0 {
				boxes = append(boxes, m)
			}
		}
	}
	sort.SliceStable(labels, func(i, j int) bool { top, _ := labels[i].span(); other, _ := labels[j].span(); return top < other })
	for i, l := range labels {
		if l.size < smallest {
			t.Errorf("%s: %.40q has %v pixels, want %v at least", name, l.text, l.size, smallest)
		}
		mine := corners(l)
		for _, c := range mine {
			if c.x < -0.6 || c.y < -0.6 || c.x > s.width+0.6 || c.y > s.height+0.6 {
				t.Errorf("%s: %.40q leaves the picture %v x %v at %v", name, l.text, s.width, s.height, c)
				break
			}
		}
		for _, b := range boxes {
			if l.angle == 0 && l.x >= b.x && l.x < b.x+b.w && l.y > b.y && l.y < b.y+b.h && !inside(rectangleOf(l), b) {
				t.Errorf("%s: %.40q at %+v leaves its box %+v", name, l.text, rectangleOf(l), b)
			}
		}
		_, bottom := l.span()
		for _, other := range labels[i+1:] {
			if top, _ := other.span(); top > bottom {
				break
			}
			if !separate(mine, corners(other)) {
				t.Errorf("%s: %.40q at %v,%v overlaps %.40q at %v,%v", name, l.text, l.x, l.y, other.text, other.x, other.y)
			}
		}
	}
}

func sceneOf(t *testing.T, f *Figure) *scene {
	t.Helper()
	s, err := f.single(f.rows(mostRowsVector))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestViewsKeepTheirTextApart(t *testing.T) {
	evil, column := hostileLog()
	for name, tree := range map[string]ptree.Tree{
		"none": {}, "one": treeOf(t, office[:1]), "office": treeOf(t, office), "broad": treeOf(t, broad(300, 4)), "chain": treeOf(t, chain(90)),
		"nested": treeOf(t, nested(9, 4, 6)), "hostile": treeOf(t, evil, column),
	} {
		legend := ""
		if name == "hostile" {
			legend = column.Name()
		} else if name != "none" {
			legend = "SubjectUserName"
		}
		for view, plot := range views {
			checkText(t, name+" "+view, sceneOf(t, plot(tree, ViewOptions{LegendCol: legend, Source: "a log", Filter: "all"})))
		}
	}
}

func TestViewsInEveryFormat(t *testing.T) {
	beyondShort(t)
	evil, column := hostileLog()
	tree := treeOf(t, evil, column)
	for view, plot := range views {
		for _, format := range []string{"svg", "png", "pdf"} {
			got := written(t, plot(tree, ViewOptions{Title: hostile[0] + hostile[2]}), format)
			if again := written(t, plot(tree, ViewOptions{Title: hostile[0] + hostile[2]}), format); !bytes.Equal(got, again) {
				t.Errorf("%s as %s differs from one time to the next", view, format)
			}
			if format == "svg" {
				checkXML(t, got)
				checkInert(t, view+".svg", got)
			}
		}
	}
}

// randomNames are what a test's processes are called and started as.
var randomNames = []string{"a", "cmd.exe", "a-program-with-a-name-that-is-much-longer-than-there-is-room-for-in-any-row-of-a-picture.exe", "", "漢字かな.exe", "ملف.exe",
	"файл.exe", "e\u0301\u0301\u0301.exe", "\U0001f600.exe", "<b>&amp;.exe", "\u202egpj.exe", "a b  c.exe"}

func randomTree(t *testing.T, r *rand.Rand) ptree.Tree {
	n := 1 + r.IntN(60)
	events := make([]event, n)
	for i := range events {
		name := randomNames[r.IntN(len(randomNames))]
		parent := 0
		if i > 0 && r.IntN(8) > 0 {
			parent = 100 + r.IntN(i)
		}
		events[i] = event{100 + i, parent, `C:\` + name, strings.Repeat(name+" ", r.IntN(30)), []string{"ann", "bob", "漢字", ""}[r.IntN(4)], time.Duration(i*r.IntN(5000)) * time.Millisecond}
	}
	return treeOf(t, events)
}

// TestRandomTreesAreReadable checks on random trees with every kind of name that texts keep their
// room and that what is drawn and folded adds up.
func TestRandomTreesAreReadable(t *testing.T) {
	beyondShort(t)
	names := make([]string, 0, len(views))
	for name := range views {
		names = append(names, name)
	}
	sort.Strings(names)
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 11))
		tree := randomTree(t, r)
		o := Options{Width: []int{360, 600, 900, 1600}[seed%4], LegendCol: "SubjectUserName", ShowTable: seed%3 == 0, Dark: seed%2 == 0}
		f := PlotProcessTree(tree, o)
		most := []int{0, 7, 25}[seed%3]
		s, err := f.single(most)
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, fmt.Sprint("tree ", seed), s)
		rows := planRows(processesOf(tree), tree.Fold(), most)
		if rows.drawn+rows.folded != tree.Len() || most > 0 && len(rows.rows) > most {
			t.Errorf("tree %d: %d drawn and %d folded in %d rows, want %d in all", seed, rows.drawn, rows.folded, len(rows.rows), tree.Len())
		}
		view := names[int(seed)%len(names)]
		checkText(t, fmt.Sprint(view, " ", seed), sceneOf(t, views[view](tree, ViewOptions{LegendCol: "SubjectUserName", Width: o.Width})))
		if t.Failed() {
			return
		}
	}
}

type doubts []float32

func (d doubts) Confidences() []float32 { return d }

// TestWeakLinksAreDashed checks what leads to a process whose link is a guess.
func TestWeakLinksAreDashed(t *testing.T) {
	if got := weakLinks(doubts{1, 0.5, 0.9}, []int32{2, 1, 0}); got[0] || !got[1] || got[2] {
		t.Errorf("weakLinks(1, 0.5, 0.9 from the last to the first) = %v, want the second alone", got)
	}
	facts := processesOf(treeOf(t, office))
	facts.weak[3] = true
	for _, weak := range []bool{false, true} {
		facts.weak[3] = weak
		p := &treePicture{theme: lightTheme, processes: facts}
		for i := range facts.parent {
			want := facts.parent[i] == 0 || weak && i == 3 // 0 is not in the log
			if got := p.weakLink(int32(i)); got != want {
				t.Errorf("weakLink(%d) = %v with a guess at 3 %v, want %v", i, got, weak, want)
			}
		}
	}
}

// TestEndsAreKnown checks what a log says of the ends of its processes.
func TestEndsAreKnown(t *testing.T) {
	ends := make([]time.Time, len(office))
	known := make([]bool, len(office))
	for i, e := range office {
		ends[i], known[i] = beginning.Add(e.at+90*time.Second), i != 1
	}
	tree := treeOf(t, office, dataframe.Times("ExitTime", ends, known))
	facts := processesOf(tree)
	count := 0
	for i, end := range facts.end {
		if !end.IsZero() {
			count++
			if got := end.Sub(facts.time[i]); got != 90*time.Second {
				t.Errorf("process %d ended after %v, want 90 s", i, got)
			}
		}
	}
	if count != len(office)-1 {
		t.Errorf("%d ends are known, want %d", count, len(office)-1)
	}
	for name, f := range map[string]*Figure{"tree": PlotProcessTree(tree), "timeline": PlotTimeline(tree)} {
		checkText(t, name, sceneOf(t, f))
	}
	if svg := string(written(t, PlotProcessTree(tree), "svg")); strings.Count(svg, ">ended after 90.0 s<") != count {
		t.Errorf("the picture tells of %d ends, want %d", strings.Count(svg, ">ended after 90.0 s<"), count)
	}
}

// TestExitsAreEnds checks that a process's badge tells of an exit that the log has as an event.
func TestExitsAreEnds(t *testing.T) {
	log := logOf(append(office[:len(office):len(office)], event{105, 100, office[5].name, "", "", 50 * time.Second}))
	ids := slices.Repeat([]int64{4688}, log.Nrow())
	ids[len(ids)-1] = 4689
	names := make([]string, log.Nrow())
	names[len(names)-1] = office[5].name
	schema := ptree.Windows4688
	schema.ExitProcessID = "NewProcessId"
	tree, err := ptree.BuildProcessTree(log.With("EventID", ids).With("ProcessName", names), ptree.Options{Schema: schema})
	if err != nil {
		t.Fatal(err)
	}
	svg := string(written(t, PlotProcessTree(tree), "svg"))
	if strings.Count(svg, ">ended after") != 1 || !strings.Contains(svg, ">ended after 30.0 s<") {
		t.Errorf("the picture tells of %d ends, want the one after 30 s", strings.Count(svg, ">ended after"))
	}
}
