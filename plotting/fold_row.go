package plotting

import (
	"fmt"
	"strings"
)

// paintFold paints a row that stands for several processes.
func (t *treePicture) paintFold(s *scene, r placed) {
	s.add(box{x: r.x + 0.5, y: r.y + 0.5, w: r.w - 1, h: r.h - 1, r: 4, fill: t.theme.fold, line: t.theme.faint, dashed: true, tip: t.foldTip(r.row)})
	x, right := r.x+rowInset, r.x+r.w-textGap
	base := r.y + 14.5
	if len(r.alike) == 0 {
		s.write(x, base, cutEnd(r.folded(), right-x, t.quietLetters()), t.quietLetters())
		return
	}
	s.add(box{x: r.x + 3, y: r.y + 3, w: stripe, h: r.h - 6, r: 2, fill: t.colours.of[t.processes.place[r.process]]})
	right = t.paintSpark(s, r, x, right)
	bold, quiet := t.nameLetters(), t.quietLetters()
	count := " ×" + grouped(r.repeats)
	name := cutMiddle(t.foldName(r.row), right-x-measure(count, bold), bold)
	x = s.write(x, base, name+count, bold) + textGap
	rest := t.foldText(r.row)
	if width := measure(rest, quiet); width > right-x && len(r.cycle) == 0 {
		rest = cutMiddle(rest, right-x, quiet)
	} else if width > right-x {
		rest = cutEnd(rest, right-x, quiet)
	}
	if rest != ellipsis {
		s.write(x, base, rest, quiet)
	}
}

// foldName names what a row that stands for processes alike shows: the process, or the chain.
func (t *treePicture) foldName(r row) string {
	if len(r.cycle) == 0 {
		return t.nameOf(r.process)
	}
	names := make([]string, len(r.cycle))
	for i, p := range r.cycle {
		names[i] = t.nameOf(p)
	}
	return strings.Join(names, " → ")
}

// folded says how many processes a row stands for.
func (r row) folded() string {
	more := ""
	if r.rest {
		more = "more "
	}
	switch {
	case r.trees == 1:
		return fmt.Sprintf("… %s%s in one %stree", grouped(r.hidden), plural(r.hidden, " process", " processes"), more)
	case r.trees > 1:
		return fmt.Sprintf("… %s processes in %s %strees", grouped(r.hidden), grouped(r.trees), more)
	}
	return fmt.Sprintf("… %s %s%s under this one", grouped(r.hidden), more, plural(r.hidden, "process", "processes"))
}

// foldText says what a row of processes alike holds beside its count: how many processes in all,
// and their command line, or how many different ones.
func (t *treePicture) foldText(r row) string {
	p := t.processes
	different := map[string]bool{}
	for _, i := range r.alike {
		different[p.command[i]] = true
	}
	commands := fmt.Sprintf("%s different command lines, such as %s", grouped(len(different)), visible(p.command[r.process]))
	if len(different) == 1 {
		commands = visible(p.command[r.alike[0]])
	}
	if r.hidden == r.repeats {
		return commands
	}
	if commands == "" {
		return grouped(r.hidden) + " processes"
	}
	return grouped(r.hidden) + " processes: " + commands
}

// foldTip is what a viewer shows of a row that stands for several processes.
func (t *treePicture) foldTip(r row) string {
	if len(r.alike) == 0 {
		return ""
	}
	return fmt.Sprintf("%s ×%s\n%s processes\n%s", shorter(t.foldName(r), 200), grouped(r.repeats), grouped(r.hidden), shorter(t.foldText(r), 300))
}
