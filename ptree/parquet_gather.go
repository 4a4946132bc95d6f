package ptree

import (
	"cmp"
	"errors"
	"slices"
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
	passed bool       // some rows of the block at hand are passed over
	wrong  bool       // a host has other rows than were counted
	code   [][]int32  // by column and code of the lexicon: code+1 in the set, 0 while unknown
	own    []ownWords // by column
}

// ownWords are the texts of a column that are not in the lexicon.
type ownWords struct {
	wordTable
	distinctness
	text    textArena
	code    []int32 // by number: in the set
	repeats bool    // the set has some texts several times
}

// gather begins a set of hosts with known numbers of rows.
func (l *layout) gather(words lexicons, p *plan, part partition) *gathering {
	g := l.gathering(words, int(part.rows))
	g.rank, g.first = p.rank, int32(part.from)
	at := 0
	for _, h := range p.hosts[part.from:part.to] {
		g.set.hosts = append(g.set.hosts, hostRange{h.name, at, at + int(h.rows)})
		g.next = append(g.next, at)
		at += int(h.rows)
	}
	g.set.rows = make([]int64, at)
	return g
}

// gathering makes room for so many rows.
func (l *layout) gathering(words lexicons, rows int) *gathering {
	g := &gathering{layout: l, words: words, set: &hostSet{columns: make([]cells, len(l.columns))},
		own: make([]ownWords, len(l.columns)), code: make([][]int32, len(l.columns))}
	for i, c := range l.columns {
		if c.kind == dataframe.String {
			g.set.columns[i].codes = make([]int32, rows)
			g.code[i] = make([]int32, len(words[i].words))
		} else {
			g.set.columns[i].values = make([]int64, rows)
		}
	}
	return g
}

// add places a block's rows; those of hosts that are not in the set are passed over.
func (g *gathering) add(b *block) {
	g.placeRows(b)
	g.put(b)
}

// put puts a block's rows in their places.
func (g *gathering) put(b *block) {
	each(len(g.layout.columns), len(b.row), func(_ *struct{}, i int) {
		if from := &b.columns[i]; from.codes != nil {
			g.addText(i, from)
		} else {
			g.addFixed(i, from)
		}
	})
}

func (g *gathering) placeRows(b *block) {
	g.place, g.passed = resized(g.place, len(b.row)), false
	for i, row := range b.row {
		h := g.layout.rankOf(b, i, g.rank) - g.first
		if h < 0 || int(h) >= len(g.next) {
			g.place[i], g.passed = -1, true
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

// wordOf codes a text that the lexicon does not have. Of columns that are only carried along, one
// whose texts are mostly new may have several codes for one.
func (g *gathering) wordOf(i int, text string) int32 {
	to, own := &g.set.columns[i], &g.own[i]
	if g.layout.carried[i] && (own.mostlyNew() || g.words[i].mostlyNew()) {
		if own.repeats = true; g.passed { // else the block's texts are those of its rows, and may stay as they are
			text = own.text.keep(text)
		}
		to.words = append(to.words, text)
		return int32(len(to.words) - 1)
	}
	own.asked++
	n, hash := own.find(text)
	if n < 0 {
		own.added++
		text = own.text.keep(text)
		n = own.add(text, hash)
		own.code = append(own.code, int32(len(to.words)))
		to.words = append(to.words, text)
	}
	return own.code[n]
}

func (g *gathering) addFixed(i int, from *cells) {
	to := &g.set.columns[i]
	for row, v := range from.values {
		if at := g.place[row]; at >= 0 {
			to.values[at] = v
		}
	}
	if from.valid == nil && to.valid == nil {
		return
	}
	if to.valid == nil {
		to.valid = slices.Repeat([]bool{true}, len(to.values))
	}
	for row, at := range g.place {
		if at >= 0 {
			to.valid[at] = from.valid == nil || from.valid[row]
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
	g.sealWords()
	g.set.inOrder()
	return g.set, nil
}

// sealWords says of complete dictionaries what is to be known of them.
func (g *gathering) sealWords() {
	each(len(g.set.columns), fewRows, func(_ *struct{}, i int) {
		c := &g.set.columns[i]
		valid := !slices.ContainsFunc(c.words, func(w string) bool { return !utf8.ValidString(w) })
		c.of = &setWords{len(c.words), valid, g.own[i].repeats}
	})
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
