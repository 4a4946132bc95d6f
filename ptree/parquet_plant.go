package ptree

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// plant makes a forest of stored rows, without linking again: positions, which are sorted, are some
// of a host's, each with all its ancestors.
func (t *ParquetTree) plant(f *found, positions []int32) (Tree, error) {
	rows, err := t.rowsAt(f, positions)
	if err != nil {
		return Tree{}, err
	}
	if rows.Nrow() != len(positions) {
		return Tree{}, fmt.Errorf("%s: %d of %d rows were found: the file is damaged", t.path, rows.Nrow(), len(positions))
	}
	p := &planting{told: t.told, rows: rows.ResetIndex(), positions: positions}
	if err := p.read(); err != nil {
		return Tree{}, fmt.Errorf("%s: %w", t.path, err)
	}
	forest := p.forest()
	return forest.tree(), nil
}

// planting is how stored rows become a forest. Logged processes are events again, numbered in the
// order of time, inferred ones follow.
type planting struct {
	told      description
	rows      dataframe.DataFrame
	positions []int32 // on the host

	parent   []int32 // by place: the parent's place, -1 for a root
	inferred []bool
	number   []int32 // by place
	events   []int32 // by number of event: the place
	absent   []int32 // inferred processes, likewise
}

func (p *planting) read() error {
	place := make(map[int32]int32, len(p.positions))
	for i, at := range p.positions {
		place[at] = int32(i)
	}
	p.inferred = p.rows.Col(inferredColumn).Bools()
	p.parent = positionsOf(p.rows.Col(parentColumn))
	for i, up := range p.parent {
		if up < 0 {
			continue
		}
		at, ok := place[up]
		if !ok || at >= int32(i) {
			return fmt.Errorf("position %d has the parent %d, which is not above it: the file is damaged", p.positions[i], up)
		}
		p.parent[i] = at
	}
	return p.order()
}

// order numbers the processes.
func (p *planting) order() error {
	stamps := p.rows.Col(p.told.written(p.told.Schema.TimeStamp))
	if stamps.Kind() != dataframe.Time {
		return fmt.Errorf("its column %s holds no times: the file is damaged", stamps.Name())
	}
	source := p.rows.Col(sourceRowColumn).Ints()
	nanos := stamps.Nanos()
	for i, inferred := range p.inferred {
		if inferred {
			p.absent = append(p.absent, int32(i))
		} else {
			p.events = append(p.events, int32(i))
		}
	}
	slices.SortFunc(p.events, func(a, b int32) int {
		switch x, y := stamps.IsNull(int(a)), stamps.IsNull(int(b)); {
		case x != y && x:
			return 1
		case x != y:
			return -1
		case nanos[a] != nanos[b]:
			return cmp.Compare(nanos[a], nanos[b])
		}
		return cmp.Compare(source[a], source[b])
	})
	p.number = make([]int32, len(p.inferred))
	for n, i := range p.events {
		p.number[i] = int32(n)
	}
	for n, i := range p.absent {
		p.number[i] = int32(p.tellers() + n)
	}
	return nil
}

// tellers is the number of events: the logged processes, and behind them a row for each inferred
// one, which is in no tree and tells what its first child told: that child may not be at hand.
func (p *planting) tellers() int { return len(p.events) + len(p.absent) }

func (p *planting) forest() *Forest {
	log := p.log()
	s := p.told.Schema
	all := span(0, p.tellers())
	f := &Forest{schema: s, log: log, events: newCreations(log, s), findings: &Findings{source: all}, number: p.number, parent: p.parent}
	f.events.order(all, log.Col(s.TimeStamp))
	f.id = identify(f.events, s)
	f.size, f.depth = make([]int32, len(p.parent)), make([]int32, len(p.parent))
	for i := len(p.parent) - 1; i >= 0; i-- {
		f.size[i]++
		if up := p.parent[i]; up >= 0 {
			f.size[up] += f.size[i]
		}
	}
	f.position = repeated(-1, len(p.parent)+len(p.absent))
	for i, n := range p.number {
		f.position[n] = int32(i)
		if up := p.parent[i]; up >= 0 {
			f.depth[i] = f.depth[up] + 1
		}
	}
	f.links = p.links()
	return f
}

// log is the events' columns under the log's names, in the order of their numbers.
func (p *planting) log() dataframe.DataFrame {
	s := p.told.Schema
	own, absent := make([]dataframe.Column, 0, len(p.told.Columns)), make([]dataframe.Column, 0, len(p.told.Columns))
	for _, name := range p.told.Columns {
		c := p.rows.Col(p.told.written(name)).Named(name)
		own = append(own, c.Take(p.events))
		switch name {
		case s.ParentID:
			c = p.rows.Col(p.told.written(s.ProcessID)).Named(name).Take(p.absent)
		case s.ParentName:
			c = p.rows.Col(p.told.written(s.ProcessName)).Named(name).Take(p.absent)
		case s.HostName, s.LogonID:
			c = c.Take(p.absent)
		default:
			c = c.Take(repeated(-1, len(p.absent)))
		}
		absent = append(absent, c)
	}
	if len(p.absent) == 0 {
		return dataframe.New(own...)
	}
	all := dataframe.Concat(dataframe.New(own...), dataframe.New(absent...))
	return all.WithIndex(dataframe.FromSlice("", 0, all.Nrow())).ResetIndex()
}

// links tells what the stored rows say of the ties.
func (p *planting) links() *links {
	events := p.tellers()
	l := &links{matched: repeated(-1, events), kept: span(0, events+len(p.absent)), kind: make([]LinkKind, events),
		teller: span(len(p.events), events), born: make([]int64, len(p.absent))}
	kinds := map[string]LinkKind{}
	for k, name := range linkNames {
		kinds[name] = LinkKind(k)
	}
	codes, words := p.rows.Col(linkColumn).Codes()
	stamps := p.rows.Col(p.told.written(p.told.Schema.TimeStamp))
	nanos := stamps.Nanos()
	for i, n := range p.number {
		if p.inferred[i] {
			l.born[int(n)-events] = nanos[i]
			continue
		}
		if codes[i] >= 0 {
			l.kind[n] = kinds[words[codes[i]]]
		}
		l.proven = l.proven || l.kind[n] == ByGUID || l.kind[n] == ByCreationTime || l.kind[n] == InferredByGUID
		if up := p.parent[i]; up >= 0 && !p.inferred[up] {
			l.matched[n] = p.number[up]
		}
	}
	return l
}
