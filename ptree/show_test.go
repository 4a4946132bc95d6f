package ptree_test

import (
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// TestInferredProcessesHaveNoDate: 1970 is a number in the table, never a fact for a person.
func TestInferredProcessesHaveNoDate(t *testing.T) {
	tree := mustBuild(t, frameOfEvents([]event{{host: "H", pid: "0x8", name: "a.exe", parent: "0x4", parentName: "System", logon: "0x3e7", time: 1_700_000_000_000_000_000}}))
	page := tree.HTML()
	withoutKeys := strings.ReplaceAll(page, "|1970-01-01", "")
	if strings.Count(page, "before the log") != 2 || strings.Contains(withoutKeys, ">1970") {
		t.Errorf("HTML = %s\nwant the root and its child's parent dated before the log", page)
	}
	if !strings.Contains(page, "2023-11-14 22:13:20.000") {
		t.Errorf("HTML lacks the child's time: %s", page)
	}
	for _, text := range []string{tree.String(), tree.At(0).String()} {
		if !strings.Contains(text, "before the log") || strings.Contains(text, "1970") {
			t.Errorf("%q dates the inferred process", text)
		}
	}
}

func TestSchemaShowsItsRoles(t *testing.T) {
	text, page := ptree.Auditd.String(), ptree.Schema{Name: "<b>", ProcessName: "<script>\x1b"}.HTML()
	for _, want := range []string{"schema auditd\n", "  parent_id       ppid\n", "  path_separator  /\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("String() = %s, want %q in it", text, want)
		}
	}
	if strings.Contains(text, "parent_name") {
		t.Errorf("String() = %s, want no role that is not filled", text)
	}
	if strings.Contains(page, "<script>") || strings.Contains(page, "\x1b") || !strings.Contains(page, "&lt;script&gt;") {
		t.Errorf("HTML() = %s, want the name escaped", page)
	}
}
