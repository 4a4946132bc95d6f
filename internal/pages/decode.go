package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// Readable reports whether [Texts] or [Integers] can read a column chunk: flat, of texts or integers, plain or
// coded by a dictionary, as most writers write logs. Others are for a general reader.
func Readable(column *schema.Column, chunk *metadata.ColumnChunkMetaData) bool {
	switch column.PhysicalType() {
	case parquet.Types.ByteArray, parquet.Types.Int64, parquet.Types.Int32:
	default:
		return false
	}
	known := []parquet.Encoding{parquet.Encodings.Plain, parquet.Encodings.RLE, parquet.Encodings.RLEDict, parquet.Encodings.PlainDict}
	other := slices.ContainsFunc(chunk.Encodings(), func(e parquet.Encoding) bool { return !slices.Contains(known, e) })
	return column.MaxRepetitionLevel() == 0 && column.MaxDefinitionLevel() <= 1 && !other && chunk.CryptoMetadata() == nil
}

// column reads the data pages of a chunk one after another: definition levels and, behind them, values.
type column struct {
	pages    file.PageReader
	optional bool

	rows    int    // of the page at hand that are not read
	levels  hybrid // 1 for a row that has a value
	full    bool   // all rows have one
	coded   bool   // the values are codes of a dictionary
	codes   hybrid
	plain   []byte  // the values else
	scratch []int32 // levels of the rows at work
	entries int     // of the dictionary
	known   bool    // there was a dictionary

	dictionary func(data []byte, n int) error // takes its values
}

// turn goes to the next page that has rows. io.ErrUnexpectedEOF says that there is none.
func (c *column) turn() error {
	for c.rows == 0 {
		if !c.pages.Next() {
			if err := c.pages.Err(); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			return io.ErrUnexpectedEOF
		}
		var err error
		switch page := c.pages.Page().(type) {
		case *file.DictionaryPage:
			if c.known {
				return errors.New("there are two dictionaries")
			}
			c.entries, c.known = int(page.NumValues()), true
			err = c.dictionary(page.Data(), c.entries)
		case *file.DataPageV1:
			err = c.beginFirst(page)
		case *file.DataPageV2:
			err = c.beginSecond(page)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var errLevels = errors.New("the levels of a page go beyond its end")

// beginFirst begins a page of version 1: its levels have their length before them.
func (c *column) beginFirst(page *file.DataPageV1) error {
	data := page.Data()
	c.full = !c.optional
	if c.optional {
		if e := page.DefinitionLevelEncoding(); e != parquet.Encodings.RLE {
			return fmt.Errorf("the levels of a page have the encoding %s, of which its description does not tell", e)
		}
		if len(data) < 4 || uint64(binary.LittleEndian.Uint32(data)) > uint64(len(data)-4) {
			return errLevels
		}
		end := 4 + int(binary.LittleEndian.Uint32(data))
		c.levels = hybrid{data: data[4:end], width: 1}
		data = data[end:]
	}
	return c.values(page, data)
}

// beginSecond begins a page of version 2: its header tells the length of its levels.
func (c *column) beginSecond(page *file.DataPageV2) error {
	data, repeated := page.Data(), int(page.RepetitionLevelByteLen())
	end := repeated + int(page.DefinitionLevelByteLen())
	if repeated < 0 || end < repeated || end > len(data) {
		return errLevels
	}
	c.full = !c.optional || page.NumNulls() == 0
	c.levels = hybrid{data: data[repeated:end], width: 1}
	return c.values(page, data[end:])
}

// values begins the values of a page.
func (c *column) values(page file.Page, data []byte) (err error) {
	c.rows = int(page.NumValues())
	switch e := parquet.Encoding(page.Encoding()); e {
	case parquet.Encodings.Plain:
		c.coded, c.plain = false, data
		return nil
	case parquet.Encodings.RLEDict, parquet.Encodings.PlainDict:
		c.coded = true
		if len(data) == 0 { // no row has a value
			c.codes = hybrid{}
			return nil
		}
		c.codes, err = hybridOf(data[1:], int(data[0]))
		return err
	default:
		return fmt.Errorf("a page has the encoding %s, of which its description does not tell", e)
	}
}

// present reads the levels of the next n rows: nil when all have a value.
func (c *column) present(n int) ([]int32, error) {
	if c.full || c.levels.skip(n, 1) {
		return nil, nil
	}
	c.scratch = slices.Grow(c.scratch[:0], n)[:n]
	return c.scratch, c.levels.read(c.scratch)
}

// take gives read the next rows, as many of a page as there are at a time: where they stand among all n,
// how many they are, and their levels, nil when all have a value.
func (c *column) take(n int, read func(at, n int, levels []int32) error) error {
	for at := 0; at < n; {
		if err := c.turn(); err != nil {
			return err
		}
		some := min(c.rows, n-at)
		levels, err := c.present(some)
		if err == nil {
			err = read(at, some, levels)
		}
		if err != nil {
			return err
		}
		c.rows -= some
		at += some
	}
	return nil
}

// fill decodes the values of the rows that have one; the others get none.
func fill[T any](values []T, levels []int32, none T, decode func(some []T) error) error {
	if levels == nil {
		return decode(values)
	}
	n := count(levels)
	if err := decode(values[:n]); err != nil {
		return err
	}
	spread(values, levels, n, none)
	return nil
}

// count is how many rows have a value.
func count(levels []int32) int {
	n := 0
	for _, l := range levels {
		n += int(min(uint32(l), 1))
	}
	return n
}

// spread moves the first values to the rows that have one; the others get none.
func spread[T any](values []T, levels []int32, n int, none T) {
	for i := len(levels) - 1; i >= 0; i-- {
		if levels[i] == 0 {
			values[i] = none
			continue
		}
		n--
		values[i] = values[n]
	}
}

// within checks that all codes are of the dictionary.
func (c *column) within(codes []int32) error {
	most := uint32(0)
	for _, code := range codes {
		most = max(most, uint32(code))
	}
	if len(codes) > 0 && uint64(most) >= uint64(c.entries) {
		return fmt.Errorf("a value is number %d of a dictionary of %d", most, c.entries)
	}
	return nil
}

// Close lets go of what reading needs. What was read remains.
func (c *column) Close() error { return c.pages.Close() }

// End is an error where rows are left.
func (c *column) End() error {
	err := c.turn()
	if err == nil {
		return errors.New("there are more values than rows")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
