package plotting

import "image/color"

// badge is a short remark on a row: what an analyst looks for first.
type badge struct {
	text  string
	color color.NRGBA
}

const (
	badgeHeight  = 13.0
	badgePadding = 5.0
	widestBadge  = 150.0
)

// badges returns what is remarkable about a process: that it runs as somebody else than its
// parent, that it is not in the log, that its end is known.
func (t *treePicture) badges(i int32) []badge {
	p := t.processes
	var out []badge
	if up := p.parent[i]; up >= 0 && p.user[i] != "" && p.user[up] != "" && p.user[i] != p.user[up] {
		out = append(out, badge{"as " + visible(p.user[i]), t.theme.alert})
	}
	if p.inferred[i] {
		out = append(out, badge{"inferred", t.theme.quiet})
	}
	if end := p.end[i]; !end.IsZero() {
		text := "ended"
		if !p.time[i].IsZero() && !end.Before(p.time[i]) {
			text = "ended after " + lasted(end.Sub(p.time[i]))
		}
		out = append(out, badge{text, t.theme.quiet})
	}
	return out
}

// paintBadges paints as many badges as fit between two places of a row's first line.
func (t *treePicture) paintBadges(s *scene, x, right, top float64, badges []badge) {
	for _, b := range badges {
		f := letters{size: 9, bold: true, color: b.color}
		text := cutEnd(b.text, min(widestBadge, right-x-2*badgePadding), f)
		if text == "" || text == ellipsis {
			return
		}
		width := measure(text, f) + 2*badgePadding
		s.add(box{x: x + 0.5, y: top + 4.5, w: width - 1, h: badgeHeight - 1, r: badgeHeight / 2, fill: mix(t.theme.paper, b.color, 0.1), line: mix(t.theme.paper, b.color, 0.45)})
		s.write(x+badgePadding, top+14, text, f)
		x += width + 5
	}
}
