package ptree

import (
	"slices"
	"sync"

	"github.com/gophertrees/gopherwood/dataframe"
)

// creations are the process creations of a log in the order of time, those without a time last.
// Event i is row rows[i] of the log. Linking reads few columns; the others are brought into this
// order when somebody first asks for them.
type creations struct {
	log   dataframe.DataFrame
	names []string // the described columns, which alone can be asked for
	stamp string   // of them, that of the times
	rows  []int32
	all   bool    // the rows are all of the log, in its order
	nanos []int64 // per event: its time
	timed int     // events with a time

	mu      sync.Mutex
	taken   map[string]dataframe.Column
	foreign []string // names of columns that are not the log's own
}

func newCreations(log dataframe.DataFrame, s Schema, rows []int32, stamps dataframe.Column) *creations {
	e := &creations{log: log, names: distinct(s.described()), stamp: s.TimeStamp, rows: rows, taken: map[string]dataframe.Column{}}
	e.all = len(rows) == log.Nrow() && inOrder(rows)
	e.nanos, e.timed = gathered(stamps.Nanos(), rows), len(rows)
	if stamps.Nulls() > 0 {
		e.timed, _ = slices.BinarySearchFunc(rows, true, func(row int32, _ bool) int {
			if stamps.IsNull(int(row)) {
				return 0
			}
			return -1
		})
	}
	return e
}

// gathered returns the values of the given rows.
func gathered[T any](values []T, rows []int32) []T {
	out := make([]T, len(rows))
	stretches(len(rows), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = values[rows[i]]
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

func inOrder(rows []int32) bool {
	for i, r := range rows {
		if int(r) != i {
			return false
		}
	}
	return true
}

// Nrow returns the number of events.
func (e *creations) Nrow() int { return len(e.rows) }

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
		var valid []bool
		if e.timed < len(e.rows) {
			valid = make([]bool, len(e.rows))
			for i := range e.timed {
				valid[i] = true
			}
		}
		return dataframe.Nanos(name, e.nanos, true, valid)
	}
	c := e.log.Col(name)
	if !e.all {
		c = c.Take(e.rows)
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
	if e.all {
		return only.Index()
	}
	return only.Take(e.rows).Index()
}

// time returns when an event was, and whether that is known.
func (e *creations) time(event int32) (nanos int64, known bool) {
	return e.nanos[event], int(event) < e.timed
}
