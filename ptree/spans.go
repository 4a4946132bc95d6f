package ptree

import (
	"runtime"
	"slices"
)

// spans are stretches of a host's events that all processors work on side by side, where a host is
// large and there are few others; else all of it is one. The events without a time are one of their own.
type spans struct {
	of     []part
	events int // of all together
}

// spanEvents are enough for a processor to take them on.
const spanEvents = 4096

// cut makes the spans. No moment, to 10 microseconds, is in two of them.
func (s *spans) cut(of []entry, timed int, alone bool) {
	s.of, s.events = s.of[:0], len(of)
	n := 1
	if alone {
		n = max(1, min(runtime.GOMAXPROCS(0), timed/spanEvents))
	}
	from := 0
	for _, p := range parted(timed, n) {
		to := max(p.to, from)
		for to > from && to < timed && roundedMicros(of[to].nanos) == roundedMicros(of[to-1].nanos) {
			to++
		}
		if to > from {
			s.of = append(s.of, part{from, to})
		}
		from = to
	}
	if timed < len(of) {
		s.of = append(s.of, part{timed, len(of)})
	}
}

// across works on all spans.
func (s *spans) across(work func(k int, p part)) {
	if len(s.of) == 1 {
		work(0, s.of[0])
		return
	}
	each(len(s.of), s.events, func(_ *struct{}, k int) { work(k, s.of[k]) })
}

// noting works on all spans and collects their notes.
func (s *spans) noting(n *notes, work func(k int, p part, n *notes)) {
	own := make([]notes, len(s.of))
	s.across(func(k int, p part) { work(k, p, &own[k]) })
	*n = append(*n, slices.Concat(own...)...)
}
