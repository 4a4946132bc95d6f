package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/ptree"
)

// An answer is a table that says when the parent of every event began: with the event's host and the
// process id and image that it names, that is who the parent is. Events are told apart by host, time and
// process id, so that contenders may give them in any order. No parent in the log is a null.

type fact struct {
	time, parent int64 // nanoseconds since 1970
	host, pid    int32 // numbers of words
}

const noParent = math.MinInt64

// words numbers the texts of several answers together.
type words map[string]int32

func (w words) number(s string) int32 {
	n, ok := w[s]
	if !ok {
		n = int32(len(w))
		w[s] = n
	}
	return n
}

// differ compares two answers: how many events have another parent, or are in one answer alone.
func differ(one, other string) (wrong, events int, err error) {
	w := words{}
	a, err := facts(one, w)
	if err != nil {
		return 0, 0, err
	}
	b, err := facts(other, w)
	if err != nil {
		return 0, 0, err
	}
	onlyA, onlyB := 0, 0
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && compare(a[i], b[j]) < 0:
			i, onlyA = i+1, onlyA+1
		case i == len(a) || compare(a[i], b[j]) > 0:
			j, onlyB = j+1, onlyB+1
		default:
			i, j = i+1, j+1
		}
	}
	return max(onlyA, onlyB), len(a), nil
}

func compare(a, b fact) int {
	return cmp.Or(cmp.Compare(a.host, b.host), cmp.Compare(a.time, b.time), cmp.Compare(a.pid, b.pid), cmp.Compare(a.parent, b.parent))
}

// facts reads an answer, in order, repeated rows once.
func facts(path string, w words) ([]fact, error) {
	df, err := logs.Open(path)
	if err != nil {
		return nil, err
	}
	out := make([]fact, df.Nrow())
	hosts, names := df.Col("host").Codes()
	numbers := make([]int32, len(names))
	for i, name := range names {
		numbers[i] = w.number(name)
	}
	pids, times, parents := df.Col("pid"), df.Col("time"), df.Col("parent_time")
	if times.Kind() != dataframe.Int || parents.Kind() != dataframe.Int && parents.Nulls() < parents.Len() {
		return nil, fmt.Errorf("%s: the times are %s and %s, want whole nanoseconds", path, times.Kind(), parents.Kind())
	}
	ids := idsOf(pids, w)
	for i := range out {
		out[i] = fact{time: times.Ints()[i], parent: noParent, host: -1, pid: ids[i]}
		if hosts[i] >= 0 {
			out[i].host = numbers[hosts[i]]
		}
		if !parents.IsNull(i) {
			out[i].parent = parents.Ints()[i]
		}
	}
	slices.SortFunc(out, compare)
	return slices.Compact(out), nil
}

// idsOf are the process ids: numbers, also those written as text; other texts by their words.
func idsOf(c dataframe.Column, w words) []int32 {
	out := make([]int32, c.Len())
	if c.Kind() == dataframe.Int {
		for i, v := range c.Ints() {
			out[i] = int32(v)
		}
		return out
	}
	codes, texts := c.Codes()
	numbers := make([]int32, len(texts))
	for i, text := range texts {
		if n, err := strconv.ParseInt(text, 10, 32); err == nil {
			numbers[i] = int32(n)
		} else {
			numbers[i] = -2 - w.number(text)
		}
	}
	for i, code := range codes {
		if out[i] = -1; code >= 0 {
			out[i] = numbers[code]
		}
	}
	return out
}

// answerOfTree writes the answer of a tree.
func answerOfTree(t ptree.Tree, path string) error {
	table := dataframe.New(t.Col(schema.HostName), t.Col(schema.TimeStamp), t.Col(schema.ProcessID))
	var above []int // the positions of the process before and of its ancestors
	parents := make([]int, t.Len())
	for i, depth := range t.Depths() {
		parents[i] = -1
		if depth > 0 {
			parents[i] = above[depth-1]
		}
		above = append(above[:depth], i)
	}
	return writeAnswer(table, parents, t.Inferred(), path)
}

// answerOfParquet writes the answer of a file that BuildParquet wrote.
func answerOfParquet(built, path string) error {
	table, err := readColumns(built, schema.HostName, schema.TimeStamp, schema.ProcessID, "position", "parent", "inferred")
	if err != nil {
		return err
	}
	parents := make([]int, table.Nrow())
	position, parent, host := table.Col("position").Ints(), table.Col("parent"), 0
	for i := range parents {
		if position[i] == 0 {
			host = i
		}
		parents[i] = -1
		if !parent.IsNull(i) {
			parents[i] = host + int(parent.Ints()[i])
		}
	}
	return writeAnswer(table, parents, table.Col("inferred").Bools(), path)
}

// writeAnswer writes the events among the rows of a table whose rows' parents are given.
func writeAnswer(table dataframe.DataFrame, parents []int, inferred []bool, path string) error {
	times := table.Col(schema.TimeStamp).Nanos()
	var rows []int32
	var began, born []int64
	var known []bool
	for i, up := range parents {
		if inferred[i] {
			continue
		}
		rows, began = append(rows, int32(i)), append(began, times[i])
		if up < 0 || inferred[up] {
			born, known = append(born, 0), append(known, false)
		} else {
			born, known = append(born, times[up]), append(known, true)
		}
	}
	return dataframe.New(table.Col(schema.HostName).Named("host").Take(rows), dataframe.Ints("time", began),
		table.Col(schema.ProcessID).Named("pid").Take(rows), dataframe.Ints("parent_time", born, known)).WriteParquet(path)
}

// readColumns reads some columns of a Parquet file that this program made.
func readColumns(path string, names ...string) (df dataframe.DataFrame, err error) {
	f, err := os.Open(path)
	if err != nil {
		return df, err
	}
	defer f.Close()
	raw, err := file.NewParquetReader(f)
	if err != nil {
		return df, err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	var leaves, groups []int
	for _, name := range names {
		leaves = append(leaves, raw.MetaData().Schema.ColumnIndexByName(name))
	}
	for g := range raw.NumRowGroups() {
		groups = append(groups, g)
	}
	r, err := pqarrow.NewFileReader(raw, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return df, err
	}
	table, err := r.ReadRowGroups(context.Background(), leaves, groups)
	if err != nil {
		return df, err
	}
	defer table.Release()
	return dataframe.FromArrow(table)
}
