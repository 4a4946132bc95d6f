package plotting

import (
	"math"

	"github.com/gophertrees/gopherwood/ptree"
)

const (
	timelinePitch = 19.0
	timelineBar   = 12.0
	timelineNames = 0.36 // of the width
	timelineRows  = 300
)

// PlotTimeline draws when processes ran: a row for each, named below its parent, with a bar from
// its creation to its end. Where the end is not known, the bar is thin and pale and ends at the last
// process below it: it ran so long at least. Processes that are not in the log began before it. A row that stands for several has a mark for each of them.
func PlotTimeline(t ptree.Tree, o ...ViewOptions) *Figure {
	return plotView(t, theOne("PlotTimeline", o), "Timeline", timelineRows, (*view).paintTimeline)
}

func (v *view) paintTimeline(s *scene, y float64) float64 {
	names := math.Round(v.inner * timelineNames)
	p := v.processes
	a := axis{p.first, p.last, margin + names + 12, margin + v.inner - 4}
	if a.known() {
		for _, end := range p.end {
			if end.After(a.last) {
				a.last = end
			}
		}
	}
	top := y + axisHeight
	a.paint(s, v.theme, y, top+timelinePitch*float64(len(v.plan.rows)))
	depth := make([]int, len(v.plan.rows))
	for i, r := range v.plan.rows {
		if r.parent >= 0 {
			depth[i] = depth[r.parent] + 1
		}
		rowTop := top + timelinePitch*float64(i)
		x := margin + math.Min(float64(depth[i])*12, names*0.45)
		v.paintTimelineName(s, r, x, rowTop, margin+names)
		v.paintLifetime(s, r, a, rowTop)
	}
	return top + timelinePitch*float64(len(v.plan.rows))
}

func (v *view) paintTimelineName(s *scene, r row, x, top, right float64) {
	name, quiet := v.bodyLetters(), v.smallLetters()
	name.bold = r.hidden == 0
	if name.bold && v.processes.inferred[r.process] {
		name.color = v.theme.quiet
	}
	end := s.write(x, top+13, cutMiddle(v.rowName(r), right-x, name), name) + 6
	if r.hidden > 0 {
		return
	}
	if pid := cutEnd(visible(v.processes.pid[r.process]), right-end, quiet); pid != ellipsis {
		s.write(end, top+13, pid, quiet)
	}
}

// paintLifetime paints a row's bar, or its marks.
func (v *view) paintLifetime(s *scene, r row, a axis, top float64) {
	c := v.colourOf(r)
	y := top + (timelinePitch-timelineBar)/2
	if r.hidden > 0 {
		marks := r.alike
		last := math.Inf(-1)
		for _, p := range marks {
			if at := v.processes.time[p]; !at.IsZero() {
				if x := math.Round(a.at(at)); x != last {
					s.add(box{x: x - 1, y: y, w: 2, h: timelineBar, fill: c.full})
					last = x
				}
			}
		}
		return
	}
	began, ended := v.processes.time[r.process], v.processes.end[r.process]
	from := a.left
	if !began.IsZero() {
		from = a.at(began)
	}
	switch {
	case !ended.IsZero():
		s.add(box{x: from, y: y, w: max(3, a.at(ended)-from), h: timelineBar, r: 2, fill: c.full, tip: v.tip(r.process)})
	default:
		to := from
		if alive := v.processes.alive[r.process]; !alive.IsZero() {
			to = a.at(alive)
		}
		s.add(box{x: from, y: y + 3.5, w: max(3, to-from), h: timelineBar - 7, r: 2, fill: c.ground(), tip: v.tip(r.process)})
		if !began.IsZero() {
			s.add(box{x: from - 1, y: y, w: 3, h: timelineBar, r: 1, fill: c.full})
		}
	}
}
