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
	source *source // the last part
	bytes  int     // of all parts
	pieces []*auditPiece
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
}

// auditEvent identifies an event.
type auditEvent struct {
	nanos  int64
	serial uint64
	node   int32 // -1 without one
}

func newAuditCollector() *auditCollector {
	return &auditCollector{number: map[auditEvent]int32{}, byName: map[string]*auditRecordType{}, byNode: map[string]int32{},
		daemon: map[int32]bool{}}
}

// add collects a part and ends its reading.
func (c *auditCollector) add(s *source) error {
	defer s.close()
	return c.collect(s)
}

// collect reads the lines of a part.
func (c *auditCollector) collect(s *source) error {
	c.source = s
	err := s.eachLine(&c.bad, func(number, from, to int) error {
		c.line(number, from, to)
		return nil
	})
	c.bytes += s.bytes()
	s.data, s.room = nil, nil // the pieces have what is needed
	return err
}

// line reads data[from:to] as one record, or a bad one.
func (c *auditCollector) line(number, from, to int) {
	s := c.source
	text := bytes.TrimRight(s.data[from:to], " \t\r")
	c.lossy = c.lossy || !utf8.Valid(text)
	if isAuditSeparator(bytes.TrimLeft(text, " \t")) {
		return
	}
	h, ok := parseAuditHeader(text, false)
	if !ok {
		s.reject(&c.bad, number, from, to, "not an audit record: type=… msg=audit(time:serial): is missing")
		return
	}
	kind := c.recordType(h.kind)
	event := c.dated(h)
	if kind.daemon {
		c.daemon[event] = true
	}
	c.keep(text, h, event, kind)
}

// dated returns the number of a header's event.
func (c *auditCollector) dated(h auditHeader) int32 {
	c.interpreted = c.interpreted || h.interpreted
	c.dayFirst = c.dayFirst || h.interpreted && h.dayFirst
	c.monthFirst = c.monthFirst || h.interpreted && !h.dayFirst
	return c.event(auditEvent{h.nanos, h.serial, c.node(h.node)})
}

// redate finds the events anew, with the day before the month.
func (c *auditCollector) redate() {
	events := c.events
	c.events, c.number, c.daemon = nil, map[auditEvent]int32{}, map[int32]bool{}
	c.last, c.monthFirst = 0, false
	for _, p := range c.pieces {
		for i := range p.lines {
			l := &p.lines[i]
			if l.from == l.body {
				l.event = c.event(events[l.event])
			} else {
				h, _ := parseAuditHeader(p.text[l.from:l.to], true)
				l.event = c.dated(h)
			}
			if c.types[l.kind].daemon {
				c.daemon[l.event] = true
			}
		}
	}
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
