package ptree

import (
	"fmt"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Query narrows what a query returns; the zero value includes the source and all levels.
type Query struct {
	ExcludeSource bool // leave the source process out of the result
	MaxLevels     int  // generations below the source; 0 is all, a negative number none
}

// A source, in every query, is a [Process], a [dataframe.Row] of a tree's table, or a key.
// An unknown key is a panic with a [*dataframe.KeyError].

// GetProcess returns the process of the tree that a key or row stands for.
func GetProcess(t Tree, source any) Process { return t.process(source) }

// GetProcessKey returns the key of the process with that source index, its number in the order
// of creation (the column source_index, see [Process.SourceIndex]).
func GetProcessKey(t Tree, sourceIndex int) string {
	if t.forest != nil && sourceIndex >= 0 && sourceIndex < len(t.forest.position) {
		if p := t.forest.position[t.forest.ranked(int32(sourceIndex))]; p >= 0 && t.has(p) {
			return t.forest.key(p)
		}
	}
	panic(&dataframe.UsageError{Message: fmt.Sprintf("no process of this tree has the source index %d", sourceIndex)})
}

// BuildProcessKey returns the key of a process or of a row of a tree's table: the image in
// lower case, the process id and the creation time to 10 microseconds, joined by "|".
func BuildProcessKey(source any) string {
	switch s := source.(type) {
	case Process:
		return s.Key
	case dataframe.Row:
		return s.Name()
	}
	panic(wrongSource(source))
}

func wrongSource(source any) *dataframe.UsageError {
	return &dataframe.UsageError{Message: fmt.Sprintf("%T is no source: give a Process, a row of a tree's table, or a key", source)}
}

// process finds a source in the tree's forest. A Process or row need not be in the tree.
func (t Tree) process(source any) Process {
	switch s := source.(type) {
	case Process:
		if s.IsZero() {
			panic(&dataframe.UsageError{Message: "the source is no process (the parent of a root): ask IsZero first"})
		}
		if s.forest != t.forest {
			panic(&dataframe.UsageError{Message: "the source is a process of another tree: take it from this one by its key"})
		}
		return s
	case dataframe.Row:
		return t.keyed(s.Name(), t.hostOf(s))
	case string:
		return t.keyed(s, nil)
	}
	panic(wrongSource(source))
}

// hostOf returns the host that a row of a table names, nil when it names none.
func (t Tree) hostOf(r dataframe.Row) *string {
	if column := t.Schema().HostName; column != "" && r.Has(column) {
		host := r.Str(column)
		return &host
	}
	return nil
}

// keyed finds a key in the tree. Hosts share keys such as System's, which the row's host or
// the tree itself must then tell apart.
func (t Tree) keyed(key string, host *string) Process {
	if t.forest == nil {
		panic(&dataframe.KeyError{Key: key})
	}
	p, several, ok := t.forest.find(key)
	if ok && !several && t.has(p) {
		return t.forest.process(p)
	}
	var hits []int32
	if ok {
		hits = t.only(func(p int32) bool {
			return t.forest.key(p) == key && (host == nil || t.forest.host(p) == *host)
		}).rows
	}
	switch len(hits) {
	case 0:
		panic(&dataframe.KeyError{Key: key, Have: t.Head(10000).Keys()})
	case 1:
		return t.forest.process(hits[0])
	}
	var hosts []string
	for _, p := range hits[:min(len(hits), 5)] {
		hosts = append(hosts, dataframe.Clip(t.forest.host(p)))
	}
	panic(&dataframe.UsageError{Message: fmt.Sprintf("the key %s is on %d hosts (%s): narrow the tree to one host with Where(dataframe.Eq(%q, …))",
		dataframe.Clip(key), len(hits), strings.Join(hosts, ", "), t.forest.schema.HostName)})
}
