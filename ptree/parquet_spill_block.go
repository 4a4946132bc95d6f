package ptree

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A spilled block is its length in bytes and its rows, then, for each column, a tag and the
// values: offsets from the least one in as few bytes as they need. Such files live as long as
// a build.

const (
	tagFixed = iota
	tagNulls // fixed, and which rows have a value
	tagText
)

func appendBlock(out []byte, b *block) []byte {
	start := len(out)
	out = append(out, 0, 0, 0, 0)
	out = binary.AppendUvarint(out, uint64(len(b.row)))
	out = appendNumbers(out, b.row)
	for i := range b.columns {
		out = b.columns[i].append(out)
	}
	binary.LittleEndian.PutUint32(out[start:], uint32(len(out)-start-4))
	return out
}

func (c *cells) append(out []byte) []byte {
	if c.values == nil {
		out = appendNumbers(append(out, tagText), c.codes)
		out = binary.AppendUvarint(out, uint64(len(c.words)))
		for _, w := range c.words {
			out = append(binary.AppendUvarint(out, uint64(len(w))), w...)
		}
		return out
	}
	if c.valid == nil {
		return appendNumbers(append(out, tagFixed), c.values)
	}
	out = appendNumbers(append(out, tagNulls), c.values)
	for _, ok := range c.valid {
		out = appendFlag(out, ok)
	}
	return out
}

// appendNumbers writes the least number, the width of the others' distances from it, and those.
func appendNumbers[T int32 | int64](out []byte, values []T) []byte {
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	width := 1
	for span := uint64(int64(high)) - uint64(int64(low)); width < 8 && span>>(8*width) != 0; {
		width *= 2
	}
	out = binary.LittleEndian.AppendUint64(append(out, byte(width)), uint64(int64(low)))
	for _, v := range values {
		d := uint64(int64(v)) - uint64(int64(low))
		switch width {
		case 1:
			out = append(out, byte(d))
		case 2:
			out = binary.LittleEndian.AppendUint16(out, uint16(d))
		case 4:
			out = binary.LittleEndian.AppendUint32(out, uint32(d))
		default:
			out = binary.LittleEndian.AppendUint64(out, d)
		}
	}
	return out
}

var errSpill = errors.New("a spilled block is damaged")

// blockReader reads blocks back; each is overwritten by the next one.
type blockReader struct {
	in      io.Reader
	columns int
	data    []byte
	block   block
}

func newBlockReader(in io.Reader, columns int) *blockReader {
	return &blockReader{in: bufio.NewReaderSize(in, 1<<20), columns: columns}
}

// next returns nil at the end.
func (r *blockReader) next() (*block, error) {
	var length [4]byte
	if _, err := io.ReadFull(r.in, length[:]); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("%w: %w", errSpill, err)
	}
	r.data = resized(r.data, int(binary.LittleEndian.Uint32(length[:])))
	if _, err := io.ReadFull(r.in, r.data); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpill, err)
	}
	err := guarded(func() error {
		in := spilled{r.data}
		n := in.count()
		r.block.row = numbersOf(&in, r.block.row, n)
		if r.block.columns == nil {
			r.block.columns = make([]cells, r.columns)
		}
		for i := range r.block.columns {
			r.block.columns[i].read(&in, n)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSpill, err)
	}
	return &r.block, nil
}

// spilled is what is left of a block's bytes.
type spilled struct{ data []byte }

func (s *spilled) take(n int) []byte {
	out := s.data[:n]
	s.data = s.data[n:]
	return out
}

func (s *spilled) count() int {
	v, n := binary.Uvarint(s.data)
	s.take(n)
	return int(v)
}

func (c *cells) read(in *spilled, n int) {
	switch tag := in.take(1)[0]; tag {
	case tagText:
		c.codes = numbersOf(in, c.codes, n)
		c.words = resized(c.words, in.count())
		texts := spilled{in.data}
		for range c.words {
			texts.take(texts.count())
		}
		all := string(in.data[:len(in.data)-len(texts.data)]) // one copy for all
		for i := range c.words {
			n := in.count()
			in.take(n)
			end := len(all) - (len(in.data) - len(texts.data))
			c.words[i] = all[end-n : end]
		}
	default:
		c.values, c.valid = numbersOf(in, c.values, n), nil
		if tag == tagNulls {
			c.valid = make([]bool, n)
			for i, bit := range in.take(n) {
				c.valid[i] = bit != 0
			}
		}
	}
}

func numbersOf[T int32 | int64](in *spilled, out []T, n int) []T {
	out = resized(out, n)
	width := int(in.take(1)[0])
	low := binary.LittleEndian.Uint64(in.take(8))
	data := in.take(n * width)
	switch width {
	case 1:
		for i := range out {
			out[i] = T(low + uint64(data[i]))
		}
	case 2:
		for i := range out {
			out[i] = T(low + uint64(binary.LittleEndian.Uint16(data[2*i:])))
		}
	case 4:
		for i := range out {
			out[i] = T(low + uint64(binary.LittleEndian.Uint32(data[4*i:])))
		}
	default:
		for i := range out {
			out[i] = T(low + binary.LittleEndian.Uint64(data[8*i:]))
		}
	}
	return out
}
