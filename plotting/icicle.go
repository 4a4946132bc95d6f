package plotting

import (
	"fmt"
	"math"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// Measure says what the width of a process's box in [PlotIcicle] stands for.
type Measure int

// The measures.
const (
	ByCount Measure = iota // processes in the subtree
	ByTime                 // seconds from a process's creation to its end, or to the last creation below it
)

// IcicleOptions say how [PlotIcicle] draws. The zero value of every field is its default.
type IcicleOptions struct {
	ViewOptions

	Measure  Measure // default ByCount
	ValueCol string  // numeric column to add up instead; empty, negative and infinite values count as 0
	Flame    bool    // roots at the bottom, as in flame graphs
	MaxDepth int     // levels that are drawn; default 40
}

const (
	icicleRow   = 21.0
	icicleRows  = 25_000
	icicleDepth = 40
	thinnest    = 1.5 // pixels of a box that is drawn
)

// PlotIcicle draws the whole tree at one glance: a box for each process, children below their
// parent and within its width, which stands for the number of processes, for time or for the sum
// of a column. Boxes that would be thinner than a line are not drawn but counted in the footer.
func PlotIcicle(t ptree.Tree, o ...IcicleOptions) *Figure {
	options := theOne("PlotIcicle", o)
	if options.MaxDepth <= 0 {
		options.MaxDepth = icicleDepth
	}
	var column dataframe.Column
	if options.ValueCol != "" {
		column = numeric(t, options.ValueCol)
	}
	return plotView(t, options.ViewOptions, "Icicle", icicleRows, func(v *view, s *scene, y float64) float64 {
		return v.paintIcicle(s, y, v.values(options, column), options)
	})
}

// numeric returns a column of numbers; one of anything else is the cell's mistake.
func numeric(t ptree.Tree, name string) dataframe.Column {
	c := t.Col(name)
	if k := c.Kind(); k != dataframe.Int && k != dataframe.Float {
		panic(&dataframe.UsageError{Message: fmt.Sprintf("the column %q holds no numbers: ValueCol adds numbers up", name)})
	}
	return c
}

// values returns the value of each row without those below it.
func (v *view) values(o IcicleOptions, column dataframe.Column) []float64 {
	one := func(int32) float64 { return 1 }
	switch {
	case o.ValueCol != "":
		numbers := column.Floats()
		one = func(p int32) float64 {
			if n := numbers[v.processes.place[p]]; n > 0 && !math.IsInf(n, 0) {
				return n
			}
			return 0
		}
	case o.Measure == ByTime:
		one = v.processes.seconds
	}
	out := make([]float64, len(v.plan.rows))
	for i, r := range v.plan.rows {
		switch {
		case r.hidden == 0:
			out[i] = one(r.process)
		case len(r.alike) == 0:
			out[i] = float64(r.hidden)
		default:
			for _, p := range r.alike {
				out[i] += one(p)
			}
		}
	}
	return out
}

// seconds returns how long a process ran, as far as that is known.
func (p *processes) seconds(i int32) float64 {
	end := p.end[i]
	if p.time[i].IsZero() {
		return 0
	}
	if end.IsZero() {
		end = p.alive[i]
	}
	return max(0, end.Sub(p.time[i]).Seconds())
}

// paintIcicle places and paints the boxes.
func (v *view) paintIcicle(s *scene, y float64, own []float64, o IcicleOptions) float64 {
	rows := v.plan.rows
	total, depth, deepest := sumUp(rows, own)
	all := 0.0
	for i, r := range rows {
		if r.parent < 0 {
			all += total[i]
		}
	}
	levels := min(deepest+1, o.MaxDepth)
	height := icicleRow * float64(levels)
	next := make([]float64, len(rows)) // where the next child of a row begins
	root := 0.0
	thin, deep := 0, 0
	for i, r := range rows {
		start := &root
		if r.parent >= 0 {
			start = &next[r.parent]
		}
		from := *start
		*start += total[i]
		next[i] = from
		if all == 0 {
			continue
		}
		x, w := margin+v.inner*from/all, v.inner*total[i]/all
		switch {
		case depth[i] >= o.MaxDepth:
			deep += max(1, r.hidden)
			continue
		case w < thinnest:
			thin += max(1, r.hidden)
			continue
		}
		top := y + icicleRow*float64(depth[i])
		if o.Flame {
			top = y + height - icicleRow*float64(depth[i]+1)
		}
		v.paintIcicleBox(s, r, x, top, w)
	}
	v.note(thin, "too narrow to be drawn here")
	v.note(deep, fmt.Sprintf("deeper than the %d levels that are drawn", o.MaxDepth))
	if all == 0 && len(rows) > 0 {
		v.notes = append(v.notes, "all values are 0: there is nothing to draw")
	}
	return y + height
}

// note counts processes that are left out.
func (t *treePicture) note(processes int, why string) {
	if processes > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%s %s %s", grouped(processes), plural(processes, "process", "processes"), why))
	}
}

// sumUp adds values up from the leaves and returns them with the depths.
func sumUp(rows []row, own []float64) (total []float64, depth []int, deepest int) {
	total, depth = make([]float64, len(rows)), make([]int, len(rows))
	copy(total, own)
	for i := len(rows) - 1; i >= 0; i-- {
		if up := rows[i].parent; up >= 0 {
			total[up] += total[i]
		}
	}
	deepest = -1
	for i, r := range rows {
		if r.parent >= 0 {
			depth[i] = depth[r.parent] + 1
		}
		deepest = max(deepest, depth[i])
	}
	return total, depth, deepest
}

func (v *view) paintIcicleBox(s *scene, r row, x, y, w float64) {
	c := v.colourOf(r)
	b := box{x: x + 0.5, y: y + 0.5, w: max(1, w-1), h: icicleRow - 2, r: min(2, w/4), fill: c.ground(), line: c.rim(), tip: v.rowTip(r)}
	b.dashed = r.hidden == 0 && v.processes.inferred[r.process]
	if w < 4 {
		b.line, b.r = b.fill, 0
	}
	s.add(b)
	f := v.smallLetters()
	f.color = v.theme.ink
	if text := cutEnd(v.rowName(r), w-8, f); text != ellipsis && w > 24 {
		s.write(x+4, y+14, text, f)
	}
}
