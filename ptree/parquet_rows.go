package ptree

// grouping cuts the rows of hosts into row groups, codes several at once and appends them to a
// file in their order.
type grouping struct {
	layout  *layout
	pending []piece
	rows    int // pending
	coding  *ordered[*groupFile]
	any     bool
}

func (l *layout) grouping(workers int, to *groupSequence) *grouping {
	return &grouping{layout: l, coding: startOrdered(workers, to.append)}
}

func (g *grouping) add(r *hostRows) error {
	for from := 0; from < r.len(); {
		to := min(r.len(), from+groupRows-g.rows)
		g.pending = append(g.pending, piece{r, from, to})
		g.rows += to - from
		from = to
		if g.rows == groupRows {
			if err := g.cut(); err != nil {
				return err
			}
		}
	}
	return nil
}

// cut hands the pending rows over to be coded.
func (g *grouping) cut() error {
	pieces := g.pending
	g.pending, g.rows, g.any = nil, 0, true
	return g.coding.do(func() (*groupFile, error) { return g.layout.encode(pieces) })
}

// end codes what is left and waits until all is written.
func (g *grouping) end() error {
	var err error
	if g.rows > 0 || !g.any {
		err = g.cut()
	}
	return firstOf(g.coding.end(), err)
}
