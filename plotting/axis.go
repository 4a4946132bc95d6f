package plotting

import (
	"math"
	"time"
)

// axis maps time to places from left to right.
type axis struct {
	first, last time.Time
	left, right float64
}

// known reports whether the axis has a length.
func (a axis) known() bool { return a.last.After(a.first) }

func (a axis) at(when time.Time) float64 {
	if !a.known() {
		return (a.left + a.right) / 2
	}
	part := float64(when.Sub(a.first)) / float64(a.last.Sub(a.first))
	return a.left + (a.right-a.left)*max(0, min(1, part))
}

const axisHeight = 20.0

// paint paints the names of round times at the top of y, and lines from them down to a height.
func (a axis) paint(s *scene, th theme, y, bottom float64) {
	if a.first.IsZero() {
		return
	}
	f := letters{size: 10, color: th.quiet}
	low, high := float64(a.first.UnixNano())/1e9, float64(a.last.UnixNano())/1e9
	ticks, _ := timeTicks(low, high)
	taken := math.Inf(-1)
	for _, k := range ticks {
		at := math.Floor(a.left+k.at*(a.right-a.left)) + 0.5
		s.add(wire{points: []point{{at, y + axisHeight - 4}, {at, bottom}}, color: mix(th.paper, th.faint, 0.45), width: 1})
		w := measure(k.text, f)
		from := min(max(at-w/2, a.left), a.right-w)
		if from >= taken+8 && from >= a.left {
			taken = s.write(from, y+11, k.text, f)
		}
	}
}
