package ptree_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

type edgeCase struct {
	Name, Description string
	Kwargs            map[string]any
	Input             struct {
		Columns []string
		Dtypes  map[string]string
		Index   []any
		Rows    [][]any
	}
	Expected *struct {
		Columns []string
		Index   []any
		Rows    [][]any
		Summary *ptree.Summary
	}
	Error  map[string]any
	Stdout *string
}

func readEdge(t *testing.T, path string) edgeCase {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var c edgeCase
	decode(t, data, &c)
	return c
}

func (c edgeCase) frame(t *testing.T) dataframe.DataFrame {
	t.Helper()
	place := map[string]int{}
	for i, name := range c.Input.Columns {
		place[name] = i
	}
	return frameOf(t, c.Input.Columns, c.Input.Dtypes, len(c.Input.Rows),
		func(r int, name string) any { return c.Input.Rows[r][place[name]] }, c.Input.Index)
}

func (c edgeCase) options(t *testing.T) (ptree.Options, error) {
	t.Helper()
	var o ptree.Options
	given, ok := c.Kwargs["schema"].(map[string]any)
	if !ok {
		return o, nil
	}
	ours := map[string]any{}
	for k, v := range given {
		if k == "event_id_identifier" {
			k = "event_id"
		}
		ours[k] = v
	}
	data, err := json.Marshal(ours)
	if err != nil {
		t.Fatal(err)
	}
	o.Schema, err = ptree.ParseSchema(data)
	return o, err
}

// better are the cases where msticpy's answer is a plain bug or a limit; each says msticpy's
// answer, ours, and checks ours.
var better = map[string]struct {
	reason string
	check  func(t *testing.T, tree ptree.Tree, err error)
}{
	"self_parent": {"msticpy: never reached, path = own number, an all-null root; ours: link refused, a root inferred above it, a finding",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantSummary(t, tree, err, ptree.GetSummaryInfo(tree).Processes, 1)
			wantFinding(t, tree, ptree.SelfParent, 1)
			wantAllReached(t, tree)
		}},
	"lx_self": {"as self_parent, by process id alone",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantFinding(t, tree, ptree.SelfParent, 1)
			wantAllReached(t, tree)
		}},
	"cycle_two": {"msticpy: both unreachable and an all-null root; ours: the first one's link refused, a root inferred above it, a finding",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantFinding(t, tree, ptree.CycleRefused, 1)
			wantAllReached(t, tree)
		}},
	"parent_name_null": {"msticpy: the process itself becomes a root beside a null-key one; ours: a null parent name reads unknown, like an empty one",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantSummary(t, tree, err, 3, 1)
			wantKeys(t, ptree.GetRoots(tree), "unknown|0x4|1970-01-01 00:00:00.000000")
		}},
	"parent_name_null_two": {"msticpy: two unknown parents collapse into one null-key row; ours: each has its own key",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantKeys(t, ptree.GetRoots(tree), "unknown|0x4|1970-01-01 00:00:00.000000", "unknown|0x5|1970-01-01 00:00:00.000000")
		}},
	"process_name_null": {"msticpy: a null key; ours: a key of its own, without the name",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantFinding(t, tree, ptree.NoKey, 2)
			tree.Loc("|0x10|2024-01-01 00:00:01.000000")
		}},
	"name_not_string": {"msticpy: a number as process name becomes a null key; ours: its text is the name",
		func(t *testing.T, tree ptree.Tree, err error) {
			if p := tree.Loc("5|0x20|2024-01-01 00:00:02.000000"); p.Name != "5" {
				t.Errorf("Name = %q, want 5", p.Name)
			}
		}},
	"event_id_string": {"msticpy: IndexError, text 4688 is not the number 4688; ours: compared by value",
		func(t *testing.T, tree ptree.Tree, err error) { wantSummary(t, tree, err, 2, 1) }},
	"inferred_by_host": {"msticpy: one inferred parent for two hosts; ours: the host is part of the identity",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantSummary(t, tree, err, 4, 2)
			for _, r := range ptree.GetRoots(tree).Head(2).Col("Computer").Strings() {
				one := ptree.GetDescendents(tree, ptree.GetRoots(tree.Where(dataframe.Eq("Computer", r))).At(0))
				if one.Len() != 2 {
					t.Errorf("the tree of %s has %d processes, want 2", r, one.Len())
				}
			}
		}},
	"float_pid_null": {"msticpy: IntCastingNaNError; ours: the row is kept and is a finding",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantFinding(t, tree, ptree.NoParentID, 1)
			wantAllReached(t, tree)
		}},
	"time_tz_pacific": {"msticpy: keys hold local wall time; ours: UTC, so that keys of several sources agree",
		func(t *testing.T, tree ptree.Tree, err error) {
			for _, k := range tree.Keys() {
				if !strings.HasSuffix(k, "1970-01-01 00:00:00.000000") && tree.Loc(k).Time.Format("15:04:05") != k[len(k)-15:len(k)-7] {
					t.Errorf("key %s does not hold the UTC time %s", k, tree.Loc(k).Time)
				}
			}
		}},
	"time_null": {"msticpy: ValueError about merge keys; ours: the row is kept under a key of its own and is a finding",
		func(t *testing.T, tree ptree.Tree, err error) {
			wantFinding(t, tree, ptree.NoKey, 1)
			wantAllReached(t, tree)
		}},
}

// unordered are the cases of more than 16 rows with equal times, which msticpy's unstable sort
// numbers at random; keys, parents and flags are compared, order and numbers are not.
var unordered = map[string]string{
	"osquery_real": "21 rows of one second",
}

func compareByKey(t *testing.T, tree ptree.Tree, c edgeCase) {
	t.Helper()
	place := map[string]int{}
	for i, name := range c.Expected.Columns {
		place[name] = i
	}
	if tree.Len() != len(c.Expected.Rows) {
		t.Fatalf("%d processes, want %d", tree.Len(), len(c.Expected.Rows))
	}
	for r, row := range c.Expected.Rows {
		p := tree.Loc(c.Expected.Index[r].(string))
		for _, name := range []string{"parent_key", "IsRoot", "IsLeaf", "IsBranch", "new_process_lc"} {
			if got, want := p.Get(name), row[place[name]]; !sameCell(got, want) {
				t.Errorf("%s of %s = %#v, want %#v", name, p.Key, got, want)
			}
		}
	}
}

// elsewhere are the cases of functions and options that have no counterpart here.
var elsewhere = map[string]string{
	"max_depth_0":    "build_proc_tree's max_depth cuts paths in half-built trees; Query.MaxLevels and Outline.MaxDepth narrow whole ones",
	"max_depth_1":    "as max_depth_0",
	"max_depth_2":    "as max_depth_0",
	"unknown_kwargs": "msticpy swallows unknown options; here options are struct fields and a misspelt one does not compile",
}

func wantSummary(t *testing.T, tree ptree.Tree, err error, processes, roots int) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if s := ptree.GetSummaryInfo(tree); s.Processes != processes || s.RootProcesses != roots {
		t.Errorf("summary = %v, want %d processes, %d roots", s, processes, roots)
	}
}

func wantFinding(t *testing.T, tree ptree.Tree, kind ptree.FindingKind, n int) {
	t.Helper()
	if got := tree.Findings().Count(kind); got != n {
		t.Errorf("%d %s, want %d", got, kind, n)
	}
}

func wantKeys(t *testing.T, tree ptree.Tree, want ...string) {
	t.Helper()
	if got := strings.Join(tree.Keys(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("keys\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// wantAllReached checks that every process is under a root exactly once and has a key of its own.
func wantAllReached(t *testing.T, tree ptree.Tree) {
	t.Helper()
	n := 0
	roots := ptree.GetRoots(tree)
	for i := range roots.Len() {
		n += ptree.GetDescendents(tree, roots.At(i)).Len()
	}
	keys := map[string]bool{}
	for _, k := range tree.Keys() {
		keys[k] = true
	}
	if n != tree.Len() || len(keys) != tree.Len() {
		t.Errorf("%d processes reached from the roots, %d keys, want %d of both", n, len(keys), tree.Len())
	}
}

func TestEdgeCases(t *testing.T) {
	sharedFile(t, "edge")
	files, err := filepath.Glob(filepath.Join(shared, "edge", "[0-9]*.json"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d edge cases, %v", len(files), err)
	}
	for _, path := range files {
		c := readEdge(t, path)
		t.Run(c.Name, func(t *testing.T) {
			if why, ok := elsewhere[c.Name]; ok {
				t.Skip(why)
			}
			runEdge(t, c)
		})
	}
}

func runEdge(t *testing.T, c edgeCase) {
	o, err := c.options(t)
	var tree ptree.Tree
	printed := stdout(t, func() {
		if err == nil {
			o.Debug = c.Kwargs["debug"] == true
			tree, err = ptree.BuildProcessTree(c.frame(t), o)
		}
	})
	if b, ok := better[c.Name]; ok {
		if err != nil {
			t.Fatalf("%v (%s)", err, b.reason)
		}
		b.check(t, tree, err)
		return
	}
	if c.Error != nil {
		if err == nil || strings.ContainsRune(err.Error(), '\n') {
			t.Errorf("BuildProcessTree = %v, want one line for msticpy's %v", err, c.Error["message"])
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if c.Stdout != nil && printed != *c.Stdout {
		t.Errorf("printed %q, want %q", printed, *c.Stdout)
	}
	if _, ok := unordered[c.Name]; ok {
		compareByKey(t, tree, c)
		return
	}
	which, _ := c.Kwargs["which"].(string)
	result := queried(t, tree, which)
	place := map[string]int{}
	for i, name := range c.Expected.Columns {
		place[name] = i
	}
	table := result.DataFrame()
	for _, name := range c.Input.Columns {
		if table.Has(name + "_log") {
			// msticpy overwrites a column of the log that has the name of one of its own
			table = table.Drop(name + "_log")
		}
	}
	compareTable(t, table, c.Expected.Columns, len(c.Expected.Rows), func(r int, name string) any {
		want := c.Expected.Rows[r][place[name]]
		if which != "" && result.DataFrame().Col(name).IsNull(r) && (want == "" || want == json.Number("0") || want == json.Number("0.0")) {
			return nil // msticpy's queries fill nulls with "" and 0; ours keep them
		}
		return want
	}, func(r int) any { return c.Expected.Index[r] })
	if s := c.Expected.Summary; s != nil && which == "" && ptree.GetSummaryInfo(tree) != *s {
		t.Errorf("summary = %v, want %v", ptree.GetSummaryInfo(tree), *s)
	}
}

// queried runs the query that a case records the full frame of.
func queried(t *testing.T, tree ptree.Tree, which string) ptree.Tree {
	t.Helper()
	root, leaf := ptree.GetRoots(tree).Head(1), tree.At(-1)
	switch which {
	case "":
		return tree
	case "children_noself":
		return ptree.GetChildren(tree, root.At(0), ptree.Query{ExcludeSource: true})
	case "desc":
		return ptree.GetDescendents(tree, root.At(0))
	case "desc_noself":
		return ptree.GetDescendents(tree, root.At(0), ptree.Query{ExcludeSource: true})
	case "desc0_noself":
		return ptree.GetDescendents(tree, root.At(0), ptree.Query{ExcludeSource: true, MaxLevels: -1})
	case "desc_leaf_noself":
		return ptree.GetDescendents(tree, leaf, ptree.Query{ExcludeSource: true})
	case "anc":
		return ptree.GetAncestors(tree, leaf)
	}
	t.Fatalf("no such query here: %s", which)
	return tree
}

// TestBetterCasesExist keeps the tables above from naming cases that are gone.
func TestBetterCasesExist(t *testing.T) {
	sharedFile(t, "edge")
	files, _ := filepath.Glob(filepath.Join(shared, "edge", "[0-9]*.json"))
	names := map[string]bool{}
	for _, path := range files {
		names[readEdge(t, path).Name] = true
	}
	for name := range better {
		if !names[name] {
			t.Errorf("no edge case is named %s", name)
		}
	}
	for name := range unordered {
		if !names[name] {
			t.Errorf("no edge case is named %s", name)
		}
	}
	for name := range elsewhere {
		if !names[name] {
			t.Errorf("no edge case is named %s", name)
		}
	}
}
