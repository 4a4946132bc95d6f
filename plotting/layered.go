package plotting

import "math"

const (
	layerPitch = 18.0  // from one leaf to the next
	layerWidth = 190.0 // most of a name
	layerGap   = 34.0  // from the longest name of a level to the next level
)

// paintLayered paints the graph with a column for each level, as wide as its longest name.
func (g *graph) paintLayered() *scene {
	rows := g.plan.rows
	y, depth := layersOf(rows)
	var widest []float64
	for i, r := range rows {
		for len(widest) <= depth[i] {
			widest = append(widest, 0)
		}
		text := cutMiddle(g.text(r), layerWidth, g.nodeLetters())
		widest[depth[i]] = max(widest[depth[i]], measure(text, g.nodeLetters()))
	}
	left := make([]float64, len(widest)+1)
	for i, w := range widest {
		left[i+1] = left[i] + w + layerGap
	}
	height := 0.0
	for _, at := range y {
		height = max(height, at)
	}
	width := math.Ceil(max(left[len(widest)]+2*margin, 480, float64(g.options.Width)))
	s := &scene{width: width, background: g.theme.paper, title: visible(g.options.Title)}
	top := g.paintHeader(s, margin, margin, width-2*margin, 1, 1) + 12
	at := func(i int) point { return point{margin + 6 + left[depth[i]], top + y[i]} }
	for i, r := range rows {
		if r.parent >= 0 {
			g.paintBranch(s, at(r.parent), at(i), left[depth[i]]-left[depth[i]-1], r.process)
		}
	}
	for i, r := range rows {
		p := at(i)
		g.paintDot(s, r, p)
		text := cutMiddle(g.text(r), layerWidth, g.nodeLetters())
		w := measure(text, g.nodeLetters())
		s.add(box{x: p.x + 8, y: p.y - 7, w: w + 4, h: 14, fill: g.theme.paper})
		s.write(p.x+10, p.y+4, text, g.nodeLetters())
	}
	bottom := g.paintFooter(s, margin, top+height+layerPitch, width-2*margin)
	s.height = math.Ceil(max(bottom+margin, float64(g.options.Height)))
	return s
}

// layersOf gives leaves lines of their own, in the order of the tree, and others the middle of
// their children.
func layersOf(rows []row) (y []float64, depth []int) {
	y, depth = make([]float64, len(rows)), make([]int, len(rows))
	first, last := make([]float64, len(rows)), make([]float64, len(rows))
	inner := make([]bool, len(rows))
	for i, r := range rows {
		if r.parent >= 0 {
			depth[i], inner[r.parent] = depth[r.parent]+1, true
		}
		first[i] = math.Inf(1)
	}
	line := 0.0
	for i := range rows {
		if !inner[i] {
			y[i] = line
			line += layerPitch
		}
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if inner[i] {
			y[i] = (first[i] + last[i]) / 2
		}
		if up := rows[i].parent; up >= 0 {
			first[up], last[up] = min(first[up], y[i]), max(last[up], y[i])
		}
	}
	return y, depth
}

// paintBranch leads from a parent behind its name to a child.
func (g *graph) paintBranch(s *scene, from, to point, across float64, child int32) {
	bend := to.x - min(across, layerGap-6)
	round := min(roundness, math.Abs(to.y-from.y)/2)
	down := math.Copysign(round, to.y-from.y)
	dashed := g.weakLink(child)
	s.add(wire{points: []point{from, {bend, from.y}}, color: g.theme.faint, width: 1, dashed: dashed})
	if round > 0 {
		s.add(wire{points: []point{{bend, from.y}, {bend, to.y - down}}, color: g.theme.faint, width: 1, dashed: dashed})
	}
	s.add(wire{points: []point{{bend, to.y - down}, {bend, to.y}, {bend + round, to.y}, {to.x - nodeRadius, to.y}}, color: g.theme.faint, width: 1, curved: true, dashed: dashed})
}
