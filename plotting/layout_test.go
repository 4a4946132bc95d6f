package plotting

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// figuresToMeasure are pictures of many shapes.
func figuresToMeasure(t *testing.T) map[string][]*scene {
	numbers := make([]float64, 300)
	many := make([]string, 300)
	for i := range numbers {
		numbers[i], many[i] = float64(i)*1.7e-3, fmt.Sprintf("a rather long name of value number %d", i)
	}
	wide := treeOf(t, broad(300, 4), dataframe.Floats("Score", numbers), dataframe.Strings("Many", many))
	events, column := hostileLog()
	evil := treeOf(t, events, column)
	out := map[string][]*scene{}
	add := func(name string, f *Figure, most int, paged bool) {
		scenes, err := f.draw(most, paged)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = scenes
	}
	add("levels", PlotProcessTree(wide), 0, false)
	add("folded", PlotProcessTree(wide, Options{LegendCol: "Many", ShowTable: true}), 50, false)
	add("narrow", PlotProcessTree(wide, Options{LegendCol: "Score", Width: 360, ShowTable: true}), 30, false)
	add("times", PlotProcessTree(wide, Options{LegendCol: "TimeGenerated", Width: 600}), 30, false)
	add("pages", PlotProcessTree(wide, Options{LegendCol: "SubjectUserName", ShowTable: true}), 0, true)
	add("deep", PlotProcessTree(treeOf(t, chain(400))), 0, false)
	add("hostile", PlotProcessTree(evil, Options{LegendCol: column.Name(), ShowTable: true}), 0, false)
	add("hostile narrow", PlotProcessTree(evil, Options{LegendCol: column.Name(), Width: 360, Title: hostile[5]}), 0, false)
	return out
}

// rectangleOf returns the room of a level label, from its capitals' height to its descenders.
func rectangleOf(l label) box {
	return box{x: l.x, y: l.y - 0.75*l.size, w: l.width, h: 0.95 * l.size}
}

func inside(in, out box) bool {
	const slack = 0.6
	return in.x >= out.x-slack && in.y >= out.y-slack && in.x+in.w <= out.x+out.w+slack && in.y+in.h <= out.y+out.h+slack
}

func overlap(a, b box) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// TestTextStaysInItsRoom checks the positions of all text: within the picture, within the box
// that it begins in, at least 6 points large, and not over other text.
func TestTextStaysInItsRoom(t *testing.T) {
	for name, scenes := range figuresToMeasure(t) {
		for _, s := range scenes {
			page := box{w: s.width, h: s.height}
			var labels []label
			var boxes []box
			for _, m := range s.marks {
				switch m := m.(type) {
				case label:
					labels = append(labels, m)
				case box:
					if m.w > 100 {
						boxes = append(boxes, m)
					}
				}
			}
			if len(labels) == 0 {
				t.Errorf("%s has no text", name)
			}
			for _, l := range labels {
				r := rectangleOf(l)
				if l.size < smallest {
					t.Errorf("%s: %.40q has %v pixels, want %v at least", name, l.text, l.size, smallest)
				}
				if !inside(r, page) {
					t.Errorf("%s: %.40q at %+v leaves the picture %vx%v", name, l.text, r, s.width, s.height)
				}
				for _, b := range boxes {
					if l.x >= b.x && l.x < b.x+b.w && l.y > b.y && l.y < b.y+b.h && !inside(r, b) {
						t.Errorf("%s: %.40q at %+v leaves its box %+v", name, l.text, r, b)
					}
				}
			}
			checkApart(t, name, labels)
		}
	}
}

// checkApart fails where two texts overlap.
func checkApart(t *testing.T, name string, labels []label) {
	t.Helper()
	sort.Slice(labels, func(i, j int) bool { return labels[i].y < labels[j].y })
	for i, a := range labels {
		for _, b := range labels[i+1:] {
			if b.y-a.y > 40 {
				break
			}
			if overlap(rectangleOf(a), rectangleOf(b)) {
				t.Errorf("%s: %.40q overlaps %.40q", name, a.text, b.text)
			}
		}
	}
}

// TestBoxesDoNotOverlap checks that no two rows touch.
func TestBoxesDoNotOverlap(t *testing.T) {
	for name, scenes := range figuresToMeasure(t) {
		for _, s := range scenes {
			end := 0.0
			for _, m := range s.marks {
				if b, ok := m.(box); ok && b.w > 100 {
					if b.y < end {
						t.Errorf("%s: the row at %v begins above the end %v of the one before", name, b.y, end)
					}
					end = b.y + b.h
				}
			}
		}
	}
}

// randomForest is a forest of n processes with few names.
func randomForest(seed uint64, n int) *processes {
	random := rand.New(rand.NewPCG(seed, 7))
	parents := make([]int32, n)
	for i := range parents {
		switch parents[i] = -1; {
		case i > 0 && random.IntN(10) < 4:
			parents[i] = int32(i) - 1
		case i > 0 && random.IntN(10) > 0:
			parents[i] = int32(random.IntN(i))
		}
	}
	order := preorder(parents)
	moved := make([]int32, n)
	for i, at := range order {
		moved[at] = int32(i)
	}
	p := &processes{parent: make([]int32, n), size: make([]int32, n), name: make([]string, n)}
	for i, at := range order {
		p.parent[i], p.name[i] = -1, []string{"a", "b", "conhost.exe"}[random.IntN(3)]
		if parents[at] >= 0 {
			p.parent[i] = moved[parents[at]]
		}
	}
	p.measure()
	return p
}

// TestPlanLosesNothing checks that every process is drawn or counted, once, within the rows.
func TestPlanLosesNothing(t *testing.T) {
	for seed := range uint64(300) {
		n := 1 + int(seed*seed)%900
		p := randomForest(seed, n)
		for _, most := range []int{0, 1, 2, 5, 17, 60, 400} {
			got := planRows(p, most)
			if got.drawn+got.folded != n {
				t.Fatalf("planRows(%d processes, %d) drew %d and folded %d", n, most, got.drawn, got.folded)
			}
			if most > 0 && len(got.rows) > most {
				t.Fatalf("planRows(%d processes, %d) = %d rows", n, most, len(got.rows))
			}
			if most > 0 && n > most && len(got.rows) < most/3 {
				t.Errorf("planRows(%d processes, %d) = %d rows only", n, most, len(got.rows))
			}
			checkRows(t, p, got)
		}
	}
}

// checkRows checks that rows follow their parents, in the order of the tree, with the right sums.
func checkRows(t *testing.T, p *processes, got plan) {
	t.Helper()
	drawn, folded := 0, 0
	for i, r := range got.rows {
		if r.parent >= i {
			t.Fatalf("row %d has the later row %d as parent", i, r.parent)
		}
		want := int32(-1)
		if r.parent >= 0 {
			want = got.rows[r.parent].process
		}
		if p.parent[r.process] != want {
			t.Fatalf("row %d is under process %d, want %d", i, want, p.parent[r.process])
		}
		if i > 0 && r.process <= got.rows[i-1].process && r.hidden == 0 {
			t.Fatalf("row %d (process %d) comes after process %d", i, r.process, got.rows[i-1].process)
		}
		if folded += r.hidden; r.hidden == 0 {
			drawn++
		}
	}
	if drawn != got.drawn || folded != got.folded {
		t.Fatalf("the rows draw %d and fold %d, the plan says %d and %d", drawn, folded, got.drawn, got.folded)
	}
}

// TestRepetitionIsFoldedFirst checks that alike siblings give way before anything else.
func TestRepetitionIsFoldedFirst(t *testing.T) {
	events := append([]event{}, office...)
	for i := range 42 {
		events = append(events, event{500 + i, 103, `C:\Windows\System32\ping.exe`, "ping", "ann", 10e9})
	}
	tree := treeOf(t, events)
	got := planRows(processesOf(tree), 10)
	if got.drawn != 7 || got.folded != 42 || len(got.rows) != 8 {
		t.Fatalf("planRows = %d rows, %d drawn, %d folded, want 8, 7, 42", len(got.rows), got.drawn, got.folded)
	}
	for _, r := range got.rows {
		if r.hidden > 0 && len(r.alike) != 42 {
			t.Errorf("the folded row stands for %d alike processes, want 42", len(r.alike))
		}
	}
}
