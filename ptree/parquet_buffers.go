package ptree

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/internal/pages"
)

// groupBuffers hold one column of a row group after the other: which rows have a value, and the
// values of those.
type groupBuffers struct {
	pages  pages.Encoder
	levels []uint8
	nulls  bool
	wide   []int64
	narrow []int32
	floats []float64
	flags  []uint8
	words  vocabulary
}

// rows are those of the column at hand.
func (b *groupBuffers) rows(n int, required bool) pages.Rows {
	out := pages.Rows{Count: n, Required: required}
	if b.nulls {
		out.Levels = b.levels
	}
	return out
}

// begin makes room for a column.
func (b *groupBuffers) begin(n int) { b.levels, b.nulls = resized(b.levels, n), false }

// column codes a column of the log.
func (b *groupBuffers) column(c logColumn, i int, pieces []piece, n int) (*pages.Chunk, error) {
	if c.kind == dataframe.String {
		return b.texts(i, pieces, n)
	}
	b.fixed(i, pieces, n)
	rows := b.rows(n, false)
	switch c.kind {
	case dataframe.Bool:
		b.flags = resized(b.flags, len(b.wide))
		for k, v := range b.wide {
			b.flags[k] = uint8(min(1, uint64(v)))
		}
		return b.pages.Flags(rows, b.flags)
	case dataframe.Float:
		b.floats = resized(b.floats, len(b.wide))
		for k, v := range b.wide {
			b.floats[k] = math.Float64frombits(uint64(v))
		}
		return b.pages.Floats(rows, b.floats)
	case dataframe.Time:
		if unit := int64(c.data.(*arrow.TimestampType).Unit.Multiplier()); unit > 1 {
			for k, v := range b.wide {
				b.wide[k] = floorDivided(v, unit)
			}
		}
	}
	return b.pages.Int64s(rows, b.wide)
}

// fixed gathers the values of a column that is no text.
func (b *groupBuffers) fixed(i int, pieces []piece, n int) {
	b.begin(n)
	b.wide = resized(b.wide, n)
	row, at := 0, 0
	for _, p := range pieces {
		c := &p.rows.columns[i]
		if c.valid == nil && c.rows == nil {
			at += copy(b.wide[at:], c.values[p.from:p.to])
			row += ones(b.levels[row : row+p.to-p.from])
			continue
		}
		for k := p.from; k < p.to; k++ {
			v, ok := c.value(k)
			level := uint8(0)
			if ok {
				level = 1
			}
			b.wide[at], b.levels[row] = v, level
			at += int(level)
			row++
		}
	}
	b.wide, b.nulls = b.wide[:at], at < n
}

func ones(levels []uint8) int {
	for i := range levels {
		levels[i] = 1
	}
	return len(levels)
}

// positions codes the places of rows on their hosts.
func (b *groupBuffers) positions(pieces []piece, n int) (*pages.Chunk, error) {
	b.begin(n)
	b.narrow = b.narrow[:0]
	for _, p := range pieces {
		for i := p.from; i < p.to; i++ {
			b.narrow = append(b.narrow, int32(p.rows.first+i))
		}
	}
	return b.pages.Int32s(b.rows(n, true), b.narrow)
}

// counts codes a column of the tree in which all rows have a value.
func (b *groupBuffers) counts(pieces []piece, n int, of func(r *hostRows) []int32) (*pages.Chunk, error) {
	b.begin(n)
	b.narrow = b.narrow[:0]
	for _, p := range pieces {
		b.narrow = append(b.narrow, of(p.rows)[p.from:p.to]...)
	}
	return b.pages.Int32s(b.rows(n, true), b.narrow)
}

// parents codes the positions of the parents; roots have none.
func (b *groupBuffers) parents(pieces []piece, n int) (*pages.Chunk, error) {
	b.narrow = notNegative(b, b.narrow, pieces, n, func(r *hostRows) []int32 { return r.parent })
	return b.pages.Int32s(b.rows(n, false), b.narrow)
}

// sources codes the rows of the input; inferred processes have none.
func (b *groupBuffers) sources(pieces []piece, n int) (*pages.Chunk, error) {
	b.wide = notNegative(b, b.wide, pieces, n, func(r *hostRows) []int64 { return r.source })
	return b.pages.Int64s(b.rows(n, false), b.wide)
}

// notNegative gathers numbers of which a negative one is null.
func notNegative[T int32 | int64](b *groupBuffers, out []T, pieces []piece, n int, of func(r *hostRows) []T) []T {
	b.begin(n)
	out = resized(out, n)
	row, at := 0, 0
	for _, p := range pieces {
		for _, v := range of(p.rows)[p.from:p.to] {
			level := uint8(0)
			if v >= 0 {
				level = 1
			}
			out[at], b.levels[row] = v, level
			at += int(level)
			row++
		}
	}
	b.nulls = at < n
	return out[:at]
}

func (b *groupBuffers) inferred(pieces []piece, n int) (*pages.Chunk, error) {
	b.begin(n)
	b.flags = resized(b.flags, n)
	row := 0
	for _, p := range pieces {
		for _, is := range p.rows.inferred[p.from:p.to] {
			b.flags[row] = 0
			if is {
				b.flags[row] = 1
			}
			row++
		}
	}
	return b.pages.Flags(b.rows(n, true), b.flags)
}

func (b *groupBuffers) links(pieces []piece, n int) (*pages.Chunk, error) {
	b.begin(n)
	b.narrow = resized(b.narrow, n)
	var code [len(linkNames)]int32 // code+1, 0 while unknown
	var words []string
	row := 0
	for _, p := range pieces {
		for _, kind := range p.rows.link[p.from:p.to] {
			if code[kind] == 0 {
				words = append(words, linkNames[kind])
				code[kind] = int32(len(words))
			}
			b.narrow[row] = code[kind] - 1
			row++
		}
	}
	return b.pages.Texts(b.rows(n, true), b.narrow, words)
}

// texts codes a column of text by the words of the row group.
func (b *groupBuffers) texts(i int, pieces []piece, n int) (*pages.Chunk, error) {
	b.begin(n)
	b.narrow = resized(b.narrow, n)
	v := &b.words
	defer v.reset()
	row, at := 0, 0
	for _, p := range pieces {
		c := p.rows.columns[i]
		among := c.of != nil && c.of.repeats
		var known []int32
		if !among {
			known = v.begin(c)
		}
		for i := p.from; i < p.to; i++ {
			code := c.code(i)
			b.levels[row] = uint8(^code >> 31 & 1)
			row++
			if code < 0 {
				continue
			}
			if among {
				b.narrow[at] = v.findAmong(c.of, c.words[code], n)
			} else {
				if known[code] == 0 {
					known[code] = v.find(c, code) + 1
				}
				b.narrow[at] = known[code] - 1
			}
			at++
		}
	}
	b.narrow, b.nulls = b.narrow[:at], at < n
	return b.pages.Texts(b.rows(n, false), b.narrow, v.words)
}
