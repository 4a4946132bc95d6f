package ptree

import (
	"encoding/binary"
	"errors"
)

// The plan of a build in its folder: the lexicons, the rows by host's code, and where the
// partitions end.

func appendPlan(out []byte, words lexicons, p *plan) []byte {
	for _, x := range words {
		if x == nil {
			continue
		}
		out = binary.AppendUvarint(out, uint64(len(x.words)))
		for _, w := range x.words {
			out = append(binary.AppendUvarint(out, uint64(len(w))), w...)
		}
	}
	out = binary.AppendUvarint(out, uint64(len(p.counts)))
	for _, n := range p.counts {
		out = binary.AppendUvarint(out, uint64(n))
	}
	out = appendFlag(appendFlag(out, p.sorted), p.large)
	out = binary.AppendUvarint(out, uint64(len(p.parts)))
	for _, part := range p.parts {
		out = binary.AppendUvarint(out, uint64(part.to))
	}
	return out
}

func appendFlag(out []byte, is bool) []byte {
	if is {
		return append(out, 1)
	}
	return append(out, 0)
}

// readPlan reads it back.
func (l *layout) readPlan(data []byte, limit int64) (words lexicons, p *plan, err error) {
	err = guarded(func() error {
		in := spilled{data}
		words = l.lexicons(limit)
		for _, x := range words {
			if x == nil {
				continue
			}
			all := x.all
			x.all = true
			for range in.count() {
				x.find(string(in.take(in.count())))
			}
			x.all, x.distinctness = all, distinctness{}
		}
		c := l.counting(words)
		c.rows = make([]int64, in.count())
		for i := range c.rows {
			c.rows[i] = int64(in.count())
		}
		c.sorted = in.take(1)[0] == 1
		large := in.take(1)[0] == 1
		p = c.plan()
		p.large = large
		from := 0
		for range in.count() {
			to := in.count()
			part := partition{from: from, to: to}
			for _, h := range p.hosts[from:to] {
				part.rows += h.rows
			}
			p.parts = append(p.parts, part)
			from = to
		}
		if from != len(p.hosts) || len(in.data) > 0 {
			return errors.New("its plan is not whole")
		}
		return nil
	})
	return words, p, err
}
