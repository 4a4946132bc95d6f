package ptree

// grouping cuts the rows of hosts into row groups, codes several at once and appends them to a
// file in their order.
type grouping struct {
	coder   *groupCoder
	workers int
	to      *groupSequence
	pending []piece
	rows    int   // pending
	taken   int64 // rows that hosts gave, those of an earlier build included
	written int64 // rows in the file; those that hosts give again are passed over
	coding  *ordered[*groupFile]
	any     bool
}

func (l *layout) grouping(workers int, to *groupSequence) (*grouping, error) {
	coder, err := l.coder(workers)
	if err != nil {
		return nil, err
	}
	g := &grouping{coder: coder, workers: workers, to: to}
	g.start()
	return g, nil
}

// start begins to code row groups.
func (g *grouping) start() {
	g.coding = startOrdered(g.workers, func(group *groupFile) error {
		defer g.coder.release(group)
		return g.to.append(group)
	})
}

func (g *grouping) add(r *hostRows) error {
	from := int(min(int64(r.len()), max(0, g.written-g.taken)))
	g.taken += int64(r.len())
	for from < r.len() {
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
	g.written += int64(g.rows)
	g.pending, g.rows, g.any = nil, 0, true
	return g.coding.do(func() (*groupFile, error) { return g.coder.encode(pieces) })
}

// settle waits until all row groups that are cut are in the file.
func (g *grouping) settle() error {
	err := g.coding.end()
	g.start()
	return err
}

// end codes what is left, unless the build failed, and waits until all is written.
func (g *grouping) end(fine bool) error {
	var err error
	if fine && (g.rows > 0 || !g.any && g.to.footer == nil) {
		err = g.cut()
	}
	return firstOf(g.coding.end(), err)
}
