package ptree

import (
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// hostSet is some whole hosts in memory: their rows host by host, a host's in the order of
// the input. Text is coded by one dictionary for each column.
type hostSet struct {
	rows    []int64
	columns []cells
	hosts   []hostRange // sorted by name
}

// hostRange is where a host's rows are.
type hostRange struct {
	name     string
	from, to int
}

// gather sorts the rows of blocks by host. It empties the blocks on its way, since together they
// are as large as its result.
func (l *layout) gather(blocks []*block) *hostSet {
	of, g := l.hostsOf(blocks)
	n := len(of)
	next := make([]int, len(g.hosts))
	for i, h := range g.hosts {
		next[i] = h.from
	}
	place := make([]int32, n)
	for i, h := range of {
		place[i] = int32(next[h])
		next[h]++
	}
	g.rows = make([]int64, n)
	at := 0
	for _, b := range blocks {
		for _, row := range b.row {
			g.rows[place[at]] = row
			at++
		}
	}
	for i, c := range l.columns {
		g.columns = append(g.columns, collect(blocks, i, c.kind, place))
	}
	g.inOrder()
	return g
}

// hostsOf tells each row's host, as an index into the sorted hosts with their ranges.
func (l *layout) hostsOf(blocks []*block) (of []int32, g *hostSet) {
	g = &hostSet{}
	number := map[string]int32{}
	for _, b := range blocks {
		for _, name := range l.hostNames(b) {
			n, ok := number[name]
			if !ok {
				n = int32(len(g.hosts))
				number[name] = n
				g.hosts = append(g.hosts, hostRange{name: name})
			}
			g.hosts[n].to++ // the number of its rows, for now
			of = append(of, n)
		}
	}
	sorted := slices.Clone(g.hosts)
	slices.SortFunc(sorted, func(a, b hostRange) int { return strings.Compare(a.name, b.name) })
	rank := make([]int32, len(sorted))
	from := 0
	for i, h := range sorted {
		rank[number[h.name]] = int32(i)
		sorted[i].from, sorted[i].to = from, from+h.to
		from += h.to
	}
	for i, n := range of {
		of[i] = rank[n]
	}
	g.hosts = sorted
	return of, g
}

// hostNames yields the host of every row of a block, "" for none.
func (l *layout) hostNames(b *block) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for i := range b.row {
			name := ""
			if l.host >= 0 {
				if code := b.columns[l.host].codes[i]; code >= 0 {
					name = b.columns[l.host].words[code]
				}
			}
			if !yield(i, name) {
				return
			}
		}
	}
}

// collect puts a column's values of all blocks in their places.
func collect(blocks []*block, column int, kind dataframe.Kind, place []int32) cells {
	var out cells
	if kind == dataframe.String {
		out.codes = make([]int32, len(place))
		code := map[string]int32{}
		for _, b := range blocks {
			from := &b.columns[column]
			to := make([]int32, len(from.words))
			for i := range to {
				to[i] = -1
			}
			for i, c := range from.codes {
				if c >= 0 && to[c] < 0 {
					to[c] = out.word(code, from.words[c])
				}
				if c >= 0 {
					c = to[c]
				}
				out.codes[place[i]] = c
			}
			place = place[len(from.codes):]
			*from = cells{}
		}
		return out
	}
	out.values = make([]int64, len(place))
	all := place
	for _, b := range blocks {
		from := &b.columns[column]
		for i, v := range from.values {
			out.values[place[i]] = v
		}
		for i, ok := range from.valid {
			if !ok {
				if out.valid == nil {
					out.valid = filledTrue(len(all))
				}
				out.valid[place[i]] = false
			}
		}
		place = place[len(from.values):]
		*from = cells{}
	}
	return out
}

func filledTrue(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

func (c *cells) word(code map[string]int32, text string) int32 {
	n, ok := code[text]
	if !ok {
		text = strings.Clone(text)
		n = int32(len(c.words))
		code[text] = n
		c.words = append(c.words, text)
	}
	return n
}

// inOrder sorts each host's rows by their place in the input, where an engine has mixed them.
func (g *hostSet) inOrder() {
	for _, h := range g.hosts {
		rows := g.rows[h.from:h.to]
		if slices.IsSorted(rows) {
			continue
		}
		order := make([]int32, len(rows))
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortStableFunc(order, func(a, b int32) int {
			switch {
			case rows[a] < rows[b]:
				return -1
			case rows[a] > rows[b]:
				return 1
			}
			return 0
		})
		reorder(rows, order)
		for i := range g.columns {
			c := &g.columns[i]
			if c.codes != nil {
				reorder(c.codes[h.from:h.to], order)
			} else {
				reorder(c.values[h.from:h.to], order)
			}
			if c.valid != nil {
				reorder(c.valid[h.from:h.to], order)
			}
		}
	}
}

func reorder[T any](values []T, order []int32) {
	old := slices.Clone(values)
	for i, from := range order {
		values[i] = old[from]
	}
}
