package plotting

import (
	"fmt"
	"sort"
	"strings"
)

// entry is a line of the index: a subtree, and the page on which it begins.
type entry struct {
	row, page int
	processes int
}

const (
	entryPitch = 20.0
	mostIndex  = 4 // pages
)

// makeIndex chooses the subtrees that the index lists: as many as fit on its pages, the largest
// of those below the roots.
func (b *book) makeIndex(room float64) {
	lines := int((room - 2*entryPitch) / entryPitch)
	below := make([]int, len(b.grid.rows))
	for i := len(b.grid.rows) - 1; i >= 0; i-- {
		r := b.grid.rows[i]
		below[i] += max(1, r.hidden)
		if r.parent >= 0 {
			below[r.parent] += below[i]
		}
	}
	for i, r := range b.grid.rows {
		if r.depth == 0 || r.depth == 1 && below[i] >= 10 {
			b.index = append(b.index, entry{row: i, processes: below[i]})
		}
	}
	most := lines * mostIndex
	sort.SliceStable(b.index, func(i, j int) bool { // roots, then what is large
		x, y := b.index[i], b.index[j]
		if rootX, rootY := b.grid.rows[x.row].depth == 0, b.grid.rows[y.row].depth == 0; rootX != rootY {
			return rootX
		}
		return x.processes > y.processes
	})
	b.index = b.index[:min(len(b.index), most)]
	sort.Slice(b.index, func(i, j int) bool { return b.index[i].row < b.index[j].row })
	b.front = max(1, (len(b.index)+lines-1)/lines)
	page := 0
	for i := range b.index {
		for b.parts[page].to <= b.index[i].row {
			page++
		}
		b.index[i].page = b.front + page + 1
	}
}

// paintIndex paints the pages of the index.
func (b *book) paintIndex() []*scene {
	var out []*scene
	for i := range b.front {
		s := b.scene()
		s.height = b.height
		y := b.paintHeader(s, margin, margin, b.inner, i+1, b.count)
		if i > 0 {
			y = b.paintHeader(b.scene(), margin, margin, b.inner, 1, b.count) // lines stand alike on all pages
		}
		s.write(margin, y+14, "Contents", letters{size: 13, bold: true, color: b.theme.ink})
		each := (len(b.index) + b.front - 1) / b.front
		from := min(len(b.index), i*each)
		for k, e := range b.index[from:min(len(b.index), from+each)] {
			b.paintEntry(s, e, y+entryPitch*float64(k+1)+6)
		}
		b.foot(s)
		out = append(out, s)
	}
	return out
}

// paintEntry paints a line of the index, which leads to its page where the format can.
func (b *book) paintEntry(s *scene, e entry, y float64) {
	r := b.grid.rows[e.row]
	x, right := margin+16*float64(r.depth), margin+b.inner
	quiet := b.quietLetters()
	page := grouped(e.page)
	size := fmt.Sprintf("%s %s", grouped(e.processes), plural(e.processes, "process", "processes"))
	s.write(right-measure(page, quiet), y+14, page, b.bodyLetters())
	sizeAt := right - 56 - measure(size, quiet)
	s.write(sizeAt, y+14, size, quiet)
	name := b.nameLetters()
	name.size, name.bold = 11.5, r.depth == 0
	text, rest := b.rowTitle(r.row)
	end := s.write(x, y+14, cutMiddle(text, sizeAt-x-textGap, name), name)
	if detail := cutMiddle(rest, sizeAt-end-2*textGap, quiet); detail != ellipsis {
		s.write(end+textGap, y+14, detail, quiet)
	}
	s.add(box{x: x, y: y, w: right - x, h: entryPitch - 2, page: e.page})
}

// rowTitle names a row and tells what else there is to say of it in a line.
func (t *treePicture) rowTitle(r row) (name, rest string) {
	switch {
	case len(r.alike) > 0:
		return t.foldName(r) + " ×" + grouped(r.repeats), visible(t.processes.command[r.process])
	case r.hidden > 0:
		return r.folded(), ""
	}
	pid := t.options.PIDFormat.write(t.processes.pid[r.process], t.guid(r.process))
	return t.nameOf(r.process), strings.TrimSpace(pid + "   " + visible(t.processes.command[r.process]))
}
