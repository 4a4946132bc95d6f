package ptree_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// safe is what our text does to the goldens' characters that could steer a terminal.
var safe = strings.NewReplacer("\u00a0", `\u00a0`)

func TestTreeToTextGolden(t *testing.T) {
	for _, set := range goldenSets {
		if set == "rarity" || set == "win_minimal" {
			continue // msticpy's is 1.1 GB, see TestTreeToTextIsBounded; there is none of win_minimal
		}
		t.Run(set, func(t *testing.T) {
			g := readGolden(t, set)
			var o ptree.Options
			tree, err := ptree.BuildProcessTree(g.Input, o)
			if err != nil {
				t.Fatal(err)
			}
			want := string(gunzip(t, filepath.Join(shared, "golden", set, "tree.txt.gz")))
			got := ptree.TreeToText(tree)
			if set == "linux" {
				// msticpy numbered equal times at random in this text: the lines agree, not all their places
				got, want = sortedLines(got), sortedLines(want)
			}
			compareText(t, got, want)
		})
	}
}

func compareText(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(safe.Replace(want), "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d of %d = %q, want %q of %d", i, len(g), at(g, i), at(w, i), len(w))
		}
	}
}

func sortedLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "<no line>"
}

func TestTreeToTextCases(t *testing.T) {
	data, err := os.ReadFile(sharedFile(t, "edge", "tree_to_text.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Input struct {
			Columns []string
			Rows    [][]any
		}
		Cases []struct {
			Name   string
			Kwargs map[string]any
			Text   *string
			Error  map[string]any
		}
	}
	decode(t, data, &file)
	place := map[string]int{}
	for i, name := range file.Input.Columns {
		place[name] = i
	}
	input := frameOf(t, file.Input.Columns, map[string]string{"TimeGenerated": "datetime64[ns]"}, len(file.Input.Rows),
		func(r int, name string) any { return file.Input.Rows[r][place[name]] }, nil)
	tree, err := ptree.BuildProcessTree(input)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range file.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var o ptree.TextOptions
			if s, ok := c.Kwargs["schema"].(map[string]any); ok {
				o.Schema = schemaOf(s)
			}
			if tpl, ok := c.Kwargs["template"].([]any); ok {
				o.Template = templateOf(t, tpl)
			}
			if s, ok := c.Kwargs["sort_column"].(string); ok {
				o.SortColumn = s
			}
			if n, ok := c.Kwargs["wrap_column"].(interface{ Int64() (int64, error) }); ok {
				w, _ := n.Int64()
				o.WrapColumn = int(w)
			}
			if c.Error != nil {
				if o.Schema == (ptree.Schema{}) && o.Template == nil {
					return // ours takes the tree's own schema
				}
				defer func() {
					if recover() == nil {
						t.Errorf("TreeToText returns, want an error as msticpy's %v", c.Error)
					}
				}()
			}
			got := ptree.TreeToText(tree, o)
			if c.Text != nil {
				compareText(t, got, *c.Text)
			}
		})
	}
}

func schemaOf(given map[string]any) ptree.Schema {
	text := func(k string) string { s, _ := given[k].(string); return s }
	return ptree.Schema{ProcessName: text("process_name"), ProcessID: text("process_id"), ParentID: text("parent_id"),
		TimeStamp: text("time_stamp"), CommandLine: text("cmd_line"), UserID: text("user_id"), LogonID: text("logon_id")}
}

func templateOf(t *testing.T, given []any) []ptree.TemplateLine {
	t.Helper()
	var out []ptree.TemplateLine
	for _, g := range given {
		line := ptree.TemplateLine{}
		parts, ok := g.([]any)
		if !ok || len(parts) != 2 {
			t.Fatalf("template line %v", g)
		}
		for _, item := range parts[0].([]any) {
			pair := item.([]any)
			line.Items = append(line.Items, ptree.TemplateItem{Label: pair[0].(string), Column: pair[1].(string)})
		}
		if n, ok := parts[1].(interface{ Int64() (int64, error) }); ok {
			w, _ := n.Int64()
			line.Wrap = int(w)
		}
		out = append(out, line)
	}
	return out
}

func TestTreeToTextIsBounded(t *testing.T) {
	g := readGolden(t, "rarity")
	tree, err := ptree.BuildProcessTree(g.Input)
	if err != nil {
		t.Fatal(err)
	}
	text := ptree.TreeToText(tree)
	if n := len(text) / tree.Len(); n > 4000 {
		t.Errorf("TreeToText of depth 839 takes %d bytes a process, want under 4000", n)
	}
	if n := strings.Count(text, "Process:"); n != tree.Len() {
		t.Errorf("TreeToText shows %d processes, want %d", n, tree.Len())
	}
}
