package plotting

import (
	"fmt"
	"math"
)

// Measures of the circular graph, in pixels.
const (
	leastRadius  = 120.0
	nodePitch    = 18.0 // least distance of neighbours on the circle, a line of text and some air
	nodeRadius   = 4.0
	widestLabel  = 240.0
	labelGap     = 11.0
	arrowLength  = 6.5
	arrowBreadth = 2.6
)

// node is a node at its place.
type node struct {
	row
	point
	angle float64 // of its ray, counter-clockwise from the right
	text  string
	width float64
}

// draw paints the graph with at most a number of nodes.
func (g *graph) draw(most int) (*scene, error) {
	picture := *g
	picture.plan = planRows(g.processes, nil, most)
	n := len(picture.plan.rows)
	if n > mostRowsEver {
		return nil, fmt.Errorf("a graph of %s nodes is too large to be of use: set MaxRows to at most %s", grouped(n), grouped(mostRowsEver))
	}
	switch g.options.Layout {
	case Layered:
		return picture.paintLayered(), nil
	case Force:
		return picture.paintForce(), nil
	}
	return picture.paint(), nil
}

func (g *graph) nodeLetters() letters { return letters{size: 11, color: g.theme.ink} }

// circle places the nodes around the origin.
func (g *graph) circle() []node {
	n := len(g.plan.rows)
	radius := max(leastRadius, nodePitch*float64(n)/(2*math.Pi))
	nodes := make([]node, n)
	for i, r := range g.plan.rows {
		angle := 2 * math.Pi * float64(i) / float64(n)
		sin, cos := math.Sincos(angle)
		text := cutMiddle(g.text(r), widestLabel, g.nodeLetters())
		nodes[i] = node{row: r, point: point{radius * cos, -radius * sin}, angle: angle, text: text, width: measure(text, g.nodeLetters())}
	}
	return nodes
}

// reach returns the corners of the room that nodes and labels take.
func reach(nodes []node) (low, high point) {
	for _, n := range nodes {
		sin, cos := math.Sincos(n.angle)
		far := labelGap + n.width
		end := point{n.x + cos*far, n.y - sin*far}
		const around = 12 // half a line, and the node itself
		low = point{min(low.x, end.x-around, n.x-around), min(low.y, end.y-around, n.y-around)}
		high = point{max(high.x, end.x+around, n.x+around), max(high.y, end.y+around, n.y+around)}
	}
	return low, high
}

func (g *graph) paint() *scene {
	nodes := g.circle()
	low, high := reach(nodes)
	width := math.Ceil(max(high.x-low.x+2*margin, 480, float64(g.options.Width)))
	s := &scene{width: width, background: g.theme.paper, title: visible(g.options.Title)}
	top := g.paintHeader(s, margin, margin, width-2*margin, 1, 1)
	s.height = math.Ceil(max(top+high.y-low.y+margin, float64(g.options.Height)))
	centre := point{math.Round((width - low.x - high.x) / 2), math.Round((top + s.height - margin - low.y - high.y) / 2)}
	for i := range nodes {
		nodes[i].x, nodes[i].y = nodes[i].x+centre.x, nodes[i].y+centre.y
	}
	for _, child := range nodes {
		if child.parent >= 0 {
			g.paintArrow(s, nodes[child.parent], child, centre)
		}
	}
	for _, one := range nodes {
		g.paintNode(s, one)
	}
	return s
}

// paintArrow bends an arrow towards the centre, so that arrows between neighbours stay apart
// from the circle and those of one parent leave it as a fan.
func (g *graph) paintArrow(s *scene, from, to node, centre point) {
	middle := point{(from.x + to.x) / 2, (from.y + to.y) / 2}
	chord := math.Hypot(to.x-from.x, to.y-from.y)
	inward := math.Hypot(middle.x-centre.x, middle.y-centre.y)
	bend, _ := towards(middle, centre, min(0.35*chord+8, 0.5*inward))
	start, _ := towards(from.point, bend, nodeRadius)
	tip, back := towards(to.point, bend, nodeRadius+1)
	base := point{tip.x + back.x*arrowLength, tip.y + back.y*arrowLength}
	s.add(wire{points: []point{start, bend, base}, color: g.theme.faint, width: 1, curved: true},
		area{points: []point{tip, {base.x - back.y*arrowBreadth, base.y + back.x*arrowBreadth}, {base.x + back.y*arrowBreadth, base.y - back.x*arrowBreadth}}, fill: g.theme.quiet})
}

// towards returns the place at a distance from a point on the way to another, and the direction.
func towards(from, to point, distance float64) (place, direction point) {
	length := max(1e-9, math.Hypot(to.x-from.x, to.y-from.y))
	direction = point{(to.x - from.x) / length, (to.y - from.y) / length}
	return point{from.x + direction.x*distance, from.y + direction.y*distance}, direction
}

// paintNode paints a node and its label along its ray, turned so that it never stands on its head.
func (g *graph) paintNode(s *scene, n node) {
	d := disc{x: n.x, y: n.y, r: nodeRadius, fill: g.colour(n.row), line: mix(g.colour(n.row), g.theme.ink, 0.45)}
	if n.hidden == 0 {
		d.tip = g.tip(n.process)
	}
	switch { // processes that are not in the log are rings, several in one node are larger rings
	case n.hidden > 0:
		d.fill, d.line, d.r = g.theme.fold, g.theme.quiet, nodeRadius+1.5
	case g.processes.inferred[n.process]:
		d.fill, d.line = g.theme.paper, g.theme.quiet
	}
	s.add(d)
	f := g.nodeLetters()
	if n.hidden > 0 || g.processes.inferred[n.process] {
		f.color = g.theme.quiet
	}
	sin, cos := math.Sincos(n.angle)
	angle, distance := -n.angle, labelGap
	if cos < -1e-9 {
		angle, distance = math.Pi-n.angle, labelGap+n.width
	}
	at := point{n.x + cos*distance, n.y - sin*distance}
	turnSin, turnCos := math.Sincos(angle)
	drop := 0.36 * f.size // from the ray down to the baseline
	s.add(label{x: at.x - turnSin*drop, y: at.y + turnCos*drop, size: f.size, color: f.color, text: n.text, width: n.width, angle: angle})
}
