package plotting

import (
	"math"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

func TestGraphGolden(t *testing.T) {
	tree := treeOf(t, office)
	checkGolden(t, "graph.svg", written(t, PlotGraph(tree), "svg"))
	checkGolden(t, "graph-users.svg", written(t, PlotGraph(tree, GraphOptions{
		Title: "Who started whom", LegendCol: "SubjectUserName", Dark: true,
		Label: func(p ptree.Process) string { return p.PID + " " + p.BaseName() },
	}), "svg"))
}

// corners returns the corners of a turned label's room.
func corners(l label) []point {
	var out []point
	for _, c := range []point{{0, -0.7 * l.size}, {l.width, -0.7 * l.size}, {l.width, 0.15 * l.size}, {0, 0.15 * l.size}} {
		out = append(out, l.turned(c.x, c.y))
	}
	return out
}

// separate reports whether two convex shapes have no common point, by the separating axis theorem.
func separate(a, b []point) bool {
	for _, shape := range [][]point{a, b} {
		for i := range shape {
			p, q := shape[i], shape[(i+1)%len(shape)]
			axis := point{p.y - q.y, q.x - p.x}
			lowA, highA := shadow(a, axis)
			lowB, highB := shadow(b, axis)
			if highA < lowB || highB < lowA {
				return true
			}
		}
	}
	return false
}

func shadow(shape []point, axis point) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range shape {
		at := p.x*axis.x + p.y*axis.y
		low, high = min(low, at), max(high, at)
	}
	return low, high
}

// TestGraphLabelsAreApart checks all texts' positions: in the picture, off one another, off the nodes.
func TestGraphLabelsAreApart(t *testing.T) {
	events, _ := hostileLog()
	for name, tree := range map[string]ptree.Tree{"one": treeOf(t, office[:1]), "small": treeOf(t, office), "large": treeOf(t, broad(250, 3)), "hostile": treeOf(t, events)} {
		scenes, err := PlotGraph(tree, GraphOptions{LabelCol: "CommandLine"}).draw(0, false)
		if err != nil {
			t.Fatal(err)
		}
		s := scenes[0]
		var rooms [][]point
		var discs []disc
		for _, m := range s.marks {
			switch m := m.(type) {
			case label:
				if m.size < smallest {
					t.Errorf("%s: %.40q has %v pixels", name, m.text, m.size)
				}
				rooms = append(rooms, corners(m))
				for _, c := range corners(m) {
					if c.x < 0 || c.y < 0 || c.x > s.width || c.y > s.height {
						t.Errorf("%s: %.40q leaves the picture at %v", name, m.text, c)
					}
				}
			case disc:
				discs = append(discs, m)
			}
		}
		if len(discs) != tree.Len() {
			t.Errorf("%s has %d nodes, want %d", name, len(discs), tree.Len())
		}
		for i, a := range rooms {
			for _, b := range rooms[i+1:] {
				if !separate(a, b) {
					t.Errorf("%s: the texts at %v and %v overlap", name, a[0], b[0])
				}
			}
			for _, d := range discs {
				if !separate(a, []point{{d.x - 2, d.y - 2}, {d.x + 2, d.y - 2}, {d.x + 2, d.y + 2}, {d.x - 2, d.y + 2}}) {
					t.Errorf("%s: the text at %v is on the node at %v,%v", name, a[0], d.x, d.y)
				}
			}
		}
	}
}

func TestGraphFoldsAndCounts(t *testing.T) {
	svg := string(written(t, PlotGraph(treeOf(t, broad(500, 5)), GraphOptions{MaxRows: 40}), "svg"))
	if nodes := strings.Count(svg, "<circle"); nodes > 40 || nodes < 20 {
		t.Errorf("a graph of 40 nodes at most has %d", nodes)
	}
	if !strings.Contains(svg, "processes folded") {
		t.Error("the graph does not say that processes are folded")
	}
}
