package ptree

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gophertrees/gopherwood/dataframe"
)

// hostSet is some whole hosts in memory: their rows host by host, a host's in the order of the
// input. Text is coded by one dictionary for each column.
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

// gathering puts the rows of blocks in their places in a set, one block after another.
type gathering struct {
	layout *layout
	words  lexicons
	rank   []int32 // by the host's code plus one: its number among all hosts, sorted by name
	first  int32   // of the set, among all hosts
	set    *hostSet
	next   []int // by host of the set: where its next row goes
	place  []int32
	wrong  bool               // a host has other rows than were counted
	code   [][]int32          // by column and code of the lexicon: code+1 in the set, 0 while unknown
	own    []map[string]int32 // by column: codes of the texts that are not in the lexicon
}

// gather begins a set of hosts with known numbers of rows.
func (l *layout) gather(words lexicons, p *plan, part partition) *gathering {
	g := &gathering{layout: l, words: words, rank: p.rank, first: int32(part.from), set: &hostSet{}}
	at := 0
	for _, h := range p.hosts[part.from:part.to] {
		g.set.hosts = append(g.set.hosts, hostRange{h.name, at, at + int(h.rows)})
		g.next = append(g.next, at)
		at += int(h.rows)
	}
	g.set.rows = make([]int64, at)
	g.set.columns, g.own, g.code = make([]cells, len(l.columns)), make([]map[string]int32, len(l.columns)), make([][]int32, len(l.columns))
	for i, c := range l.columns {
		if c.kind == dataframe.String {
			g.set.columns[i].codes = make([]int32, at)
			g.own[i] = map[string]int32{}
			g.code[i] = make([]int32, len(words[i].words))
		} else {
			g.set.columns[i].values = make([]int64, at)
		}
	}
	return g
}

// add places a block's rows; those of hosts that are not in the set are passed over.
func (g *gathering) add(b *block) {
	g.placeRows(b)
	each(len(g.layout.columns), len(b.row), func(_ *struct{}, i int) {
		if from := &b.columns[i]; from.codes != nil {
			g.addText(i, from)
		} else {
			g.addFixed(i, from)
		}
	})
}

func (g *gathering) placeRows(b *block) {
	g.place = resized(g.place, len(b.row))
	for i, row := range b.row {
		h := g.layout.rankOf(b, i, g.rank) - g.first
		if h < 0 || int(h) >= len(g.next) {
			g.place[i] = -1
			continue
		}
		at := g.next[h]
		if at == g.set.hosts[h].to {
			g.wrong, g.place[i] = true, -1
			continue
		}
		g.next[h]++
		g.place[i] = int32(at)
		g.set.rows[at] = row
	}
}

// rankOf is the number of a row's host among all.
func (l *layout) rankOf(b *block, row int, rank []int32) int32 {
	if l.host < 0 {
		return 0
	}
	return rank[b.columns[l.host].codes[row]+1]
}

func (g *gathering) addText(i int, from *cells) {
	to, known := &g.set.columns[i], g.code[i]
	if n := len(g.words[i].words); len(known) < n {
		known = append(known, make([]int32, n-len(known))...)
		g.code[i] = known
	}
	own := make([]int32, len(from.words))
	for row, code := range from.codes {
		at := g.place[row]
		switch {
		case at < 0:
			continue
		case code >= 0:
			if known[code] == 0 {
				to.words = append(to.words, g.words[i].words[code])
				known[code] = int32(len(to.words))
			}
			code = known[code] - 1
		case code < -1:
			k := -2 - code
			if own[k] == 0 {
				own[k] = g.wordOf(i, from.words[k]) + 1
			}
			code = own[k] - 1
		}
		to.codes[at] = code
	}
}

// wordOf codes a text that the lexicon does not have.
func (g *gathering) wordOf(i int, text string) int32 {
	n, known := g.own[i][text]
	if !known {
		to := &g.set.columns[i]
		n = int32(len(to.words))
		text = strings.Clone(text)
		to.words = append(to.words, text)
		g.own[i][text] = n
	}
	return n
}

func (g *gathering) addFixed(i int, from *cells) {
	to := &g.set.columns[i]
	for row, v := range from.values {
		if at := g.place[row]; at >= 0 {
			to.values[at] = v
		}
	}
	for row, ok := range from.valid {
		if at := g.place[row]; !ok && at >= 0 {
			if to.valid == nil {
				to.valid = slices.Repeat([]bool{true}, len(to.values))
			}
			to.valid[at] = false
		}
	}
}

var errCounts = errors.New("the hosts have not the rows that were counted before: the input has changed, or was damaged: build without resuming")

// end returns the set.
func (g *gathering) end() (*hostSet, error) {
	for i, h := range g.set.hosts {
		g.wrong = g.wrong || g.next[i] != h.to
	}
	if g.wrong {
		return nil, errCounts
	}
	each(len(g.set.columns), fewRows, func(_ *struct{}, i int) {
		words := g.set.columns[i].words
		g.set.columns[i].of = &setWords{len(words), !slices.ContainsFunc(words, func(w string) bool { return !utf8.ValidString(w) })}
	})
	g.set.inOrder()
	return g.set, nil
}

// inOrder sorts each host's rows by their place in the input, where an engine has mixed them.
func (s *hostSet) inOrder() {
	for _, h := range s.hosts {
		rows := s.rows[h.from:h.to]
		if slices.IsSorted(rows) {
			continue
		}
		order := make([]int32, len(rows))
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(rows[a], rows[b]) })
		reorder(rows, order)
		for i := range s.columns {
			c := &s.columns[i]
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
