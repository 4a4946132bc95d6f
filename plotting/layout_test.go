package plotting

import (
	"fmt"
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
					if m.w > 24 {
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

// TestBoxesDoNotOverlap checks that no two rows touch, and that none leaves its page.
func TestBoxesDoNotOverlap(t *testing.T) {
	for name, scenes := range figuresToMeasure(t) {
		for _, s := range scenes {
			end := 0.0
			for _, m := range s.marks {
				if b, ok := m.(box); ok && b.r == 4 {
					if b.y < end {
						t.Errorf("%s: the row at %v begins above the end %v of the one before", name, b.y, end)
					}
					end = b.y + b.h
					if b.x < margin || b.x+b.w > s.width-margin || end > s.height-margin {
						t.Errorf("%s: the row %+v leaves the page of %v x %v with its margin", name, b, s.width, s.height)
					}
				}
			}
		}
	}
}
