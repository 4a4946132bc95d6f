package ptree_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

func runCase(t *testing.T, tree ptree.Tree, c goldenCase) {
	want := c.Expected
	key, _ := c.Args["source"].(string)
	var source any = key
	if c.Args["source_as"] == "row" {
		source = tree.Loc(key).Row()
	}
	query := ptree.Query{ExcludeSource: c.Args["include_source"] == false}
	if levels, ok := c.Args["max_levels"].(json.Number); ok {
		// msticpy: -1 is all, 0 none; ours: 0 is all, negative none
		switch n, _ := levels.Int64(); n {
		case -1:
		case 0:
			query.MaxLevels = -1
		default:
			query.MaxLevels = int(n)
		}
	}
	switch c.Function {
	case "get_siblings":
		if c.Error != nil {
			// msticpy fails for a root; ours are the other roots of its host
			got := ptree.GetSiblings(tree, source, query)
			roots := ptree.GetRoots(tree)
			if want := roots.Len() - map[bool]int{true: 1}[query.ExcludeSource]; got.Len() != want {
				t.Errorf("GetSiblings of a root = %d processes, want the %d other roots", got.Len(), want)
			}
			return
		}
	case "get_process":
		if _, isKey := c.Args["source"].(string); !isKey {
			source = c.Args["source"]
		}
	case "get_tree_depth(get_descendents)":
		// msticpy counts from the forest's root, ours from the source
		n, _ := want.(json.Number).Int64()
		want = json.Number(strconv.FormatInt(n-int64(tree.Loc(key).Depth()), 10))
	}
	if c.Error != nil {
		defer func() {
			if recover() == nil {
				t.Errorf("%s(%v) returns, want an error as msticpy's %v", c.Function, c.Args, c.Error)
			}
		}()
	}
	got := answer(t, tree, c, source, query)
	if keys, ok := got.([]string); ok {
		compareKeys(t, keys, c)
		return
	}
	if row, ok := want.(map[string]any); ok && c.Function == "get_process" {
		compareRow(t, got.(ptree.Process), row)
		return
	}
	if g, w := canonical(t, got), canonical(t, want); g != w {
		t.Errorf("%s(%v) = %s, want %s", c.Function, c.Args, g, w)
	}
}

func answer(t *testing.T, tree ptree.Tree, c goldenCase, source any, query ptree.Query) any {
	switch c.Function {
	case "get_summary_info":
		return ptree.GetSummaryInfo(tree)
	case "get_tree_depth":
		return ptree.GetTreeDepth(tree)
	case "get_roots":
		return ptree.GetRoots(tree).Keys()
	case "get_process":
		return ptree.GetProcess(tree, source)
	case "get_process_key":
		text := c.Args["source_index"].(string)
		n, err := strconv.Atoi(text)
		if err != nil {
			n = -1 // our argument is an int: no text can be given
		}
		return ptree.GetProcessKey(tree, n)
	case "get_parent":
		if p := ptree.GetParent(tree, source); !p.IsZero() {
			return p.Key
		}
		return nil
	case "get_root":
		return ptree.GetRoot(tree, source).Key
	case "get_root_tree":
		return ptree.GetRootTree(tree, source).Keys()
	case "get_children":
		return ptree.GetChildren(tree, source, query).Keys()
	case "get_descendents":
		return ptree.GetDescendents(tree, source, query).Keys()
	case "get_ancestors":
		return ptree.GetAncestors(tree, source, query).Keys()
	case "get_siblings":
		return ptree.GetSiblings(tree, source, query).Keys()
	case "get_tree_depth(get_descendents)":
		return ptree.GetTreeDepth(ptree.GetDescendents(tree, source))
	case "get_summary_info(get_descendents(root))":
		return ptree.GetSummaryInfo(ptree.GetDescendents(tree, source))
	case "get_root on frame without the root rows":
		below := tree.Where(dataframe.Eq("IsRoot", false))
		return ptree.GetRoot(below, source).Key
	case "infer_schema(output)":
		s, err := ptree.InferSchema(tree.DataFrame())
		if err != nil {
			return nil
		}
		return map[string]string{"windows4688": "WIN_EVENT_SCH", "auditd": "LX_EVENT_SCH"}[s.Name]
	}
	t.Fatalf("no such function here: %s", c.Function)
	return nil
}

func compareKeys(t *testing.T, got []string, c goldenCase) {
	t.Helper()
	if n, err := c.Count.Int64(); err == nil && int(n) != len(got) {
		t.Errorf("%s(%v) = %d processes, want %d", c.Function, c.Args, len(got), n)
	}
	if c.SHA256 != "" {
		sum := sha256.Sum256([]byte(strings.Join(got, "\n")))
		if h := hex.EncodeToString(sum[:]); h != c.SHA256 {
			t.Errorf("%s(%v) keys have SHA-256 %s, want %s", c.Function, c.Args, h, c.SHA256)
		}
		return
	}
	if g, w := canonical(t, got), canonical(t, c.Expected); g != w {
		t.Errorf("%s(%v) = %s, want %s", c.Function, c.Args, g, w)
	}
}

func compareRow(t *testing.T, p ptree.Process, want map[string]any) {
	t.Helper()
	if p.Key != want["proc_key"] {
		t.Errorf("GetProcess = %s, want %s", p.Key, want["proc_key"])
	}
	for name, w := range want {
		if name != "proc_key" && !sameCell(p.Get(name), w) {
			t.Errorf("%s of %s = %#v, want %#v", name, p.Key, p.Get(name), w)
		}
	}
}

// canonical writes a value as JSON with sorted keys.
func canonical(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	decode(t, data, &plain)
	data, err = json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// stdout returns what f prints.
func stdout(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = old }()
	text := make(chan string)
	go func() {
		data, _ := io.ReadAll(r)
		text <- string(data)
	}()
	f()
	w.Close()
	return <-text
}
