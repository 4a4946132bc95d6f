package ptree

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// division parts a layout's columns: those that linking reads, and the others, of which it only asks
// whether rows repeat each other. Prints of a row's others stand for them there.
type division struct {
	whole  *layout
	linked *layout // the columns that linking reads, then the two prints
	rest   *layout // the others
	kept   []int   // by column of linked: its place in the whole, but for the prints
	others []int   // likewise of rest
	seeds  [prints]maphash.Seed
}

// prints are how many numbers of 64 bits stand for a row's others: rows that differ have the same
// ones with a chance of 2^-128, and nobody who writes into a log knows the seeds.
const prints = 2

// division is nil where linking reads all columns.
func (l *layout) division() *division {
	if !slices.Contains(l.carried, true) {
		return nil
	}
	d := &division{whole: l, linked: &layout{schema: l.schema, host: -1}, rest: &layout{host: -1}}
	for i, c := range l.columns {
		if l.carried[i] {
			d.others, d.rest.columns = append(d.others, i), append(d.rest.columns, c)
			continue
		}
		if i == l.host {
			d.linked.host = len(d.kept)
		}
		d.kept, d.linked.columns = append(d.kept, i), append(d.linked.columns, c)
	}
	for i := range d.seeds {
		d.seeds[i] = maphash.MakeSeed()
		d.linked.columns = append(d.linked.columns, logColumn{kind: dataframe.Int}) // without a name it plays no role
	}
	d.linked.carried = d.linked.bystanders()
	d.rest.carried = slices.Repeat([]bool{true}, len(d.others))
	return d
}

// linkedBlock is a block for linking, which shares the block's memory.
func (d *division) linkedBlock(b *block, words lexicons) *block {
	out := &block{row: b.row, columns: pick(b.columns, d.kept)}
	for _, values := range d.printsOf(b, words) {
		out.columns = append(out.columns, cells{values: values})
	}
	return out
}

// linkedWords are the lexicons of the linked columns.
func (d *division) linkedWords(words lexicons) lexicons {
	return append(pick(words, d.kept), make(lexicons, prints)...)
}

func pick[T any](from []T, places []int) []T {
	out := make([]T, len(places))
	for i, at := range places {
		out[i] = from[at]
	}
	return out
}

// printsOf are the prints of a block's rows.
func (d *division) printsOf(b *block, words lexicons) (out [prints][]int64) {
	for i := range out {
		out[i] = make([]int64, len(b.row))
	}
	each((len(b.row)+blockRows-1)/blockRows, len(b.row), func(text *[]byte, part int) {
		for row := part * blockRows; row < min((part+1)*blockRows, len(b.row)); row++ {
			*text = (*text)[:0]
			for _, i := range d.others {
				*text = b.columns[i].appendValue(*text, row, words[i])
			}
			for i, seed := range d.seeds {
				out[i][row] = int64(maphash.Bytes(seed, *text))
			}
		}
	})
	return out
}

// appendValue appends what a row has in a spilled column, so that equal bytes are equal values.
func (c *cells) appendValue(out []byte, row int, x *lexicon) []byte {
	if c.codes == nil {
		ok := c.valid == nil || c.valid[row]
		if out = appendFlag(out, ok); ok {
			out = binary.LittleEndian.AppendUint64(out, uint64(c.values[row]))
		}
		return out
	}
	code := c.codes[row]
	if out = appendFlag(out, code != -1); code == -1 {
		return out
	}
	words, at := c.words, -2-code
	if code >= 0 {
		words, at = x.words, code
	}
	text := words[at]
	return append(binary.AppendUvarint(out, uint64(len(text))), text...)
}
