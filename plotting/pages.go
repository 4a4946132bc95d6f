package plotting

import (
	"fmt"
	"math"
)

// Pages have the proportions of A4.
const pageProportion = math.Sqrt2

// draw paints the picture: one scene of any height, or pages.
func (t *treePicture) draw(most int, paged bool, table table) ([]*scene, error) {
	width := float64(t.options.Width)
	inner := width - 2*margin
	t.plan = planRows(t.processes, t.folded, most)
	if len(t.plan.rows) > mostRowsEver {
		return nil, fmt.Errorf("a picture of %s rows is too large to be of use: set MaxRows to at most %s",
			grouped(len(t.plan.rows)), grouped(mostRowsEver))
	}
	t.grid = arrange(t.plan, inner)
	if !paged {
		return []*scene{t.onePage(inner, table)}, nil
	}
	return t.pages(inner, math.Round(width*pageProportion), table), nil
}

func (t *treePicture) scene() *scene {
	return &scene{width: float64(t.options.Width), background: t.theme.paper, title: visible(t.options.Title)}
}

func (t *treePicture) onePage(inner float64, table table) *scene {
	s := t.scene()
	y := t.paintHeader(s, margin, margin, inner, 1, 1)
	t.paintRows(s, span{0, len(t.grid.rows)}, margin, y)
	y += t.grid.height
	if t.options.ShowTable {
		y = table.paint(s, t.theme, margin, y+10, inner)
	}
	y = t.paintFooter(s, margin, y, inner)
	s.height = math.Ceil(y + margin)
	return s
}

// book is a picture on pages of one size.
type book struct {
	*treePicture
	inner, height float64
	parts         []span // the rows of each page
	index         []entry
	front         int // pages of the index, before the first with rows
	count         int // of all pages
}

// pages paints the picture on pages of one height; a picture that needs less than one page has
// a page of its own height. Three pages of rows or more are preceded by an index.
func (t *treePicture) pages(inner, height float64, table table) []*scene {
	whole := t.onePage(inner, table)
	if whole.height <= height {
		return []*scene{whole}
	}
	b := &book{treePicture: t, inner: inner, height: height}
	further := t.paintHeader(t.scene(), margin, margin, inner, 2, 2)
	footer := t.paintFooter(t.scene(), margin, 0, inner)
	first := t.paintHeader(t.scene(), margin, margin, inner, 1, 2)
	b.parts = t.grid.paginate(height-first-margin-footer, height-further-margin-footer)
	if len(b.parts) >= 3 {
		b.parts = t.grid.paginate(height-further-margin-footer, height-further-margin-footer)
		b.makeIndex(height - first - margin - footer)
	}
	tableHeight := 0.0
	if t.options.ShowTable {
		tableHeight = table.paint(t.scene(), t.theme, margin, 0, inner)
	}
	last := b.parts[len(b.parts)-1]
	rest := t.grid.height - t.grid.rows[last.from].y
	ownPage := tableHeight > 0 && further+rest+10+tableHeight+footer+margin > height
	b.count = b.front + len(b.parts)
	if ownPage {
		b.count++
	}
	out := b.paintIndex()
	for i := range b.parts {
		s, y := b.page(i)
		out = append(out, s)
		if i == len(b.parts)-1 && tableHeight > 0 && !ownPage {
			table.paint(s, t.theme, margin, y+rest+10, inner)
		}
	}
	if ownPage {
		s := t.scene()
		y := t.paintHeader(s, margin, margin, inner, b.count, b.count)
		s.height = max(height, y+tableHeight+margin+footer)
		table.paint(s, t.theme, margin, y, inner)
		b.foot(s)
		out = append(out, s)
	}
	return out
}

// page paints a page of rows and returns where they begin.
func (b *book) page(i int) (*scene, float64) {
	s := b.scene()
	s.height = b.height
	y := b.paintHeader(s, margin, margin, b.inner, b.front+i+1, b.count)
	if i > 0 {
		b.paintAncestors(s, b.parts[i].from, margin, y-10-ancestorLine, b.inner)
	}
	b.paintRows(s, b.parts[i], margin, y)
	b.foot(s)
	return s, y
}

// foot paints the footer at the bottom of a page.
func (b *book) foot(s *scene) {
	height := b.paintFooter(b.scene(), margin, 0, b.inner)
	b.paintFooter(s, margin, s.height-margin-height+6, b.inner)
}
