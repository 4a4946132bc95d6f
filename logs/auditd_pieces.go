package logs

import "slices"

// auditPiece is some lines of a log, in their order: what is read of each line, one behind the
// other. A piece is given up when the last of its lines has become part of a row.
type auditPiece struct {
	text  []byte
	lines []auditLine
	left  int // lines that are not part of a row yet
}

// auditLine is one record: where in its piece its body is, and of which event and type it is.
type auditLine struct {
	from, body, to int32 // from is before the body where the header is kept, which has a date
	event          int32
	kind           int32
}

// A piece is full with so many bytes or lines. A line's number is that of its piece, and below that
// its place there.
const (
	fullPiece  = 1 << 20
	placeBits  = 14
	fullPlaces = 1 << placeBits
)

// keep stores a line.
func (c *auditCollector) keep(text []byte, h auditHeader, event int32, kind *auditRecordType) {
	p := c.piece()
	header := text[:len(text)-len(h.body)]
	if !h.interpreted {
		header = nil
	}
	from := len(p.text)
	p.text = append(append(p.text, header...), h.body...)
	p.lines = append(p.lines, auditLine{int32(from), int32(from + len(header)), int32(len(p.text)), event, kind.number})
}

// piece returns the last piece, or a new one when that is full. The first grows with the log, and
// the others begin as large as they become.
func (c *auditCollector) piece() *auditPiece {
	p := &auditPiece{}
	if n := len(c.pieces); n > 0 {
		last := c.pieces[n-1]
		if len(last.text) < fullPiece && len(last.lines) < fullPlaces {
			return last
		}
		p.text = make([]byte, 0, min(len(last.text)+fullPiece/16, fullPiece+fullPiece/16))
		p.lines = make([]auditLine, 0, min(len(last.lines)+fullPlaces/16, fullPlaces))
	}
	c.pieces = append(c.pieces, p)
	return p
}

// build gives the events to b in the order of time.
func (c *auditCollector) build(b *auditBuilder) error {
	c.number = nil
	starts, byEvent := c.grouped()
	var records []auditRecord
	for i, e := range c.order() {
		records = records[:0]
		lines := byEvent[starts[e]:starts[e+1]]
		for _, l := range lines {
			p := c.pieces[l>>placeBits]
			line := p.lines[l%fullPlaces]
			records = append(records, auditRecord{c.types[line.kind], p.text[line.body:line.to], line.from < line.body})
		}
		if len(records) > 0 {
			b.event(c.events[e], c.nodeName(c.events[e].node), records)
		}
		for _, l := range lines {
			if p := c.pieces[l>>placeBits]; p.left > 1 {
				p.left--
			} else {
				c.pieces[l>>placeBits] = nil
			}
		}
		if i%4096 == 0 {
			if err := c.source.stopped(); err != nil {
				return err
			}
		}
	}
	return nil
}

// grouped returns the lines' numbers event by event: those of event e are
// byEvent[starts[e]:starts[e+1]], in the order of the file. Records that only end an event are not
// among them.
func (c *auditCollector) grouped() (starts, byEvent []int32) {
	starts = make([]int32, len(c.events)+1)
	for _, p := range c.pieces {
		for _, l := range p.lines {
			if c.types[l.kind].use != auditEnd {
				starts[l.event+1]++
				p.left++
			}
		}
	}
	for e := range c.events {
		starts[e+1] += starts[e]
	}
	next := slices.Clone(starts)
	byEvent = make([]int32, starts[len(c.events)])
	for n, p := range c.pieces {
		for i, l := range p.lines {
			if c.types[l.kind].use != auditEnd {
				byEvent[next[l.event]] = int32(n<<placeBits + i)
				next[l.event]++
			}
		}
	}
	return starts, byEvent
}
