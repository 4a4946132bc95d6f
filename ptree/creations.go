package ptree

import (
	"cmp"
	"slices"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
)

// creations are the process creations of a log, each host's in the order of time and those
// without a time last. Linking reads few columns; the others
// are brought into this order when somebody first asks for them.
type creations struct {
	log     dataframe.DataFrame
	names   []string // the described columns, which alone can be asked for
	stamp   string   // of them, that of the times
	entries []entry  // per event; nil for all of the log, in its order
	untimed []bool   // per event: it has no time; nil when all have one
	hosts   *byHost  // where host stands after host; nil where all are in the order of time

	listing sync.Once
	listed  []int32

	mu      sync.Mutex
	taken   map[string]dataframe.Column
	foreign []string // names of columns that are not the log's own

	ranking sync.Once
	ranks   []int32 // per event: its place in time among all hosts'
	ranked  []int32 // the other way round
}

func newCreations(log dataframe.DataFrame, s Schema) *creations {
	return &creations{log: log, names: distinct(s.described()), stamp: s.TimeStamp, taken: map[string]dataframe.Column{}}
}

// order makes the given rows, which are in the order of time, the events.
func (e *creations) order(rows []int32, stamps dataframe.Column) {
	e.entries = make([]entry, len(rows))
	nanos := stamps.Nanos()
	stretches(len(rows), func(from, to int) {
		for i, row := range rows[from:to] {
			e.entries[from+i].nanos, e.entries[from+i].row = nanos[row], row
		}
	})
	if stamps.Nulls() > 0 {
		e.untimed = make([]bool, len(rows))
		for i, row := range rows {
			e.untimed[i] = stamps.IsNull(int(row))
		}
	}
}

// times returns the time of every event.
func (e *creations) times() []int64 {
	out := make([]int64, len(e.entries))
	stretches(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = e.entries[i].nanos
		}
	})
	return out
}

// distinct drops repeated names: a column may play several roles.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func inOrder(entries []entry) bool {
	for i := range entries {
		if int(entries[i].row) != i {
			return false
		}
	}
	return true
}

// Nrow returns the number of events.
func (e *creations) Nrow() int {
	if e.entries == nil {
		return e.log.Nrow()
	}
	return len(e.entries)
}

// rows returns which row of the log every event is; nil for all of it, in its order.
func (e *creations) rows() []int32 {
	e.listing.Do(func() {
		if e.entries == nil || len(e.entries) == e.log.Nrow() && inOrder(e.entries) {
			return
		}
		e.listed = make([]int32, len(e.entries))
		for i := range e.entries {
			e.listed[i] = e.entries[i].row
		}
	})
	return e.listed
}

// known reports whether the time of an event is known.
func (e *creations) known(event int) bool { return e.untimed == nil || !e.untimed[event] }

// Has reports whether a column describes a process.
func (e *creations) Has(name string) bool { return slices.Contains(e.names, name) }

// Col returns a described column of the events, numbers as decimal text.
func (e *creations) Col(name string) dataframe.Column {
	if !e.Has(name) {
		panic(&dataframe.ColumnError{Column: name, Have: e.names})
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	c, ok := e.taken[name]
	if !ok {
		c = e.take(name)
		e.taken[name] = c
	}
	return c
}

func (e *creations) take(name string) dataframe.Column {
	if name == e.stamp {
		if e.untimed == nil {
			return dataframe.Nanos(name, e.times(), true)
		}
		valid := make([]bool, len(e.untimed))
		for i, missing := range e.untimed {
			valid[i] = !missing
		}
		return dataframe.Nanos(name, e.times(), true, valid)
	}
	c := e.log.Col(name)
	if rows := e.rows(); rows != nil {
		c = c.Take(rows)
	}
	return asText(c)
}

// replace puts columns in the place of the log's own.
func (e *creations) replace(columns ...dataframe.Column) {
	for _, c := range columns {
		e.taken[c.Name()], e.foreign = c, append(e.foreign, c.Name())
	}
}

// replaced reports whether a column is not the log's own.
func (e *creations) replaced(name string) bool { return slices.Contains(e.foreign, name) }

// labels returns the log's labels of the events.
func (e *creations) labels() dataframe.Column {
	only := e.log.Select(e.stamp)
	if rows := e.rows(); rows != nil {
		return only.Take(rows).Index()
	}
	return only.Index()
}

// time returns when an event was, and whether that is known.
func (e *creations) time(event int32) (nanos int64, known bool) {
	return e.entries[event].nanos, e.known(int(event))
}

// rank is the place in time of an event among those of all hosts.
func (e *creations) rank(event int32) int32 {
	if e.hosts == nil || e.hosts.len() < 2 {
		return event
	}
	e.ranking.Do(e.makeRanks)
	return e.ranks[event]
}

// atRank is the event with that place in time.
func (e *creations) atRank(rank int32) int32 {
	if e.hosts == nil || e.hosts.len() < 2 {
		return rank
	}
	e.ranking.Do(e.makeRanks)
	return e.ranked[rank]
}

// makeRanks orders the events by time and, at equal times, as the log has them.
func (e *creations) makeRanks() {
	events := make([]int32, e.log.Nrow()) // by row: its event, -1 for a row that is none
	for i := range events {
		events[i] = -1
	}
	for i := range e.entries {
		events[e.entries[i].row] = int32(i)
	}
	e.ranked = slices.DeleteFunc(events, func(event int32) bool { return event < 0 })
	byTime(e.ranked, e.Col(e.stamp))
	e.ranks = make([]int32, len(e.ranked))
	for i, event := range e.ranked {
		e.ranks[event] = int32(i)
	}
}

// compare orders two events by time, those without one last, and at equal times as the log has them.
func (e *creations) compare(a, b int32) int {
	if e.known(int(a)) != e.known(int(b)) {
		if e.known(int(a)) {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(e.entries[a].nanos, e.entries[b].nanos), cmp.Compare(e.entries[a].row, e.entries[b].row))
}
