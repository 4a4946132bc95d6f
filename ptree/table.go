package ptree

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// The table of a tree has msticpy's columns in msticpy's order: the log's own, those of the
// schema as text, then what linking found. Columns keep their types and nulls.

// DataFrame returns the tree as a table with the index proc_key: the log's columns, then
// new_process_lc, source_index, the parent's values (…_par), parent_key, IsRoot, IsLeaf,
// IsBranch, path and parent_index. An inferred process has a row with what its children tell.
func (t Tree) DataFrame() dataframe.DataFrame {
	switch {
	case t.forest == nil:
		return dataframe.DataFrame{}
	case t.Len() <= 1000:
		return t.forest.tableOf(t.positions())
	case t.rows == nil:
		return t.forest.frame().Slice(int(t.from), int(t.to))
	}
	return t.forest.frame().Take(t.rows)
}

// frame is the table of the whole forest, made once.
func (f *Forest) frame() dataframe.DataFrame {
	f.tableOnce.Do(func() { f.table = f.tableOf(f.tree().positions()) })
	return f.table
}

func (f *Forest) tableOf(at []int32) dataframe.DataFrame {
	names := f.columnNames()
	columns := make([]dataframe.Column, len(names)+1) // the keys are the last
	each(len(columns), len(columns)*len(at), func(_ *struct{}, i int) {
		if i < len(names) {
			columns[i] = f.column(names[i], at)
			return
		}
		keys := make([]string, len(at))
		for k, p := range at {
			keys[k] = f.key(p)
		}
		columns[i] = dataframe.Strings("proc_key", keys)
	})
	df := dataframe.New(columns[:len(names)]...).WithIndex(columns[len(names)])
	return df.WithNotes(f.log.Notes()...).WithBad(f.log.Bad())
}

// columnNames lists the table's columns in order. Where the log has a column of the name of a
// derived one, the derived one takes its place, as in msticpy, and the log's own is kept at
// the end with "_log" behind its name.
func (f *Forest) columnNames() []string {
	names, derived := f.log.Names(), f.derivedNames()
	var own []string
	for _, d := range derived {
		if f.log.Has(d) {
			own = append(own, d+ownSuffix)
		} else {
			names = append(names, d)
		}
	}
	return append(names, own...)
}

// The columns that tell what links rest on are in the tables of logs that hold more than ids,
// images and times; msticpy's tables of the others have none. [Tree.Col] has them for every log.
const (
	linkKindColumn       = "link_kind"
	linkConfidenceColumn = "link_confidence"
)

// ownSuffix marks a column of the log whose name a derived column took.
const ownSuffix = "_log"

func (f *Forest) derivedNames() []string {
	s := f.schema
	derived := []string{"EffectiveLogonId", "new_process_lc"}
	if f.id.hasParentName {
		derived = append(derived, "parent_proc_lc")
	}
	derived = append(derived, "source_index", s.ProcessID+"_par", "EffectiveLogonId_par", "new_process_lc_par",
		"source_index_par", s.ParentID+"_par", s.ProcessName+"_par", "timestamp_orig_par")
	if s.ProcessID != "NewProcessId" {
		derived = append(derived, "NewProcessId_par")
	}
	if !f.id.hasParentName {
		derived = append(derived, "ParentName", "parent_proc_lc")
	}
	derived = append(derived, "parent_key", "IsRoot", "IsLeaf", "IsBranch", "path", "parent_index")
	if f.links.proven {
		derived = append(derived, linkKindColumn, linkConfidenceColumn)
	}
	return derived
}

// column makes one column of the table for the processes at the given positions.
func (f *Forest) column(name string, at []int32) dataframe.Column {
	if own, ok := strings.CutSuffix(name, ownSuffix); ok && !f.log.Has(name) && f.log.Has(own) {
		return f.logged(own, at).Named(name)
	}
	if f.log.Has(name) && !slices.Contains(f.derivedNames(), name) {
		return f.logged(name, at)
	}
	n := len(at)
	switch name {
	case "EffectiveLogonId":
		return f.fromEvents(name, f.id.effective(), at, f.id.logon())
	case "new_process_lc":
		return texts(name, n, func(i int) (string, bool) { return f.lowerName(at[i]), f.hasName(at[i]) })
	case "parent_proc_lc":
		return f.parentNames(at)
	case "source_index":
		return ofEach(name, at, func(p int32) string { return f.padded(f.rank(p)) })
	case "parent_key":
		return f.ofParents(name, at, f.key)
	case "IsRoot":
		return flags(name, n, func(i int) bool { return f.isRoot(at[i]) })
	case "IsLeaf":
		return flags(name, n, func(i int) bool { return f.isLeaf(at[i]) })
	case "IsBranch":
		return flags(name, n, func(i int) bool { return !f.isRoot(at[i]) && !f.isLeaf(at[i]) })
	case linkKindColumn:
		return texts(name, n, func(i int) (string, bool) { return f.kindOf(at[i]).String(), true })
	case linkConfidenceColumn:
		return f.confidences(at)
	case "path":
		return ofEach(name, at, f.path)
	case "parent_index":
		return f.ofParents(name, at, func(p int32) string { return f.padded(f.rank(p)) })
	}
	return f.parentColumn(name, at)
}

func texts(name string, n int, value func(i int) (string, bool)) dataframe.Column {
	b := dataframe.NewBuilder(name)
	for i := range n {
		if s, ok := value(i); ok {
			b.AppendString(s)
		} else {
			b.AppendNull()
		}
	}
	return b.Column()
}

// ofEach is a column of texts that no two processes share.
func ofEach(name string, at []int32, value func(p int32) string) dataframe.Column {
	codes, words := make([]int32, len(at)), make([]string, len(at))
	for i, p := range at {
		if i > 0 && p <= at[i-1] { // the same process may come twice
			return texts(name, len(at), func(i int) (string, bool) { return value(at[i]), true })
		}
		codes[i], words[i] = int32(i), value(p)
	}
	return dataframe.Coded(name, codes, words)
}

// ofParents is a column of what parents have: made once for each, null for roots.
func (f *Forest) ofParents(name string, at []int32, value func(parent int32) string) dataframe.Column {
	codes, words := make([]int32, len(at)), []string(nil)
	ofParent, ofWord := map[int32]int32{}, map[string]int32{}
	for i, p := range at {
		if f.isRoot(p) {
			codes[i] = -1
			continue
		}
		code, known := ofParent[f.parent[p]]
		if !known {
			word := value(f.parent[p])
			if code, known = ofWord[word]; !known { // processes of two hosts may have the same key
				code = int32(len(words))
				ofWord[word], words = code, append(words, word)
			}
			ofParent[f.parent[p]] = code
		}
		codes[i] = code
	}
	return dataframe.Coded(name, codes, words)
}

func flags(name string, n int, value func(i int) bool) dataframe.Column {
	out := make([]bool, n)
	for i := range out {
		out[i] = value(i)
	}
	return dataframe.Bools(name, out)
}

// fromEvents takes a column's values for logged processes and, where it is given, another's
// value in the telling child's row for inferred ones.
func (f *Forest) fromEvents(name string, own dataframe.Column, at []int32, told dataframe.Column) dataframe.Column {
	rows, tellers := make([]int32, len(at)), make([]int32, len(at))
	some := false
	for i, p := range at {
		rows[i], tellers[i] = f.number[p], -1
		if f.inferred(p) {
			rows[i], tellers[i] = -1, f.teller(p)
			some = true
		}
	}
	c := own.Named(name).Take(rows)
	if !some || told.Len() == 0 {
		return c
	}
	b := dataframe.NewBuilder(name)
	for i, t := range tellers {
		if t >= 0 {
			b.Append(told.Value(int(t)))
		} else {
			b.Append(c.Value(i))
		}
	}
	return b.Column()
}

// logged is a column of the log; inferred processes have what their children tell of them.
func (f *Forest) logged(name string, at []int32) dataframe.Column {
	if !f.events.Has(name) {
		return f.asGiven(name, at)
	}
	own, s := f.events.Col(name), f.schema
	switch name {
	case s.ProcessID:
		return f.fromEvents(name, own, at, f.events.Col(s.ParentID))
	case s.HostName, s.LogonID:
		return f.fromEvents(name, own, at, own)
	case s.ProcessName:
		if f.id.hasParentName {
			return f.fromEvents(name, own, at, f.id.parentImage())
		}
	case s.ParentName:
		return f.fromEvents(name, f.id.parentImage(), at, dataframe.Column{})
	case s.EventIDColumn:
		if f.links.forked {
			return f.fromEvents(name, own, at, dataframe.FromSlice("", s.EventID, f.events.Nrow()))
		}
		if s.EventID != "" {
			return texts(name, len(at), func(int) (string, bool) { return s.EventID, true })
		}
	case s.TimeStamp:
		return f.fromEvents(name, own, at, f.births())
	}
	return f.fromEvents(name, own, at, dataframe.Column{})
}

// asGiven is a column of the log that plays no role; inferred processes have none of it.
func (f *Forest) asGiven(name string, at []int32) dataframe.Column {
	rows := make([]int32, len(at))
	for i, p := range at {
		rows[i] = -1
		if !f.inferred(p) {
			rows[i] = int32(f.findings.row(f.number[p]))
		}
	}
	return f.log.Col(name).Take(rows)
}

// births are the times of inferred parents, by the event that tells of them: 1970-01-01, which
// stands for "before the log" as in msticpy's table, where nothing dates them.
func (f *Forest) births() dataframe.Column {
	nanos := make([]int64, f.events.Nrow())
	for p, up := range f.parent {
		if up >= 0 && f.inferred(up) {
			nanos[f.number[p]] = f.born(up)
		}
	}
	return dataframe.Nanos("", nanos, true)
}

func itoa(n int) string { return strconv.Itoa(n) }
