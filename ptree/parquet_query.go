package ptree

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Host returns all trees of a host.
func (t *ParquetTree) Host(host string) (Tree, error) {
	return t.query(host, "", func(f *found) ([]int32, error) { return span(0, f.n), nil })
}

// Root returns a process with its descendents, as the tree that it is the root of. Its own
// ancestors are read, too: depths and paths are those in the whole tree.
func (t *ParquetTree) Root(host, process string) (Tree, error) {
	return t.Descendents(host, process)
}

// Descendents returns what a process started, what that started, and so on, as [GetDescendents].
func (t *ParquetTree) Descendents(host, process string, query ...Query) (Tree, error) {
	all, at, err := t.around(host, process, true)
	if err != nil {
		return Tree{}, err
	}
	return GetDescendents(all, at, query...), nil
}

// Ancestors returns who started a process, who started that, and so on up, as [GetAncestors].
func (t *ParquetTree) Ancestors(host, process string, query ...Query) (Tree, error) {
	all, at, err := t.around(host, process, false)
	if err != nil {
		return Tree{}, err
	}
	return GetAncestors(all, at, query...), nil
}

// Around returns a process with its ancestors and descendents, so that every query about what led
// to it and what it led to works on the result.
func (t *ParquetTree) Around(host, process string) (Tree, error) {
	all, _, err := t.around(host, process, true)
	return all, err
}

// around reads a process with its ancestors and, where below is true, what is below it.
func (t *ParquetTree) around(host, process string, below bool) (all Tree, at Process, err error) {
	place := 0
	all, err = t.query(host, process, func(f *found) ([]int32, error) {
		var rows []int32
		for p := f.parent[f.at]; p >= 0; p = f.parent[p] {
			if len(rows) > f.n {
				return nil, fmt.Errorf("its parents go round in a circle: the file is damaged")
			}
			rows = append(rows, p)
		}
		slices.Reverse(rows)
		place = len(rows)
		end := f.at + 1
		if below {
			end = f.at + max(1, int(f.size[f.at]))
		}
		return append(rows, span(f.at, min(end, f.n))...), nil
	})
	if err != nil {
		return all, at, err
	}
	return all, all.At(place), nil
}

func span(from, to int) []int32 {
	out := make([]int32, to-from)
	for i := range out {
		out[i] = int32(from + i)
	}
	return out
}

// found is where a host is, and the process that is asked for.
type found struct {
	host   string
	first  int64 // row of the file
	n      int   // processes of the host
	at     int   // position of the process
	parent []int32
	size   []int32
}

// query finds host and process, and plants the positions that rows chooses.
func (t *ParquetTree) query(host, process string, rows func(*found) ([]int32, error)) (out Tree, err error) {
	err = guarded(func() error {
		f, err := t.find(host, process)
		if err != nil {
			return err
		}
		positions, err := rows(f)
		if err != nil {
			return err
		}
		out, err = t.plant(f, positions)
		return err
	})
	return out, err
}

// fewGroups is how many row groups are searched through for a process whose host is not named.
const fewGroups = 16

func (t *ParquetTree) find(host, process string) (*found, error) {
	if only, ok := t.only(); ok && host == AnyHost {
		host = only
	}
	if host != AnyHost {
		f, err := t.findHost(host)
		if err != nil || process == "" {
			return f, err
		}
		hits, err := t.search(f, process)
		if err != nil {
			return nil, err
		}
		return t.one(hits, host, process)
	}
	if len(t.groups) > fewGroups || process == "" || isPosition(process) {
		return nil, fmt.Errorf("%s has many hosts: name the one that is asked about (--host)", t.path)
	}
	return t.findAnywhere(process)
}

func (t *ParquetTree) findAnywhere(process string) (*found, error) {
	var hits []*found
	names, err := t.hostNames()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		f, err := t.findHost(name)
		if err != nil {
			return nil, err
		}
		some, err := t.search(f, process)
		if err != nil {
			return nil, err
		}
		hits = append(hits, some...)
	}
	return t.one(hits, AnyHost, process)
}

// one is the only process found.
func (t *ParquetTree) one(hits []*found, host, process string) (*found, error) {
	switch len(hits) {
	case 0:
		on := ""
		if host != AnyHost {
			on = " on " + hostWords(host)
		}
		return nil, fmt.Errorf("%s: no process %s%s: write a key as name|pid|time, the name in lower case, or a position", t.path, dataframe.Clip(process), on)
	case 1:
		return hits[0], nil
	}
	var hosts []string
	for _, f := range hits[:min(len(hits), 5)] {
		hosts = append(hosts, dataframe.Clip(f.host))
	}
	if hosts = slices.Compact(hosts); len(hosts) == 1 {
		return nil, fmt.Errorf("%s: the key %s is that of %d processes of the host: name its position", t.path, dataframe.Clip(process), len(hits))
	}
	return nil, fmt.Errorf("%s: the key %s is on several hosts (%s): name one (--host)", t.path, dataframe.Clip(process), strings.Join(hosts, ", "))
}

func isPosition(process string) bool {
	n, err := strconv.Atoi(process)
	return err == nil && n >= 0
}

// search finds a process on a host by its position or its key.
func (t *ParquetTree) search(f *found, process string) ([]*found, error) {
	tree, err := t.columns(f.first, int64(f.n), parentColumn, sizeColumn)
	if err != nil {
		return nil, err
	}
	f.parent, f.size = positionsOf(tree.Col(parentColumn)), positionsOf(tree.Col(sizeColumn))
	for p, up := range f.parent {
		if up >= int32(p) || f.size[p] < 1 || int(f.size[p]) > f.n-p {
			return nil, fmt.Errorf("row %d has the parent %d and the size %d: the file is damaged", f.first+int64(p), up, f.size[p])
		}
	}
	if isPosition(process) {
		at, _ := strconv.Atoi(process)
		if at >= f.n {
			return nil, fmt.Errorf("%s: no position %d: %s has %d processes", t.path, at, hostWords(f.host), f.n)
		}
		f.at = at
		return []*found{f}, nil
	}
	keys, err := t.keys(f)
	if err != nil {
		return nil, err
	}
	var hits []*found
	for p := range f.n {
		if keys(p) == process {
			hit := *f
			hit.at = p
			hits = append(hits, &hit)
		}
	}
	return hits, nil
}

// positionsOf reads a column of positions, -1 for null.
func positionsOf(c dataframe.Column) []int32 {
	out := make([]int32, c.Len())
	for i, v := range c.Ints() {
		out[i] = int32(v)
		if c.IsNull(i) {
			out[i] = -1
		}
	}
	return out
}

// keys makes the key of a host's process by its position.
func (t *ParquetTree) keys(f *found) (func(p int) string, error) {
	s := t.told.Schema
	rows, err := t.columns(f.first, int64(f.n), t.told.written(s.ProcessName), t.told.written(s.ProcessID), t.told.written(s.TimeStamp), inferredColumn)
	if err != nil {
		return nil, err
	}
	names, pids := asText(rows.Col(t.told.written(s.ProcessName))), asText(rows.Col(t.told.written(s.ProcessID)))
	stamps, inferred := rows.Col(t.told.written(s.TimeStamp)), rows.Col(inferredColumn).Bools()
	nanos := stamps.Nanos()
	codes, words := names.Codes()
	lowered := make([]string, len(words))
	for i, w := range words {
		lowered[i] = lower(w)
	}
	return func(p int) string {
		name, pid := "", "None"
		switch {
		case codes[p] >= 0:
			name = lowered[codes[p]]
		case inferred[p]:
			name = unknownName
		}
		if !pids.IsNull(p) {
			pid = pids.Text(p)
		}
		if inferred[p] && stamps.IsNull(p) {
			return name + "|" + pid + "|" + epochKey
		}
		return processKey(name, pid, nanos[p], !stamps.IsNull(p))
	}, nil
}
