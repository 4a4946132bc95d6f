package plotting

import "fmt"

// paintFooter writes below the rows where the picture's data are from and what was folded, and
// returns the height below it.
func (t *treePicture) paintFooter(s *scene, x, y, width float64) float64 {
	parts := t.footer()
	if len(parts) == 0 {
		return y
	}
	s.add(wire{points: []point{{x, y + 8.5}, {x + width, y + 8.5}}, color: t.theme.faint, width: 1})
	return flow(s, x, y+12, width, parts, t.smallLetters()) + 2
}

func (t *treePicture) footer() []string {
	var out []string
	if t.options.Source != "" {
		out = append(out, "Source: "+shorter(visible(t.options.Source), 160))
	}
	alike, chains, under := [2]int{}, [2]int{}, [2]int{}
	count := func(n *[2]int, r row) { n[0]++; n[1] += r.hidden }
	for _, r := range t.plan.rows {
		switch {
		case r.hidden == 0:
		case len(r.cycle) > 0:
			count(&chains, r)
		case len(r.alike) > 0:
			count(&alike, r)
		default:
			count(&under, r)
		}
	}
	for _, n := range []struct {
		count     [2]int
		one, many string
	}{
		{alike, "row stands for %s processes that are alike", "rows stand for %s processes that are alike"},
		{chains, "row stands for a chain of %s processes", "rows stand for chains of %s processes"},
		{under, "row counts %s processes that are not drawn", "rows count %s processes that are not drawn"},
	} {
		if n.count[0] > 0 {
			out = append(out, grouped(n.count[0])+" "+fmt.Sprintf(plural(n.count[0], n.one, n.many), grouped(n.count[1])))
		}
	}
	return append(out, t.notes...)
}
