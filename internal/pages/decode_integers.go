package pages

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/apache/arrow-go/v18/parquet/file"
)

// Integers reads a chunk of integers of 32 or 64 bits.
type Integers struct {
	column
	width   int // bytes of an integer
	words   []int64
	indices []int32
}

// ReadIntegers begins a chunk of integers of so many bits, 32 or 64; optional says that rows may be null.
func ReadIntegers(pages file.PageReader, bits int, optional bool) *Integers {
	c := &Integers{column: column{pages: pages, optional: optional}, width: bits / 8}
	c.column.dictionary = c.takeDictionary
	return c
}

// Next fills values with those of the next rows, 0 for null, and tells which rows have one: nil when all
// have. io.ErrUnexpectedEOF says that there are fewer rows.
func (c *Integers) Next(values []int64) (valid []bool, err error) {
	err = c.take(len(values), func(at, n int, levels []int32) error {
		valid = validity(valid, levels, at, len(values))
		return fill(values[at:at+n], levels, 0, c.read)
	})
	return valid, err
}

// validity notes which of the rows from one on have a value.
func validity(valid []bool, levels []int32, at, rows int) []bool {
	if levels == nil {
		return valid
	}
	if valid == nil {
		valid = make([]bool, rows)
		for i := range valid {
			valid[i] = true
		}
	}
	for i, l := range levels {
		valid[at+i] = l != 0
	}
	return valid
}

func (c *Integers) read(values []int64) (err error) {
	if !c.coded {
		c.plain, err = plainIntegers(c.plain, c.width, values)
		return err
	}
	c.indices = slices.Grow(c.indices[:0], len(values))[:len(values)]
	codes := c.indices
	if err := c.codes.read(codes); err != nil {
		return err
	}
	if err := c.within(codes); err != nil {
		return err
	}
	for i, code := range codes {
		values[i] = c.words[code]
	}
	return nil
}

var errInteger = errors.New("an integer goes beyond the end of its page")

// plainIntegers reads integers that stand side by side, and returns what follows them.
func plainIntegers(data []byte, width int, values []int64) (rest []byte, err error) {
	if len(values) > len(data)/width {
		return nil, errInteger
	}
	if width == 4 {
		for i := range values {
			values[i] = int64(int32(binary.LittleEndian.Uint32(data[4*i:])))
		}
	} else {
		for i := range values {
			values[i] = int64(binary.LittleEndian.Uint64(data[8*i:]))
		}
	}
	return data[width*len(values):], nil
}

func (c *Integers) takeDictionary(data []byte, n int) error {
	if n > len(data)/c.width {
		return errInteger
	}
	c.words = make([]int64, n)
	_, err := plainIntegers(data, c.width, c.words)
	return err
}
