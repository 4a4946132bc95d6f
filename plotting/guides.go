package plotting

import "math"

// Guides lead from a process down to its children and turn into their rows in a round corner.
// They are dashed where the link is a guess.

const roundness = 6.0 // pixels, of the corners

// weakest is the confidence below which a link is drawn as a guess.
const weakest = 0.9

// weakLink reports whether what leads to a process from its parent is a guess: the parent is
// not in the log, or the link's confidence is low.
func (t *treePicture) weakLink(process int32) bool {
	up := t.processes.parent[process]
	return up >= 0 && (t.processes.inferred[up] || t.processes.weak[process])
}

// weakLinks tells which processes' links to their parents have a low confidence. It asks the
// tree by a method that trees may lack, which have no doubts then.
func weakLinks(t any, order []int32) []bool {
	out := make([]bool, len(order))
	if doubtful, ok := t.(interface{ Confidences() []float32 }); ok {
		confidences := doubtful.Confidences()
		for i, at := range order {
			out[i] = confidences[at] < weakest
		}
	}
	return out
}

// corner is how far a guide's turn into a row reaches.
func (g grid) corner(r placed) float64 {
	return max(0, math.Min(roundness, r.x-g.guideX(r.anchor)-1))
}

// paintElbow paints the turn from the guide of a row's parent into the row.
func (t *treePicture) paintElbow(s *scene, r placed, x, up float64) {
	if r.anchor < 0 {
		return
	}
	at, round := x+t.grid.guideX(r.anchor), t.grid.corner(r)
	middle := up + r.middle()
	s.add(wire{
		points: []point{{at, middle - round}, {at, middle}, {at + round, middle}, {x + r.x, middle}},
		color:  t.theme.faint, width: 1, curved: true, dashed: t.weakLink(r.process),
	})
}

// paintGuides paints the parts of the vertical lines between two heights of the grid.
func (t *treePicture) paintGuides(s *scene, x, up, top, bottom float64) {
	for _, g := range t.grid.guides {
		from, to := max(g.top, top), min(g.bottom, bottom)
		if from < to {
			s.add(wire{points: []point{{x + g.x, up + from}, {x + g.x, up + to}}, color: t.theme.faint, width: 1, dashed: t.weakLink(g.to)})
		}
	}
}
