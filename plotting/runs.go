package plotting

// run is a piece of a label in one typeface, at its place on the line.
type run struct {
	face  *typeface // nil when no font has the character
	text  string    // in the order in which it is painted
	x     float64   // from the label's beginning
	width float64
}

// runs splits a label where its typeface changes, from left to right.
func (l label) runs() []run {
	var out []run
	f, x := letters{size: l.size, bold: l.bold}, 0.0
	text := visualOrder(shaped(l.text))
	start := 0
	var current *typeface
	flush := func(end int, at float64) {
		if end > start {
			begin := 0.0
			if len(out) > 0 {
				begin = out[len(out)-1].x + out[len(out)-1].width
			}
			out = append(out, run{face: current, text: text[start:end], x: begin, width: at - begin})
		}
		start = end
	}
	for i, r := range text {
		face, _ := faceOf(r, l.bold)
		if isMark(r) && current != nil && current.advance(r) >= 0 {
			face = current // that of the letter it belongs to
		}
		if face != current || face == nil {
			flush(i, x)
			current = face
		}
		x += runeWidth(r, f)
	}
	flush(len(text), x)
	return out
}
