package plotting

import (
	"math"

	"gonum.org/v1/gonum/spatial/barneshut"
	"gonum.org/v1/gonum/spatial/r2"
)

const (
	forceRounds = 120  // of the layout
	forceSide   = 46.0 // pixels of the picture's side for the square root of a node
)

// paintForce paints the graph where springs along the edges and charges in the nodes balance. A name stands
// beside its node where it touches neither node nor other name; the others are counted.
func (g *graph) paintForce() *scene {
	rows := g.plan.rows
	at := spring(rows)
	side := max(360, forceSide*math.Sqrt(float64(len(rows)))*1.6)
	width := math.Ceil(max(side+2*margin+120, 480, float64(g.options.Width)))
	s := &scene{width: width, background: g.theme.paper, title: visible(g.options.Title)}
	top := g.paintHeader(s, margin, margin, width-2*margin, 1, 1) + 12
	room := box{x: margin + 60, y: top + 10, w: width - 2*margin - 120, h: side}
	fit(at, room)
	for i, r := range rows {
		if r.parent >= 0 {
			s.add(wire{points: []point{at[r.parent], at[i]}, color: g.theme.faint, width: 1, dashed: g.weakLink(r.process)})
		}
	}
	taken := make([]box, 0, 2*len(rows))
	for i, r := range rows {
		g.paintDot(s, r, at[i])
		taken = append(taken, box{x: at[i].x - 5, y: at[i].y - 5, w: 10, h: 10})
	}
	nameless := 0
	f := g.nodeLetters()
	for i, r := range rows {
		text := cutMiddle(g.text(r), 150, f)
		if !g.placeName(s, text, f, at[i], width, &taken) && text != "" {
			nameless++
		}
	}
	if nameless > 0 {
		g.notes = append(g.notes, grouped(nameless)+plural(nameless, " name has", " names have")+" no room")
	}
	bottom := g.paintFooter(s, margin, top+side+24, width-2*margin)
	s.height = math.Ceil(max(bottom+margin, float64(g.options.Height)))
	return s
}

// placeName writes a name at one of four sides of a node where nothing stands yet.
func (g *graph) placeName(s *scene, text string, f letters, at point, width float64, taken *[]box) bool {
	w := measure(text, f)
	for _, p := range []point{{at.x + 9, at.y + 4}, {at.x - 9 - w, at.y + 4}, {at.x - w/2, at.y - 9}, {at.x - w/2, at.y + 17}} {
		b := box{x: p.x, y: p.y - 9, w: w, h: 12}
		if b.x < margin || b.x+w > width-margin || touches(b, *taken) {
			continue
		}
		*taken = append(*taken, b)
		s.write(p.x, p.y, text, f)
		return true
	}
	return false
}

// charge is a node as gonum's Barnes-Hut plane knows it.
type charge struct{ at r2.Vec }

func (c *charge) Coord2() r2.Vec { return c.at }
func (c *charge) Mass() float64  { return 1 }

// away is the force by which Fruchterman and Reingold push nodes apart: 1/d, and none at a distance
// of nothing. See https://doi.org/10.1002/spe.4380211102.
func away(_, _ barneshut.Particle2, m1, m2 float64, v r2.Vec) r2.Vec {
	d2 := v.X*v.X + v.Y*v.Y
	if d2 < 1e-9 {
		return r2.Vec{}
	}
	return r2.Scale(-m1*m2/d2, v)
}

// spring returns where the nodes settle. They begin as a radial tree, so that the same tree always
// gives the same picture, and move less in every round. gonum's own layout.EadesR2 is not used:
// it visits nodes in the order of a map, and throws pairs of nodes that begin close together far away.
func spring(rows []row) []point {
	spokes, rim := spokesOf(rows)
	nodes := make([]*charge, len(rows))
	particles := make([]barneshut.Particle2, len(rows))
	scale := math.Sqrt(float64(len(rows))) / max(1, rim)
	for i, p := range spokes {
		at := around(point{}, p.radius*scale+1e-3*float64(i%7), p.angle)
		nodes[i] = &charge{r2.Vec{X: at.x, Y: at.y}}
		particles[i] = nodes[i]
	}
	force := make([]r2.Vec, len(rows))
	for round := range forceRounds {
		plane, err := barneshut.NewPlane(particles)
		if err != nil {
			break // only for places that are not finite
		}
		for i, n := range nodes {
			force[i] = r2.Sub(plane.ForceOn(n, 0.6, away), r2.Scale(0.08, n.at)) // and a little towards the middle
		}
		pull(rows, nodes, force)
		reach := 1 - float64(round)/forceRounds
		for i, n := range nodes {
			if length := r2.Norm(force[i]); length > 1e-12 {
				n.at = r2.Add(n.at, r2.Scale(min(0.25*length, 0.5*reach)/length, force[i]))
			}
		}
	}
	out := make([]point, len(rows))
	for i, n := range nodes {
		out[i] = point{n.at.X, n.at.Y}
	}
	return out
}

// pull adds the force of the edges, which grows with the square of their length.
func pull(rows []row, nodes []*charge, force []r2.Vec) {
	for i, r := range rows {
		if r.parent < 0 {
			continue
		}
		v := r2.Sub(nodes[r.parent].at, nodes[i].at)
		f := r2.Scale(r2.Norm(v), v)
		force[i], force[r.parent] = r2.Add(force[i], f), r2.Sub(force[r.parent], f)
	}
}

// fit moves and stretches places so that they fill a room.
func fit(at []point, room box) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, p := range at {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	place := func(v, low, high, from, length float64) float64 {
		if !(high > low) || math.IsNaN(v) {
			return from + length/2
		}
		return from + length*(v-low)/(high-low)
	}
	for i, p := range at {
		at[i] = point{place(p.x, low.x, high.x, room.x, room.w), place(p.y, low.y, high.y, room.y, room.h)}
	}
}
