package ptree

import (
	"context"
	"errors"
	"os"
	"slices"
)

// A host whose rows do not fit is linked by the columns that linking reads. The others are then put in
// the order of the trees in files, each of a band of positions that fits.

// largeHost is such a host, linked.
type largeHost struct {
	build    *parquetBuild
	division *division
	part     int       // which spilled file has the host's rows
	host     partition // of it alone
	rows     *hostRows // with the linked columns
	position []int32   // by row of the host; -1 for one of which no process is made

	perRow int64 // what a row of the other columns takes
	band   int   // rows of a band
	shown  int   // steps of the bar
}

// show says that so many parts of all are done: half is linking, half is putting in order.
func (h *largeHost) show(part, all int) {
	done := int(float64(h.host.rows) * float64(part) / float64(all))
	h.build.step(done - h.shown)
	h.shown = done
}

// buildLarge builds a host that does not fit, of whose rows each has so much text that is in no lexicon.
func (b *parquetBuild) buildLarge(ctx context.Context, part int, host partition, d *division, text int64, m budget) error {
	h := &largeHost{build: b, division: d, part: part, host: host, perRow: d.rest.width() + text}
	// two bands are in memory: one is written while the next is put in order
	room := max(m.memory/16, m.room()-host.rows*b.source.perRow(d.linked))
	h.band = int(max(groupRows, room/2/h.perRow))
	if err := h.link(ctx); err != nil {
		return err
	}
	h.show(1, 2)
	for from := 0; from < h.rows.len(); {
		to := min(h.rows.len(), from+mostBands*h.band)
		if err := h.writeBands(ctx, from, to); err != nil {
			return err
		}
		from = to
	}
	h.show(1, 1)
	return nil
}

// mostBands bounds how many files are open at once.
const mostBands = 256

// link makes the host's trees.
func (h *largeHost) link(ctx context.Context) error {
	b, d := h.build, h.division
	g := d.linked.gather(d.linkedWords(b.words), b.plan, h.host)
	err := h.eachBlock(ctx, func(bl *block) error {
		g.add(d.linkedBlock(bl, b.words))
		return nil
	})
	if err != nil {
		return err
	}
	set, err := g.end()
	if err != nil {
		return err
	}
	built, err := d.linked.buildTask(set, set.hosts, d.linked.images(set.columns), new(recoder))
	if err != nil {
		return err
	}
	h.rows = built[0].rows
	if h.rows.columns != nil {
		h.rows.columns = slices.Clone(h.rows.columns[:len(d.kept)]) // the prints have served
	}
	b.sum.add(h.rows, built[0].found)
	h.position = repeated(-1, int(h.host.rows))
	for p, row := range h.rows.tells {
		if row >= 0 {
			h.position[row] = int32(p)
		}
	}
	return nil
}

// eachBlock reads the spilled file that has the host's rows.
func (h *largeHost) eachBlock(ctx context.Context, take func(*block) error) error {
	return h.build.eachSpilled(hostsName, h.part, len(h.division.whole.columns), func(bl *block) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return take(bl)
	})
}

// writeBands puts the other columns of some positions in order, band by band, and hands their rows on.
func (h *largeHost) writeBands(ctx context.Context, from, to int) error {
	b := h.build
	if err := h.spill(ctx, from, to); err != nil {
		return err
	}
	for k := range h.bands(from, to) {
		first := from + k*h.band
		rows, err := h.readBand(ctx, k, first, min(to, first+h.band))
		if err != nil {
			return err
		}
		if err := b.to.add(rows); err != nil {
			return err
		}
		if h.band < (b.o.Workers+2)*groupRows { // as many rows may wait to be coded, of several bands
			if err := b.to.settle(); err != nil {
				return err
			}
		}
		if err := os.Remove(spillName(b.work.folder, bandName, k)); err != nil {
			return err
		}
		h.show(h.rows.len()+min(to, first+h.band), 2*h.rows.len())
	}
	return nil
}

// bands is how many there are of some positions.
func (h *largeHost) bands(from, to int) int { return (to - from + h.band - 1) / h.band }

// spill divides the others of the rows at some positions among files.
func (h *largeHost) spill(ctx context.Context, from, to int) error {
	b, d := h.build, h.division
	s, err := newSpill(b.work.folder, bandName, h.bands(from, to), len(d.others), h.perRow, b.o.Memory)
	if err != nil {
		return err
	}
	var file []int32
	next := 0 // row of the host
	err = h.eachBlock(ctx, func(bl *block) error {
		file = resized(file, len(bl.row))
		if next, err = h.place(bl, next); err != nil {
			return err
		}
		for i, p := range bl.row {
			if file[i] = -1; p >= int64(from) && p < int64(to) {
				file[i] = int32((int(p) - from) / h.band)
			}
		}
		return s.add(&block{row: bl.row, columns: pick(bl.columns, d.others)}, file)
	})
	if err != nil {
		return errors.Join(err, s.close())
	}
	if err := s.end(); err != nil {
		return err
	}
	b.sum.Spilled += s.bytes
	return nil
}

// place replaces the rows of a block, of which the host's count from next, by their positions; -1 for
// those that have none. It returns the host's row that comes after the block.
func (h *largeHost) place(bl *block, next int) (int, error) {
	for i, source := range bl.row {
		bl.row[i] = -1
		if int(h.build.layout.rankOf(bl, i, h.build.plan.rank)) != h.host.from {
			continue
		}
		if next == len(h.position) {
			return next, errCounts
		}
		p := h.position[next]
		next++
		if p >= 0 && h.rows.source[p] != source {
			return next, errCounts
		}
		bl.row[i] = int64(p)
	}
	return next, nil
}

// readBand is the rows of some positions, with all columns.
func (h *largeHost) readBand(ctx context.Context, file, from, to int) (*hostRows, error) {
	b, d := h.build, h.division
	g := d.rest.gathering(pick(b.words, d.others), to-from)
	g.set.blank()
	err := b.eachSpilled(bandName, file, len(d.others), func(bl *block) error {
		g.place = resized(g.place, len(bl.row))
		for i, p := range bl.row {
			g.place[i] = int32(p) - int32(from)
		}
		g.put(bl)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	g.sealWords()
	out := h.rows.slice(from, to)
	out.first = from
	columns := make([]cells, len(d.whole.columns))
	for i, at := range d.kept {
		columns[at] = out.columns[i]
	}
	for i, at := range d.others {
		columns[at] = g.set.columns[i]
	}
	out.columns = columns
	return out, nil
}

// blank leaves all rows without values.
func (s *hostSet) blank() {
	for i := range s.columns {
		c := &s.columns[i]
		for row := range c.codes {
			c.codes[row] = -1
		}
		if c.codes == nil {
			c.valid = make([]bool, len(c.values))
		}
	}
}
