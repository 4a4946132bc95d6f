package ptree

import "context"

// A log that fits in memory is read once: its rows wait there until the last one has told how many
// each host has.

// planWhole decides how to divide the work, and keeps the rows where they are likely to fit. How
// many hosts there are shows only at the end: where they are too many, the rows are read again.
func (b *parquetBuild) planWhole(ctx context.Context) (err error) {
	if b.sum.Rows > b.source.budget(b.layout, b.o, 1).rows(2) {
		b.plan, err = b.source.planned(ctx, b.layout, b.words, b.o)
		return err
	}
	count := b.layout.counting(b.words)
	var blocks []*block
	if err := b.source.scan(ctx, b.layout, b.o, func(bl *block) error {
		b.words.intern(bl)
		count.add(bl)
		blocks = append(blocks, bl)
		b.step(len(bl.row))
		return nil
	}); err != nil {
		return err
	}
	if b.plan, err = b.source.divided(b.layout, count, b.o); err != nil {
		return err
	}
	if len(b.plan.parts) == 1 {
		b.whole = blocks
	} else {
		b.step(-int(b.sum.Rows))
	}
	return nil
}

// buildWhole builds the hosts of rows that are in memory already.
func (b *parquetBuild) buildWhole(ctx context.Context) error {
	g := b.layout.gather(b.words, b.plan, b.plan.parts[0])
	for i, bl := range b.whole {
		g.add(bl)
		b.whole[i] = nil
	}
	set, err := g.end()
	if err != nil {
		return err
	}
	return b.partition(ctx, 0, set)
}
