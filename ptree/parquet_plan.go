package ptree

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// plan divides a log's hosts, sorted by name, into partitions that fit in memory.
type plan struct {
	hosts  []hostCount
	counts []int64 // by the host's code plus one: its rows
	rank   []int32 // likewise: its number among hosts
	parts  []partition
	sorted bool // the input has the hosts in this order already
	large  bool // a host does not fit
}

type hostCount struct {
	name string
	rows int64
}

// partition is a range of hosts.
type partition struct {
	from, to int
	rows     int64
}

// resident reports whether the partitions fit and come one after another, so that nothing need be spilled.
func (p *plan) resident() bool { return !p.large && (p.sorted || len(p.parts) == 1) }

// counting counts the rows of every host.
type counting struct {
	layout *layout
	words  lexicons
	rows   []int64 // by the host's code plus one
	last   string
	sorted bool
}

func (l *layout) counting(words lexicons) *counting {
	return &counting{layout: l, words: words, rows: make([]int64, 1), sorted: true}
}

// add counts a block that has been interned.
func (c *counting) add(b *block) {
	if c.layout.host < 0 {
		c.rows[0] += int64(len(b.row))
		return
	}
	x := c.words[c.layout.host]
	if n := len(x.words) + 1 - len(c.rows); n > 0 {
		c.rows = append(c.rows, make([]int64, n)...)
	}
	before := int32(-2)
	for _, code := range b.columns[c.layout.host].codes {
		c.rows[code+1]++
		if code != before && c.sorted {
			name := ""
			if code >= 0 {
				name = x.words[code]
			}
			c.sorted = c.last <= name
			c.last = name
		}
		before = code
	}
}

// plan sorts the hosts. A missing name and an empty one are the same.
func (c *counting) plan() *plan {
	p := &plan{sorted: c.sorted, counts: c.rows, rank: make([]int32, len(c.rows))}
	name := func(i int) string {
		if i == 0 {
			return ""
		}
		return c.words[c.layout.host].words[i-1]
	}
	order := make([]int, len(c.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(name(a), name(b)) })
	for _, i := range order {
		if c.rows[i] == 0 {
			continue
		}
		if last := len(p.hosts) - 1; last < 0 || p.hosts[last].name != name(i) {
			p.hosts = append(p.hosts, hostCount{name: name(i)})
		}
		p.hosts[len(p.hosts)-1].rows += c.rows[i]
		p.rank[i] = int32(len(p.hosts) - 1)
	}
	return p
}

// divide makes partitions of so many rows at most.
func (p *plan) divide(rows int64) {
	p.parts = nil
	for i, h := range p.hosts {
		if last := len(p.parts) - 1; last >= 0 && p.parts[last].rows+h.rows <= rows {
			p.parts[last].to, p.parts[last].rows = i+1, p.parts[last].rows+h.rows
			continue
		}
		p.parts = append(p.parts, partition{i, i + 1, h.rows})
	}
}

// partOf is the partition of each host.
func (p *plan) partOf() []int32 {
	out := make([]int32, 0, len(p.hosts))
	for k, part := range p.parts {
		for range part.to - part.from {
			out = append(out, int32(k))
		}
	}
	return out
}

// tooLarge reports whether a host's rows do not fit, of which so much text is not in the lexicons.
func (b budget) tooLarge(rows, text int64) bool {
	return rows > b.rows() || rows*b.width+text > b.room()+b.room()/4
}

// pieces divides a partition whose texts turned out to be too large for memory.
func (p *plan) pieces(part partition, text int64, b budget) []partition {
	n := (part.rows*b.perRow + text) / max(1, b.room()+b.room()/4)
	if n == 0 || part.to-part.from == 1 {
		return []partition{part}
	}
	few := &plan{hosts: p.hosts[part.from:part.to]}
	few.divide(part.rows/(n+1) + 1)
	for i := range few.parts {
		few.parts[i].from += part.from
		few.parts[i].to += part.from
	}
	return few.parts
}

// largest is the host with the most rows.
func (p *plan) largest() hostCount {
	var out hostCount
	for _, h := range p.hosts {
		if h.rows > out.rows {
			out = h
		}
	}
	return out
}

// planned counts the rows of every host, which needs no other column, and divides them.
func (s *source) planned(ctx context.Context, l *layout, words lexicons, o ParquetOptions) (*plan, error) {
	c := l.counting(words)
	if l.host < 0 {
		c.rows[0] = s.rows()
	} else {
		only := &layout{schema: Schema{HostName: l.schema.HostName}, columns: l.columns[l.host : l.host+1]}
		c.layout, c.words = only, words[l.host:l.host+1]
		if err := s.scan(ctx, only, o, func(b *block) error {
			c.words.intern(b)
			c.add(b)
			return nil
		}); err != nil {
			return nil, err
		}
	}
	p := c.plan()
	m := s.budget(l, o, len(p.hosts))
	p.divide(m.rows())
	h := p.largest()
	p.large = h.rows > m.rows()
	if m = s.linkedBudget(l, m); h.rows > m.rows() {
		return nil, fmt.Errorf("%s has %d rows, and to link them needs about %s of memory: give the build as much (Memory, --memory)",
			hostWords(h.name), h.rows, sizeWords(m.needed(h.rows)))
	}
	return p, nil
}

// budget says how memory is shared.
type budget struct {
	memory int64
	base   int64 // readers and writers
	perRow int64 // of a set
	width  int64 // without texts
}

// collector is how much more memory the garbage collector lets a program take than is in use.
const collector = 2

// lexiconShare is how much of the memory words of all rows may take.
func lexiconShare(memory int64) int64 { return memory / 16 }

func (s *source) budget(l *layout, o ParquetOptions, hosts int) budget {
	width := l.width()
	return budget{memory: o.Memory, perRow: s.perRow(l), width: width,
		base: int64(hosts)*wordCost + int64(o.Workers+2)*s.batchRows(l, o)*2*width}
}

// linkedBudget is that of a host of which only what linking reads is in memory.
func (s *source) linkedBudget(l *layout, b budget) budget {
	if d := l.division(); d != nil {
		b.width, b.perRow = d.linked.width(), s.perRow(d.linked)
	}
	return b
}

// batchRows are read at once: a row group of the usual sizes where they take little of the memory,
// since every batch has the dictionaries again.
func (s *source) batchRows(l *layout, o ParquetOptions) int64 {
	const most, share = 1 << 17, 32
	return min(most, max(groupRows, o.Memory/share/(s.perRow(l)*int64(o.Workers+2))))
}

// perRow is what a row takes.
func (s *source) perRow(l *layout) int64 { return l.width() + s.textPerRow(l) }

// width is what a row's numbers and codes take.
func (l *layout) width() int64 {
	width := int64(16) // the row's number, and a share of the copies of the hosts at work
	for _, c := range l.columns {
		if c.kind == dataframe.String {
			width += 4
		} else {
			width += 9
		}
	}
	return width
}

// fixed is what does not grow with a set; a tight memory goes to the rows first.
func (b budget) fixed() int64 {
	return min(b.base+lexiconShare(b.memory), b.memory/collector*2/3)
}

// room is what a set may take.
func (b budget) room() int64 { return b.memory/collector - b.fixed() }

// rows is how many rows fit.
func (b budget) rows() int64 {
	return max(1, b.room()/b.perRow)
}

// needed is a memory with which so many rows fit.
func (b budget) needed(rows int64) int64 {
	return min(3*collector*rows*b.perRow, collector*(rows*b.perRow+b.base)*8/7) + 1<<20
}

func sizeWords(n int64) string {
	if n < 1e9 {
		return fmt.Sprintf("%d MB", n/1e6+1)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9+0.05)
}
