package plotting

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// treePicture is all that is known when the rows of a tree are painted.
type treePicture struct {
	options   Options
	tree      ptree.Tree
	theme     theme
	processes *processes
	colours   colouring
	guid      func(process int32) string
	grid      grid
	plan      plan
	folded    []ptree.FoldRow
	notes     []string // for the footer
	unit      string   // what the plan's rows are called: rows, nodes
}

// paintRows paints rows from.. to to-1 with the first one's top at y.
func (t *treePicture) paintRows(s *scene, part span, x, y float64) {
	if part.from >= part.to {
		return
	}
	rows := t.grid.rows
	up := y - rows[part.from].y
	end := rows[part.to-1]
	t.paintGuides(s, x, up, rows[part.from].y-3, end.y+end.h+3)
	for i := part.from; i < part.to; i++ {
		r := rows[i]
		t.paintElbow(s, r, x, up)
		r.x += x
		r.y += up
		if r.hidden > 0 {
			t.paintFold(s, r)
		} else {
			t.paintProcess(s, r)
		}
	}
}

const bodySize = 11.0

// The text of rows.
func (t *treePicture) nameLetters() letters {
	return letters{size: 12.5, bold: true, color: t.theme.ink}
}
func (t *treePicture) bodyLetters() letters  { return letters{size: bodySize, color: t.theme.ink} }
func (t *treePicture) quietLetters() letters { return letters{size: bodySize, color: t.theme.quiet} }
func (t *treePicture) smallLetters() letters { return letters{size: 10, color: t.theme.quiet} }

const (
	stripe    = 5.0 // width of a row's full colour
	rowInset  = 12.0
	textGap   = 10.0
	timestamp = "2006-01-02 15:04:05.000"
)

// paintProcess paints one process: its colour, name, process id and time, and below them its
// command line.
func (t *treePicture) paintProcess(s *scene, r placed) {
	i := r.process
	t.paintBox(s, r, t.colours.of[t.processes.place[i]], t.processes.inferred[i])
	x, right := r.x+rowInset, r.x+r.w-textGap
	first, second := r.y+14, r.y+28
	if r.deep {
		x = s.write(x, first, fmt.Sprintf("level %s", grouped(int(t.processes.level[i]))), t.smallLetters()) + 6
	}
	pid := t.options.PIDFormat.write(t.processes.pid[i], t.guid(i))
	pid = cutEnd(pid, 0.6*(right-x), t.quietLetters())
	room := right - x - measure(pid, t.quietLetters()) - textGap
	if when := t.processes.time[i]; !when.IsZero() {
		text := when.Format(timestamp)
		if w := measure(text, t.smallLetters()); room-w-textGap > 90 {
			s.write(right-w, first, text, t.smallLetters())
			room -= w + textGap
		}
	}
	name := cutMiddle(t.nameOf(i), room, t.nameLetters())
	end := x + room + measure(pid, t.quietLetters()) + textGap
	x = s.write(x, first, name, t.nameLetters()) + textGap
	x = s.write(x, first, pid, t.quietLetters()) + textGap
	t.paintBadges(s, x, end, r.y, t.badges(i))
	body, f := t.bodyOf(i)
	s.write(r.x+rowInset, second, cutMiddle(body, right-r.x-rowInset, f), f)
}

func (t *treePicture) nameOf(i int32) string {
	if name := visible(t.processes.name[i]); name != "" {
		return name
	}
	return "(no name)"
}

// bodyOf returns a row's second line: the command line, else what there is to say instead.
func (t *treePicture) bodyOf(i int32) (string, letters) {
	p := t.processes
	switch {
	case p.inferred[i] && p.path[i] != p.name[i]:
		return "not in the log, known from its children: " + visible(p.path[i]), t.quietLetters()
	case p.inferred[i]:
		return "not in the log, known from its children", t.quietLetters()
	case p.command[i] != "":
		return visible(p.command[i]), t.bodyLetters()
	case p.path[i] != p.name[i]:
		return visible(p.path[i]), t.quietLetters()
	}
	return "no command line in the log", t.quietLetters()
}

// paintBox paints a process's box. One that is not in the log is dashed and grey.
func (t *treePicture) paintBox(s *scene, r placed, colour color.NRGBA, inferred bool) {
	b := box{x: r.x + 0.5, y: r.y + 0.5, w: r.w - 1, h: r.h - 1, r: 4, tip: t.tip(r.process), link: t.linkOf(r.process)}
	if inferred {
		b.fill, b.line, b.dashed = t.theme.paper, t.theme.quiet, true
		s.add(b)
		return
	}
	b.fill, b.line = mix(t.theme.paper, colour, t.theme.tint), mix(t.theme.paper, colour, 0.55)
	s.add(b, box{x: r.x + 3, y: r.y + 3, w: stripe, h: r.h - 6, r: 2, fill: colour})
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// linkOf returns the address that a process's box leads to, "" for none.
func (t *treePicture) linkOf(i int32) string {
	if t.options.Link == nil {
		return ""
	}
	link := t.options.Link(t.tree.At(int(t.processes.place[i])))
	if link != "" && !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
		panic(&dataframe.UsageError{Message: "Options.Link gave " + dataframe.Clip(link) + ": an address begins with https:// or http://"})
	}
	return link
}

// tip is what a viewer shows of a process when it is pointed at.
func (t *treePicture) tip(i int32) string {
	p := t.processes
	lines := []string{"Process: " + visible(p.path[i]), t.options.PIDFormat.write(p.pid[i], t.guid(i))}
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	add("Command line", shorter(visible(p.command[i]), 300))
	add("User", visible(p.user[i]))
	add("Host", visible(p.host[i]))
	if !p.time[i].IsZero() {
		add("Time", p.time[i].Format(timestamp)+" UTC")
	}
	if p.inferred[i] {
		lines = append(lines, "not in the log, known from its children")
	}
	return strings.Join(lines, "\n")
}

// shorter cuts a text to a number of characters.
func shorter(text string, most int) string {
	count := 0
	for i := range text {
		if count == most {
			return text[:i] + ellipsis
		}
		count++
	}
	return text
}
