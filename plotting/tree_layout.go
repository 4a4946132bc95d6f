package plotting

import (
	"math"
	"slices"
)

// Measures of the picture of a tree, in pixels.
const (
	margin     = 16.0
	rowPitch   = 38.0 // from one process's row to the next
	rowHeight  = 34.0 // of its box
	foldPitch  = 25.0 // the same for rows that stand for several processes
	foldHeight = 21.0

	widestStep    = 24.0 // indentation of one level
	narrowestStep = 8.0
	indentPart    = 0.4 // the most of the width that indentation may take
)

// placed is a row at its place, y counted from the first row's top.
type placed struct {
	row
	x, y, w, h float64
	depth      int  // rows above it in the tree of rows
	deep       bool // deeper than indentation can show, so that its level is written
	anchor     int  // row at which its guide begins, -1 for none
}

// grid is the layout of all rows.
type grid struct {
	rows   []placed
	guides []guide
	height float64
	step   float64 // indentation of one level
}

// arrange places the rows of a plan within a width. Indentation is as wide as the deepest row
// allows; beyond what stays readable, rows stop moving to the right and say their level instead.
func arrange(p plan, width float64) grid {
	g := grid{rows: make([]placed, len(p.rows)), step: widestStep}
	depths := make([]int, len(p.rows))
	for i, r := range p.rows {
		g.rows[i] = placed{row: r, anchor: -1}
		if r.parent >= 0 {
			g.rows[i].depth = g.rows[r.parent].depth + 1
		}
		depths[i] = g.rows[i].depth
	}
	room := indentPart * width
	g.step = stepFor(depths, room)
	most := int(room / g.step)
	anchors := make([]int, most+1) // the last row at each depth
	for i := range g.rows {
		r := &g.rows[i]
		depth := min(r.depth, most)
		r.deep = r.depth > most
		if depth > 0 {
			r.anchor = anchors[depth-1]
		}
		if !r.deep {
			anchors[depth] = i
		}
		r.x, r.y, r.h = float64(depth)*g.step, g.height, rowHeight
		r.w = width - r.x
		pitch := rowPitch
		if r.hidden > 0 {
			r.h, pitch = foldHeight, foldPitch
		}
		g.height += pitch
	}
	g.guides = g.lead()
	return g
}

// stepFor returns the indentation of one level: so much that the deepest row fits, or, where
// that is less than readable, that nineteen of twenty rows do.
func stepFor(depths []int, room float64) float64 {
	if len(depths) == 0 {
		return widestStep
	}
	slices.Sort(depths)
	deep := depths[len(depths)-1]
	if float64(deep)*narrowestStep > room {
		deep = depths[len(depths)*19/20]
	}
	return math.Floor(min(widestStep, max(narrowestStep, room/float64(max(deep, 1)))))
}

// guide is a vertical line from a row down to the last row that it leads to.
type guide struct {
	x, top, bottom float64
	to             int32 // process of the last row
}

func (r placed) middle() float64 { return r.y + math.Round(r.h/2) + 0.5 }

// guideX is where a row's guide goes down.
func (g grid) guideX(row int) float64 {
	return g.rows[row].x + math.Floor(min(10, g.step/2)) + 0.5
}

// lead returns the guides in the order of the rows that they begin at.
func (g grid) lead() []guide {
	last := make([]int, len(g.rows)) // the last row that is led to; 0 is none
	for i, r := range g.rows {
		if r.anchor >= 0 {
			last[r.anchor] = i
		}
	}
	var out []guide
	for i, to := range last {
		if to > 0 {
			from := g.rows[i]
			out = append(out, guide{g.guideX(i), from.y + from.h, g.rows[to].middle() - g.corner(g.rows[to]), g.rows[to].process})
		}
	}
	return out
}

// span is the rows of one page.
type span struct{ from, to int }

// paginate splits the rows into pages with room for a first and further heights. Every page has
// a row at least.
func (g grid) paginate(first, further float64) []span {
	var out []span
	room, from := first, 0
	for i, r := range g.rows {
		if i > from && r.y+r.h-g.rows[from].y > room {
			out = append(out, span{from, i})
			from, room = i, further
		}
	}
	return append(out, span{from, len(g.rows)})
}
