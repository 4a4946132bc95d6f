package ptree

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// groupRows are the rows of a row group. All are full but the last, wherever hosts begin and end,
// so that the file does not depend on how the build was divided.
const groupRows = 1 << 16

// A row group is coded as if it were alone in a file, so that several are at once, and its bytes are
// then moved into the output: what stands in the footer are distances from the beginning of the file.

// groupFile is a row group with the footer of a file that holds it alone.
type groupFile struct {
	data    []byte
	footer  *metadata.FileMetaData
	buffers *groupBuffers // whose memory data is
}

var parquetMagic = []byte("PAR1")

// move says that the group's first byte stands at an offset of another file.
func (g *groupFile) move(offset int64) {
	by := offset - int64(len(parquetMagic))
	shift := func(at *int64) {
		if at != nil {
			*at += by
		}
	}
	for _, group := range g.footer.RowGroups {
		group.Ordinal = nil // optional, and too narrow to count the groups of a large file
		shift(group.FileOffset)
		for _, c := range group.Columns {
			if c.FileOffset > 0 {
				c.FileOffset += by
			}
			shift(c.OffsetIndexOffset)
			shift(c.ColumnIndexOffset)
			c.MetaData.DataPageOffset += by
			shift(c.MetaData.IndexPageOffset)
			shift(c.MetaData.DictionaryPageOffset)
			shift(c.MetaData.BloomFilterOffset)
		}
	}
}

// groupSequence appends row groups to a file.
type groupSequence struct {
	out    io.Writer
	name   string // for errors
	offset int64
	footer *metadata.FileMetaData // of the groups so far; nil before the first
}

// append writes a group. The offset moves only when all of it is written.
func (s *groupSequence) append(g *groupFile) error {
	start := s.offset
	if start == 0 {
		if _, err := s.out.Write(parquetMagic); err != nil {
			return s.failed(err)
		}
		start = int64(len(parquetMagic))
	}
	g.move(start)
	if _, err := s.out.Write(g.data); err != nil {
		return s.failed(err)
	}
	s.offset = start + int64(len(g.data))
	if s.footer == nil {
		s.footer = g.footer
		return nil
	}
	return s.footer.AppendRowGroups(g.footer)
}

func (s *groupSequence) failed(err error) error {
	return fmt.Errorf("the output %s cannot be written: %w", s.name, err)
}

// end writes the footer: the file can be read then.
func (s *groupSequence) end() error {
	n, err := s.footer.WriteTo(s.out, nil)
	if err != nil {
		return err
	}
	tail := []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}
	_, err = s.out.Write(append(tail, parquetMagic...))
	return err
}
