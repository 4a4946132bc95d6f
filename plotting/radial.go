package plotting

import (
	"math"

	"github.com/gophertrees/gopherwood/ptree"
)

const (
	radialRows  = 300
	radialRing  = 74.0 // least distance of two levels
	radialPitch = 14.0 // least distance of two leaves on the rim
	radialLabel = 190.0
)

// PlotRadial draws the tree around its roots: processes without children on the rim, every other
// one on the ring of its level, in the middle of what it started. A name that has no room on an
// inner ring is left out and counted in the footer.
func PlotRadial(t ptree.Tree, o ...ViewOptions) *Figure {
	return plotView(t, theOne("PlotRadial", o), "Radial tree", radialRows, (*view).paintRadial)
}

// spoke is a row at its place: the angle around the middle, and the part of the circle below it.
type spoke struct {
	radius, angle, slot float64
	leaf                bool
}

func (v *view) paintRadial(s *scene, y float64) float64 {
	rows := v.plan.rows
	if len(rows) == 0 {
		return y
	}
	spokes, rim := spokesOf(rows)
	reach := rim + 12 + v.longestLabel(radialLabel)
	s.width = max(s.width, math.Ceil(2*(reach+margin)))
	v.inner = s.width - 2*margin
	centre := point{math.Round(s.width / 2), math.Round(y + reach)}
	place := func(i int) point { return around(centre, spokes[i].radius, spokes[i].angle) }
	for i, r := range rows {
		if r.parent < 0 {
			continue
		}
		up := spokes[r.parent]
		bend := around(centre, (up.radius+spokes[i].radius)/2, spokes[i].angle)
		s.add(wire{points: []point{place(r.parent), bend, place(i)}, color: v.theme.faint, width: 1, curved: true, dashed: v.weakLink(r.process)})
	}
	nameless := 0
	for i, r := range rows {
		at := place(i)
		v.paintDot(s, r, at)
		room := radialLabel
		if !spokes[i].leaf {
			room = radialRing - 20
			if spokes[i].radius*spokes[i].slot < 2*radialPitch {
				room = 0
			}
		}
		text := cutMiddle(v.rowName(r), room, v.smallLetters())
		if room == 0 || text == "" || text == ellipsis {
			nameless++
			continue
		}
		lift := 0.0
		if !spokes[i].leaf {
			lift = 6 // above the line to the children
		}
		v.paintSpokeLabel(s, at, spokes[i].angle, text, lift)
	}
	if nameless > 0 {
		v.notes = append(v.notes, grouped(nameless)+plural(nameless, " name has", " names have")+" no room")
	}
	return y + 2*reach
}

// spokesOf places rows: leaves share the rim evenly, the others stand in the middle of theirs.
func spokesOf(rows []row) (spokes []spoke, rim float64) {
	spokes = make([]spoke, len(rows))
	depth, deepest, leaves := make([]int, len(rows)), 0, 0
	inner := make([]bool, len(rows))
	roots := 0
	for i, r := range rows {
		if r.parent < 0 {
			roots++
		} else {
			depth[i] = depth[r.parent] + 1
			inner[r.parent] = true
		}
		deepest = max(deepest, depth[i])
	}
	for i := range rows {
		if !inner[i] {
			leaves++
		}
	}
	first := 0 // ring of the roots: the middle where there is one alone
	if roots > 1 {
		first = 1
	}
	rings := float64(max(1, deepest+first))
	ring := max(radialRing, radialPitch*float64(leaves)/(2*math.Pi)/rings)
	rim = ring * rings
	slot := 2 * math.Pi / float64(leaves)
	low, high := make([]float64, len(rows)), make([]float64, len(rows))
	place := 0
	for i := range rows {
		low[i] = math.Inf(1)
		high[i] = math.Inf(-1)
		if !inner[i] {
			low[i] = float64(place) * slot
			high[i] = low[i]
			place++
		}
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if up := rows[i].parent; up >= 0 {
			low[up], high[up] = min(low[up], low[i]), max(high[up], high[i])
		}
		spokes[i] = spoke{radius: ring * float64(depth[i]+first), angle: (low[i] + high[i]) / 2, slot: high[i] - low[i] + slot, leaf: !inner[i]}
		if !inner[i] {
			spokes[i].radius = rim
		}
	}
	return spokes, rim
}

// around returns the place at a distance from a centre, the angle counter-clockwise from the right.
func around(centre point, radius, angle float64) point {
	sin, cos := math.Sincos(angle)
	return point{centre.x + radius*cos, centre.y - radius*sin}
}

// longestLabel returns how wide the widest name of a row is, up to a bound.
func (v *view) longestLabel(most float64) float64 {
	widest := 0.0
	for _, r := range v.plan.rows {
		widest = max(widest, measure(cutMiddle(v.rowName(r), most, v.smallLetters()), v.smallLetters()))
	}
	return widest
}

// paintDot paints a row as a disc: one that stands for several is larger, one that is not in the
// log is a ring.
func (t *treePicture) paintDot(s *scene, r row, at point) {
	c := t.colourOf(r)
	d := disc{x: at.x, y: at.y, r: nodeRadius, fill: c.full, line: mix(c.full, t.theme.ink, 0.45), tip: t.rowTip(r)}
	switch {
	case r.hidden > 0:
		d.r, d.fill, d.line = nodeRadius+1.5, c.ground(), c.full
	case t.processes.inferred[r.process]:
		d.fill, d.line = t.theme.paper, t.theme.quiet
	}
	s.add(d)
}

// paintSpokeLabel writes along a ray or a little above it, turned so that it never stands on its head.
func (t *treePicture) paintSpokeLabel(s *scene, at point, angle float64, text string, lift float64) {
	f := t.smallLetters()
	f.color = t.theme.ink
	width := measure(text, f)
	sin, cos := math.Sincos(angle)
	turn, distance := -angle, labelGap
	if cos < -1e-9 {
		turn, distance = math.Pi-angle, labelGap+width
	}
	from := point{at.x + cos*distance, at.y - sin*distance}
	turnSin, turnCos := math.Sincos(turn)
	drop := 0.36*f.size - lift
	s.add(label{x: from.x - turnSin*drop, y: from.y + turnCos*drop, size: f.size, color: f.color, text: text, width: width, angle: turn})
}
