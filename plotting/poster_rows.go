package plotting

import "strings"

// enlarged adds marks at a place, all their measures multiplied. Lines get wider, too.
func (s *scene) enlarged(marks []mark, x, y, zoom float64) {
	points := func(of []point) []point {
		out := make([]point, len(of))
		for i, p := range of {
			out[i] = point{x + p.x*zoom, y + p.y*zoom}
		}
		return out
	}
	for _, m := range marks {
		switch m := m.(type) {
		case box:
			m.x, m.y, m.w, m.h, m.r = x+m.x*zoom, y+m.y*zoom, m.w*zoom, m.h*zoom, m.r*zoom
			s.add(m)
		case wire:
			m.points, m.width = points(m.points), m.width*zoom
			s.add(m)
		case area:
			m.points = points(m.points)
			s.add(m)
		case disc:
			m.x, m.y, m.r = x+m.x*zoom, y+m.y*zoom, m.r*zoom
			s.add(m)
		case label:
			m.x, m.y, m.size, m.width = x+m.x*zoom, y+m.y*zoom, m.size*zoom, m.width*zoom
			s.add(m)
		}
	}
}

// paintColumns paints the rows below a height.
func (v *view) paintColumns(s *scene, c columns, x, y float64) {
	v.grid = arrange(v.plan, c.width/c.zoom)
	for i := range v.grid.rows {
		v.grid.rows[i].y, v.grid.rows[i].h = float64(i)*posterPitch, posterHeight
	}
	v.grid.guides = v.grid.lead()
	quiet := v.quietLetters()
	quiet.size *= c.zoom
	for from := 0; from < c.rows; from += c.each {
		rows := v.grid.rows[from:min(c.rows, from+c.each)]
		s.write(x, y+12*c.zoom, cutMiddle(v.ancestors(from), c.width, quiet), quiet)
		top := y + ancestorLine*c.zoom
		lines := &scene{}
		up := -rows[0].y
		v.paintGuides(lines, 0, up, rows[0].y-2, rows[len(rows)-1].y+posterHeight)
		for _, r := range rows {
			v.paintElbow(lines, r, 0, up)
		}
		s.enlarged(lines.marks, x, top, c.zoom)
		for _, r := range rows {
			r.x, r.y, r.w, r.h = x+r.x*c.zoom, top+(r.y+up)*c.zoom, r.w*c.zoom, r.h*c.zoom
			v.paintLine(s, r, c.zoom)
		}
		x += c.width + posterGap*c.zoom
	}
}

// paintLine paints a row in one line: its colour, name, process id, what a badge would say, and command.
func (v *view) paintLine(s *scene, r placed, zoom float64) {
	v.paintLineBox(s, r, zoom)
	at := func(f letters) letters { f.size *= zoom; return f }
	name, body, quiet := at(v.nameLetters()), at(v.bodyLetters()), at(v.quietLetters())
	x, right, base := r.x+10*zoom, r.x+r.w-6*zoom, r.y+12.5*zoom
	gap := 7 * zoom
	put := func(text string, f letters, room float64) {
		if text = cutMiddle(text, min(room, right-x), f); text != "" && text != ellipsis {
			x = s.write(x, base, text, f) + gap
		}
	}
	if r.deep {
		put("level "+grouped(int(v.processes.level[r.process])), quiet, r.w)
	}
	switch {
	case len(r.alike) > 0:
		count := " ×" + grouped(r.repeats)
		put(cutMiddle(v.foldName(r.row), right-x-measure(count, name), name)+count, name, r.w)
		put(v.foldText(r.row), quiet, r.w)
		return
	case r.hidden > 0:
		put(r.folded(), quiet, r.w)
		return
	}
	put(v.nameOf(r.process), name, r.w)
	put(v.options.PIDFormat.write(v.processes.pid[r.process], v.guid(r.process)), quiet, 0.6*r.w)
	for _, b := range v.badges(r.process) {
		if !v.processes.inferred[r.process] { // the box says that already
			put(b.text, letters{size: body.size, bold: true, color: b.color}, widestBadge*zoom)
		}
	}
	text, f := v.bodyOf(r.process)
	if strings.HasPrefix(text, "no command line") {
		return
	}
	put(text, at(f), r.w)
}

func (v *view) paintLineBox(s *scene, r placed, zoom float64) {
	b := box{x: r.x + 0.5, y: r.y + 0.5, w: r.w - 1, h: r.h - 1, r: 4 * zoom, tip: v.rowTip(r.row)}
	colour := v.colourOf(r.row)
	switch {
	case r.hidden > 0:
		b.fill, b.line, b.dashed = v.theme.fold, v.theme.faint, true
	case v.processes.inferred[r.process]:
		b.fill, b.line, b.dashed = v.theme.paper, v.theme.quiet, true
	default:
		b.fill, b.line = mix(v.theme.paper, colour.full, v.theme.tint), mix(v.theme.paper, colour.full, 0.55)
	}
	s.add(b)
	if len(r.alike) > 0 || r.hidden == 0 && !v.processes.inferred[r.process] {
		s.add(box{x: r.x + 3*zoom, y: r.y + 3*zoom, w: 4 * zoom, h: r.h - 6*zoom, r: 2 * zoom, fill: colour.full})
	}
}
