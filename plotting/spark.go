package plotting

import (
	"math"
	"time"
)

const (
	sparkWidth  = 96.0 // of the line that shows when the processes of a row ran
	sparkHeight = 13.0
	sparkBins   = 32
	sparkRoom   = 420.0 // a row has one from this width on
)

// paintSpark paints when the processes of a row were created, over the time of the whole picture,
// and returns where the room for text ends.
func (t *treePicture) paintSpark(s *scene, r placed, x, right float64) float64 {
	bins, most := t.when(r.alike)
	if right-x < sparkRoom || most == 0 {
		return right
	}
	left, bottom := math.Round(right-sparkWidth), r.y+r.h-4
	s.add(wire{points: []point{{left, bottom + 0.5}, {left + sparkWidth, bottom + 0.5}}, color: t.theme.faint, width: 1})
	wide := sparkWidth / sparkBins
	for i, n := range bins {
		if n > 0 {
			h := max(2, math.Round(sparkHeight*math.Sqrt(float64(n)/float64(most))))
			s.add(box{x: left + float64(i)*wide, y: bottom - h, w: wide - 0.5, h: h, fill: t.theme.quiet})
		}
	}
	return left - textGap
}

// when counts processes by the time of their creation, in equal parts of the picture's time.
func (t *treePicture) when(of []int32) (bins [sparkBins]int, most int) {
	first, last := t.processes.first, t.processes.last
	if !last.After(first) {
		return bins, 0
	}
	for _, i := range of {
		if at := t.processes.time[i]; !at.IsZero() {
			part := float64(at.Sub(first)) / float64(last.Sub(first))
			bin := max(0, min(sparkBins-1, int(part*sparkBins)))
			bins[bin]++
			most = max(most, bins[bin])
		}
	}
	return bins, most
}

// lasted writes a duration to be read, not computed with: 12 ms, 3.4 s, 5 min, 2 h, 3 d.
func lasted(d time.Duration) string {
	switch {
	case d < time.Second:
		return number(float64(d.Milliseconds()), 0) + " ms"
	case d < 100*time.Second:
		return number(d.Seconds(), 1) + " s"
	case d < 100*time.Minute:
		return number(math.Round(d.Minutes()), 0) + " min"
	case d < 72*time.Hour:
		return number(math.Round(d.Hours()), 0) + " h"
	}
	return number(math.Round(d.Hours()/24), 0) + " d"
}
