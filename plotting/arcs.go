package plotting

import (
	"math"
	"sort"

	"github.com/gophertrees/gopherwood/ptree"
)

const (
	arcRows   = 25_000
	arcHeight = 420.0
	arcNames  = 60 // rows that may be named
)

// PlotArcs draws time against depth: every process at the time of its creation, from left to
// right, and on its level, from top to bottom, with an arc to each child. Bursts stand as
// columns, services as long arcs. The names of those with most below them are written, each once,
// as far as they have room. Processes without a time are not drawn, and counted in the footer.
func PlotArcs(t ptree.Tree, o ...ViewOptions) *Figure {
	return plotView(t, theOne("PlotArcs", o), "Time and depth", arcRows, (*view).paintArcs)
}

func (v *view) paintArcs(s *scene, y float64) float64 {
	rows := v.plan.rows
	own := make([]float64, len(rows))
	for i, r := range rows {
		own[i] = float64(max(1, r.hidden))
	}
	total, depth, deepest := sumUp(rows, own)
	height := max(arcHeight, v.least-y-80)
	a := axis{v.processes.first, v.processes.last, margin + 30, margin + v.inner - 8}
	top := y + axisHeight + 8
	pitch := min(60, (height-axisHeight-16)/float64(max(1, deepest)))
	height = pitch*float64(max(1, deepest)) + axisHeight + 16
	a.paint(s, v.theme, y, top+height-axisHeight-8)
	v.paintLevels(s, top, pitch, deepest)
	at := make([]point, len(rows))
	placed := make([]bool, len(rows))
	missing := 0
	for i, r := range rows {
		when := v.processes.time[r.process]
		if when.IsZero() && v.processes.inferred[r.process] {
			when = v.processes.first // before the log
		}
		if placed[i] = !when.IsZero(); !placed[i] {
			missing += max(1, r.hidden)
			continue
		}
		at[i] = point{a.at(when), top + pitch*float64(depth[i])}
		if r.parent >= 0 && placed[r.parent] {
			up := at[r.parent]
			s.add(wire{points: []point{up, {at[i].x, up.y}, at[i]}, color: mix(v.theme.paper, v.theme.faint, 0.6), width: 1, curved: true, dashed: v.weakLink(r.process)})
		}
	}
	for i, r := range rows {
		if placed[i] {
			v.paintDot(s, r, at[i])
		}
	}
	v.nameLargest(s, at, placed, total)
	v.note(missing, "without a time")
	return y + height
}

// paintLevels names some of the levels at the left.
func (v *view) paintLevels(s *scene, top, pitch float64, deepest int) {
	f := v.smallLetters()
	every := max(1, int(math.Ceil(16/pitch)))
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if every <= step {
			every = step
			break
		}
	}
	for level := 0; level <= deepest; level += every {
		text := grouped(level + 1)
		s.write(margin+20-measure(text, f), top+pitch*float64(level)+3.5, text, f)
	}
}

// nameLargest names rows, those with most below them first, where no name stands yet.
func (v *view) nameLargest(s *scene, at []point, placed []bool, total []float64) {
	order := make([]int, 0, len(at))
	for i := range at {
		if placed[i] {
			order = append(order, i)
		}
	}
	sort.SliceStable(order, func(i, j int) bool { return total[order[i]] > total[order[j]] })
	taken := make([]box, 0, len(at)+arcNames) // by dots, then by names
	for i, p := range at {
		if placed[i] {
			taken = append(taken, box{x: p.x - 3, y: p.y - 3, w: 6, h: 6})
		}
	}
	named := map[string]bool{}
	f := v.smallLetters()
	f.color = v.theme.ink
	for _, i := range order[:min(len(order), 4*arcNames)] {
		text := cutMiddle(v.rowName(v.plan.rows[i]), 150, f)
		if named[text] {
			continue
		}
		w := measure(text, f)
		for _, x := range []float64{at[i].x + 10, at[i].x - 10 - w} {
			b := box{x: x, y: at[i].y - 6.5, w: w, h: 11}
			if x < margin+30 || x+w > margin+v.inner || touches(b, taken) {
				continue
			}
			taken, named[text] = append(taken, b), true
			s.write(x, at[i].y+3.6, text, f)
			break
		}
		if len(named) == arcNames {
			return
		}
	}
}

// touches reports whether a box comes close to one of others.
func touches(b box, others []box) bool {
	for _, o := range others {
		if b.x < o.x+o.w+4 && o.x < b.x+b.w+4 && b.y < o.y+o.h+2 && o.y < b.y+b.h+2 {
			return true
		}
	}
	return false
}
