package ptree

import (
	"fmt"
	"os"
	"path/filepath"
)

// spill writes the rows of a log to a file for each partition. Rows of one partition gather in
// memory until they are a block that is worth writing.
type spill struct {
	layout *layout
	folder string
	plan   *plan
	partOf []int32 // by the host's number among all
	open   []*block
	files  []*os.File
	rows   int     // of a block
	text   []int64 // by partition: bytes of the texts that are not in the lexicons
	bytes  int64   // written
	buffer []byte
	order  []int32
	ends   []int32
	known  []int32
}

const largestBlock = 1 << 15

func (l *layout) spill(folder string, p *plan, memory int64) (*spill, error) {
	s := &spill{layout: l, folder: folder, plan: p, open: make([]*block, len(p.parts)), text: make([]int64, len(p.parts))}
	s.rows = int(min(largestBlock, max(64, memory/16/int64(len(p.parts))/int64(16+9*len(l.columns)))))
	for k, part := range p.parts {
		for range part.to - part.from {
			s.partOf = append(s.partOf, int32(k))
		}
		f, err := os.Create(spillName(folder, k))
		if err != nil {
			return nil, fmt.Errorf("the folder for what does not fit in memory: %w", err)
		}
		s.files = append(s.files, f)
		s.open[k] = &block{columns: make([]cells, len(l.columns))}
	}
	s.ends = make([]int32, len(p.parts)+1)
	return s, nil
}

func spillName(folder string, part int) string {
	return filepath.Join(folder, fmt.Sprintf("hosts-%05d", part))
}

// add takes a block that has been interned apart.
func (s *spill) add(b *block) error {
	s.sortByPartition(b)
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

// sortByPartition orders a block's rows: those of partition k stand from ends[k] to ends[k+1].
func (s *spill) sortByPartition(b *block) {
	clear(s.ends)
	part := make([]int32, len(b.row))
	for i := range b.row {
		part[i] = s.partOf[s.layout.rankOf(b, i, s.plan.rank)]
		s.ends[part[i]+1]++
	}
	for k := range s.plan.parts {
		s.ends[k+1] += s.ends[k]
	}
	next := append([]int32(nil), s.ends...)
	s.order = resized(s.order, len(b.row))
	for i, k := range part {
		s.order[next[k]] = int32(i)
		next[k]++
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
