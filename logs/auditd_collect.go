package logs

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// auditCollector finds the lines of each event. Records of one event may be interleaved with
// others', late, or in another file, and the record that ends an event may be missing, so no
// window of open events would do: lines get their event's number by time and serial.
type auditCollector struct {
	parts  []*source
	lines  []auditLine
	events []auditEvent
	number map[auditEvent]int32
	last   int32          // event of the line before
	daemon map[int32]bool // events of auditd itself, which counts its own serials

	types  []*auditRecordType
	byName map[string]*auditRecordType
	nodes  []string
	byNode map[string]int32
	bad    dataframe.BadRecords
	lossy  bool // some text is not UTF-8

	interpreted, dayFirst, monthFirst bool // the dates that were seen
	tryDayFirst                       bool
}

// auditLine is one record: where its body is, and of which event and type it is.
type auditLine struct {
	from, to    int // of the body
	part        int32
	event       int32
	kind        int32
	interpreted bool
}

// auditEvent identifies an event.
type auditEvent struct {
	nanos  int64
	serial uint64
	node   int32 // -1 without one
}

func newAuditCollector(parts []*source) *auditCollector {
	return &auditCollector{parts: parts, number: map[auditEvent]int32{}, byName: map[string]*auditRecordType{}, byNode: map[string]int32{},
		daemon: map[int32]bool{}}
}

// collect reads the lines of one part.
func (c *auditCollector) collect(part int) error {
	s := c.parts[part]
	c.lossy = c.lossy || !utf8.Valid(s.data)
	for line, pos := 1, 0; pos < len(s.data); line++ {
		end, next := len(s.data), len(s.data)
		if i := bytes.IndexByte(s.data[pos:], '\n'); i >= 0 {
			end, next = pos+i, pos+i+1
		}
		c.line(part, line, pos, end)
		if pos = next; line%4096 == 0 {
			if err := s.decoded(pos/2, len(s.data)); err != nil {
				return err
			}
		}
	}
	return nil
}

// bytes is the size of the log.
func (c *auditCollector) bytes() (n int) {
	for _, s := range c.parts {
		n += len(s.data)
	}
	return n
}

// line reads data[from:to] as one record, or a bad one.
func (c *auditCollector) line(part, number, from, to int) {
	s := c.parts[part]
	if to-from > maxRecord {
		s.reject(&c.bad, number, from, to, "record of %d bytes, more than %d", to-from, maxRecord)
		return
	}
	text := bytes.TrimRight(s.data[from:to], " \t\r")
	if isAuditSeparator(bytes.TrimLeft(text, " \t")) {
		return
	}
	h, ok := parseAuditHeader(text, c.tryDayFirst)
	if !ok {
		s.reject(&c.bad, number, from, to, "not an audit record: type=… msg=audit(time:serial): is missing")
		return
	}
	c.interpreted = c.interpreted || h.interpreted
	c.dayFirst = c.dayFirst || h.interpreted && h.dayFirst
	c.monthFirst = c.monthFirst || h.interpreted && !h.dayFirst
	kind := c.recordType(h.kind)
	event := c.event(auditEvent{h.nanos, h.serial, c.node(h.node)})
	if kind.use == auditEnd {
		return
	}
	if kind.daemon {
		c.daemon[event] = true
	}
	body := from + len(text) - len(h.body)
	c.lines = append(c.lines, auditLine{body, body + len(h.body), int32(part), event, kind.number, h.interpreted})
}

// recordType returns the type of a name.
func (c *auditCollector) recordType(name []byte) *auditRecordType {
	if t, ok := c.byName[string(name)]; ok {
		return t
	}
	t := newAuditRecordType(string(bytes.ToValidUTF8(name, []byte("\uFFFD"))))
	t.number = int32(len(c.types))
	c.types = append(c.types, t)
	c.byName[string(name)] = t
	return t
}

// node returns the number of a host.
func (c *auditCollector) node(name []byte) int32 {
	if len(name) == 0 {
		return -1
	}
	if n, ok := c.byNode[string(name)]; ok {
		return n
	}
	n := int32(len(c.nodes))
	c.nodes = append(c.nodes, string(bytes.ToValidUTF8(name, []byte("\uFFFD"))))
	c.byNode[string(name)] = n
	return n
}

// event returns the number of an event. Its lines mostly follow each other.
func (c *auditCollector) event(e auditEvent) int32 {
	if len(c.events) > 0 && c.events[c.last] == e {
		return c.last
	}
	n, ok := c.number[e]
	if !ok {
		n = int32(len(c.events))
		c.events = append(c.events, e)
		c.number[e] = n
	}
	c.last = n
	return n
}

// build gives the events to b in the order of time.
func (c *auditCollector) build(b *auditBuilder) error {
	c.number = nil
	starts, byEvent := c.grouped()
	var records []auditRecord
	for i, e := range c.order() {
		records = records[:0]
		for _, l := range byEvent[starts[e]:starts[e+1]] {
			line := c.lines[l]
			records = append(records, auditRecord{c.types[line.kind], c.parts[line.part].data[line.from:line.to], line.interpreted})
		}
		if len(records) > 0 {
			b.event(c.events[e], c.nodeName(c.events[e].node), records)
		}
		if i%4096 == 0 {
			s := c.parts[len(c.parts)-1]
			if err := s.decoded(len(s.data)/2+int(float64(len(s.data)/2)*float64(i)/float64(len(c.events))), len(s.data)); err != nil {
				return err
			}
		}
	}
	return nil
}

// grouped returns the lines' numbers event by event: those of event e are
// byEvent[starts[e]:starts[e+1]], in the order of the file.
func (c *auditCollector) grouped() (starts, byEvent []int32) {
	starts = make([]int32, len(c.events)+1)
	for _, l := range c.lines {
		starts[l.event+1]++
	}
	for e := range c.events {
		starts[e+1] += starts[e]
	}
	next := slices.Clone(starts)
	byEvent = make([]int32, len(c.lines))
	for i, l := range c.lines {
		byEvent[next[l.event]] = int32(i)
		next[l.event]++
	}
	return starts, byEvent
}

// order returns the events' numbers in the order of time, then of the file. Serials do not count:
// they begin anew after 4294967295.
func (c *auditCollector) order() []int32 {
	order := make([]int32, len(c.events))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(c.events[x].nanos, c.events[y].nanos) })
	return order
}

func (c *auditCollector) nodeName(n int32) string {
	if n < 0 {
		return ""
	}
	return c.nodes[n]
}

// notes tells what was assumed.
func (c *auditCollector) notes() []string {
	var out []string
	if c.interpreted {
		out = append(out, "times written by \"ausearch -i\" have no zone: taken as UTC, dates as "+c.dateOrder())
	}
	if n := c.absent(); n > 0 {
		out = append(out, fmt.Sprintf("%d serial numbers between the first and the last event are absent: those events were lost or filtered", n))
	}
	return out
}

func (c *auditCollector) dateOrder() string {
	switch {
	case c.dayFirst && c.monthFirst:
		return "day/month where they can be; some can only be month/day: read the logs of different machines one by one"
	case c.dayFirst:
		return "day/month"
	}
	return "month/day, since none of them says otherwise"
}

// maxAuditGap is the largest step between serials that counts as a gap and not as a new start.
const maxAuditGap = 1 << 20

// absent counts the serials that the log skips on each host.
func (c *auditCollector) absent() int {
	events := make([]auditEvent, 0, len(c.events))
	for i, e := range c.events {
		if !c.daemon[int32(i)] {
			events = append(events, e)
		}
	}
	slices.SortFunc(events, func(a, b auditEvent) int {
		return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.nanos, b.nanos), cmp.Compare(a.serial, b.serial))
	})
	gaps := 0
	for i := 1; i < len(events); i++ {
		a, b := events[i-1], events[i]
		if a.node == b.node && b.serial > a.serial && b.serial-a.serial < maxAuditGap {
			gaps += int(b.serial - a.serial - 1)
		}
	}
	return gaps
}
