package plotting

import (
	"fmt"
	"strings"
)

// paintHeader paints the title, the counts and the legend, and returns the height below them.
func (t *treePicture) paintHeader(s *scene, x, y, width float64, page, pages int) float64 {
	title := letters{size: 18, bold: true, color: t.theme.ink}
	number := ""
	if pages > 1 {
		number = fmt.Sprintf("page %s of %s", grouped(page), grouped(pages))
	}
	w := measure(number, t.quietLetters())
	s.write(x+width-w, y+18, number, t.quietLetters())
	s.write(x, y+18, cutEnd(visible(t.options.Title), width-w-textGap, title), title)
	y += 28
	if page == 1 {
		y = flow(s, x, y, width, t.subtitle(), t.quietLetters())
	}
	if t.colours.column != "" && !t.options.HideLegend {
		y = t.colours.paintLegend(s, t.theme, x, y+4, width)
	}
	if page > 1 {
		y += ancestorLine
	}
	return y + 10
}

const ancestorLine = 18.0 // height of the line that tells where a page goes on

// paintAncestors names the ancestors of a page's first row, which are on pages before.
func (t *treePicture) paintAncestors(s *scene, row int, x, y, width float64) {
	f := t.quietLetters()
	s.write(x, y+12, cutMiddle(t.ancestors(row), width, f), f)
}

// ancestors names what a row is under; "" for a root.
func (t *treePicture) ancestors(row int) string {
	path := ""
	for up := t.grid.rows[row].parent; up >= 0 && len(path) < longest; up = t.grid.rows[up].parent {
		path = t.nameOf(t.grid.rows[up].process) + " › " + path
	}
	if path = strings.TrimSuffix(path, " › "); path != "" {
		path = "… under " + path
	}
	return path
}

// subtitle tells what is drawn, in parts that may be broken into lines.
func (t *treePicture) subtitle() []string {
	out := t.processes.counts()
	if t.options.Filter != "" {
		out = append(out, "filter: "+shorter(visible(t.options.Filter), 160))
	}
	if t.plan.folded > 0 {
		out = append(out, fmt.Sprintf("%s %s: %s processes drawn, %s processes folded",
			grouped(len(t.plan.rows)), t.unit, grouped(t.plan.drawn), grouped(t.plan.folded)))
	}
	return out
}

// counts tells what the processes are: how many, of how many hosts, of what time.
func (p *processes) counts() []string {
	roots, deepest, inferred := 0, int32(0), 0
	top := make([]int32, len(p.parent)) // the level of the topmost ancestor that is here
	for i, up := range p.parent {
		if up < 0 {
			roots++
			top[i] = p.level[i]
		} else {
			top[i] = top[up]
		}
		if p.inferred[i] {
			inferred++
		}
		deepest = max(deepest, p.level[i]-top[i]+1)
	}
	n := len(p.parent)
	out := []string{
		fmt.Sprintf("%s %s", grouped(n), plural(n, "process", "processes")),
		fmt.Sprintf("%s %s", grouped(roots), plural(roots, "root", "roots")),
		fmt.Sprintf("%s %s", grouped(int(deepest)), plural(int(deepest), "level", "levels")),
	}
	if inferred > 0 {
		out = append(out, fmt.Sprintf("%s not in the log", grouped(inferred)))
	}
	out = append(out, p.hosts()...)
	return append(out, p.period()...)
}

func (p *processes) hosts() []string {
	hosts := map[string]bool{}
	for _, h := range p.host {
		if h != "" {
			hosts[h] = true
		}
	}
	switch len(hosts) {
	case 0:
		return nil
	case 1:
		for h := range hosts {
			return []string{shorter(visible(h), 40)}
		}
	}
	return []string{grouped(len(hosts)) + " hosts"}
}

// period tells the first and last time.
func (p *processes) period() []string {
	first, last := p.first, p.last
	const minutes = "2006-01-02 15:04:05"
	switch {
	case first.IsZero():
		return nil
	case first.Equal(last):
		return []string{first.Format(minutes) + " UTC"}
	}
	return []string{first.Format(minutes) + " – " + last.Format(minutes) + " UTC"}
}

// flow writes parts separated by dots into as many lines as they need; the last baseline is a
// little above the height that it returns.
func flow(s *scene, x, y, width float64, parts []string, f letters) float64 {
	const dot = "  ·  "
	line := ""
	for _, part := range parts {
		longer := part
		if line != "" {
			longer = line + dot + part
		}
		if line != "" && measure(longer, f) > width {
			s.write(x, y+11, line, f)
			y += 16
			longer = part
		}
		line = longer
	}
	s.write(x, y+11, cutEnd(line, width, f), f)
	return y + 16
}
