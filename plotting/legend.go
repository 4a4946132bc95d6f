package plotting

import "math"

const (
	barWidth  = 300.0
	barHeight = 10.0
	barSlices = 75
	linePitch = 19.0
)

// paintLegend explains the colours and returns the height below it.
func (c colouring) paintLegend(s *scene, th theme, x, y, width float64) float64 {
	heading := letters{size: 11, bold: true, color: th.ink}
	text := letters{size: 11, color: th.ink}
	count := letters{size: 11, color: th.quiet}
	left, right := x, x+width
	at := s.write(x, y+12, cutEnd(c.column, width/3, heading), heading) + 14
	if c.bar != nil {
		at = c.bar.paint(s, th, at, y, right)
	}
	row := y
	for _, w := range c.swatches {
		name := cutEnd(w.text, 0.45*width, text)
		number := grouped(w.count)
		wide := 16 + measure(name, text) + 5 + measure(number, count)
		if at+wide > right && at > left {
			at, row = left, row+linePitch
			if c.bar != nil && row == y+linePitch {
				row += linePitch // below the names of the bar's ticks
			}
		}
		s.add(box{x: at, y: row + 2, w: 11, h: 11, r: 2, fill: w.color})
		end := s.write(at+16, row+12, name, text)
		at = s.write(end+5, row+12, number, count) + 18
	}
	if c.bar != nil {
		return max(row, y+linePitch-4) + linePitch
	}
	return row + linePitch
}

// paint paints a gradient with its ticks from x on and returns where it ends.
func (b *bar) paint(s *scene, th theme, x, y, right float64) float64 {
	width := math.Floor(min(barWidth, right-x))
	x = math.Round(x)
	if b.low == b.high {
		width = math.Round(width / barSlices * 10)
	}
	slice := width / barSlices
	for i := range barSlices {
		from, to := math.Round(x+float64(i)*slice), math.Round(x+float64(i+1)*slice)
		s.add(box{x: from, y: y + 2, w: math.Min(to-from+1, x+width-from), h: barHeight, // the next covers a pixel, so that no seam shows
			fill: b.scale.colour(b.at(i))})
	}
	b.paintTicks(s, th, x, y+2+barHeight, width, right)
	end := x + width + 14
	quiet := letters{size: 10, color: th.quiet}
	if note := b.note; note != "" && end+measure(note, quiet) < right {
		end = s.write(end, y+12, note, quiet) + 18
	}
	return end
}

// at returns the value in the middle of a slice.
func (b *bar) at(slice int) float64 {
	part := (float64(slice) + 0.5) / barSlices
	return b.low*(1-part) + b.high*part
}

// paintTicks names places on a bar. A name that would touch the one before is left out, its tick
// stays.
func (b *bar) paintTicks(s *scene, th theme, x, y, width, right float64) {
	f := letters{size: 10, color: th.quiet}
	taken := math.Inf(-1)
	for _, k := range b.ticks {
		at := math.Floor(x+k.at*width) + 0.5
		s.add(wire{points: []point{{at, y}, {at, y + 3}}, color: th.quiet, width: 1})
		w := measure(k.text, f)
		from := min(max(at-w/2, margin), right-w)
		if from < taken+6 {
			continue
		}
		taken = s.write(from, y+13, k.text, f)
	}
}
