package ptree

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// spill writes rows to files, as somebody divides them among those. Rows of one file gather in memory
// until they are a block that is worth writing.
type spill struct {
	folder string
	open   []*block
	files  []*os.File
	rows   int     // of a block
	text   []int64 // by file: bytes of the texts that are not in the lexicons
	bytes  int64   // written
	buffer []byte
	order  []int32
	ends   []int32
	known  []int32
}

const largestBlock = 1 << 15

// The kinds of files.
const (
	hostsName = "hosts" // partitions of hosts
	bandName  = "band"  // of positions, see [largeHost]
)

func spillName(folder, kind string, file int) string {
	return filepath.Join(folder, fmt.Sprintf("%s-%05d", kind, file))
}

// newSpill begins so many files for blocks of so many columns. Rows that wait, of which each takes
// perRow bytes, have a share of the memory.
func newSpill(folder, kind string, files, columns int, perRow, memory int64) (*spill, error) {
	s := &spill{folder: folder, open: make([]*block, files), text: make([]int64, files), ends: make([]int32, files+1)}
	s.rows = int(min(largestBlock, max(64, memory/16/int64(files)/perRow)))
	for k := range files {
		f, err := os.Create(spillName(folder, kind, k))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("the folder for what does not fit in memory: %w", err), s.close())
		}
		s.files = append(s.files, f)
		s.open[k] = &block{columns: make([]cells, columns)}
	}
	return s, nil
}

// add takes a block that has been interned apart: to says into which file each row goes, below 0
// into none.
func (s *spill) add(b *block, to []int32) error {
	s.divide(to)
	for k := range s.open {
		rows := s.order[s.ends[k]:s.ends[k+1]]
		if len(rows) == 0 {
			continue
		}
		s.append(s.open[k], b, rows)
		if len(s.open[k].row) >= s.rows {
			if err := s.flush(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// divide orders a block's rows: those of file k stand from ends[k] to ends[k+1].
func (s *spill) divide(to []int32) {
	clear(s.ends)
	for _, k := range to {
		if k >= 0 {
			s.ends[k+1]++
		}
	}
	for k := range s.open {
		s.ends[k+1] += s.ends[k]
	}
	next := slices.Clone(s.ends)
	s.order = resized(s.order, int(s.ends[len(s.open)]))
	for i, k := range to {
		if k >= 0 {
			s.order[next[k]] = int32(i)
			next[k]++
		}
	}
}

func (s *spill) append(to, from *block, rows []int32) {
	n := len(to.row)
	for _, r := range rows {
		to.row = append(to.row, from.row[r])
	}
	for i := range from.columns {
		c, f := &to.columns[i], &from.columns[i]
		if f.codes != nil {
			s.appendText(c, f, rows)
			continue
		}
		for _, r := range rows {
			c.values = append(c.values, f.values[r])
		}
		if f.valid == nil && c.valid == nil {
			continue
		}
		for len(c.valid) < n {
			c.valid = append(c.valid, true)
		}
		for _, r := range rows {
			c.valid = append(c.valid, f.valid == nil || f.valid[r])
		}
	}
}

func (s *spill) appendText(c, f *cells, rows []int32) {
	if len(f.words) == 0 {
		for _, r := range rows {
			c.codes = append(c.codes, f.codes[r])
		}
		return
	}
	s.known = resized(s.known, len(f.words))
	clear(s.known)
	for _, r := range rows {
		code := f.codes[r]
		if code < -1 {
			k := -2 - code
			if s.known[k] == 0 {
				c.words = append(c.words, f.words[k])
				s.known[k] = int32(len(c.words))
			}
			code = -1 - s.known[k]
		}
		c.codes = append(c.codes, code)
	}
}

func (s *spill) flush(k int) error {
	b := s.open[k]
	if len(b.row) == 0 {
		return nil
	}
	for i := range b.columns {
		for _, w := range b.columns[i].words {
			s.text[k] += int64(len(w)) + wordCost
		}
	}
	s.buffer = appendBlock(s.buffer[:0], b)
	if _, err := s.files[k].Write(s.buffer); err != nil {
		return fmt.Errorf("what does not fit in memory cannot be written to %s: %w", s.folder, err)
	}
	s.bytes += int64(len(s.buffer))
	b.empty()
	return nil
}

// end writes what is left and closes the files.
func (s *spill) end() error {
	for k := range s.files {
		if err := s.flush(k); err != nil {
			return err
		}
		s.open[k] = nil
	}
	return s.close()
}

func (s *spill) close() error {
	var failure error
	for _, f := range s.files {
		failure = firstOf(failure, f.Close())
	}
	s.files = nil
	return failure
}

// empty makes room for other rows.
func (b *block) empty() {
	b.row = b.row[:0]
	for i := range b.columns {
		c := &b.columns[i]
		clear(c.words)
		c.codes, c.words, c.values, c.valid = c.codes[:0], c.words[:0], c.values[:0], nil
	}
}
