package ptree_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestLinuxSchemas builds a parent and its child from the columns of each of Linux's logs.
func TestLinuxSchemas(t *testing.T) {
	times := []string{"2026-12-01T09:00:00Z", "2026-12-01T09:00:01Z"}
	columns := func(more ...dataframe.Column) dataframe.DataFrame { return dataframe.New(more...) }
	text := func(name, parent, child string) dataframe.Column {
		return dataframe.Strings(name, []string{parent, child})
	}
	for name, df := range map[string]dataframe.DataFrame{
		"tetragon": columns(text("binary", "/bin/bash", "/usr/bin/curl"), dataframe.Ints("pid", []int64{7, 8}), dataframe.Ints("parent_pid", []int64{1, 7}),
			text("start_time", times[0], times[1]), text("exec_id", "a", "b"), text("parent_exec_id", "0", "a"), text("event_type", "process_exec", "process_exec"),
			text("parent_binary", "/sbin/init", "/bin/bash"), text("node_name", "n", "n")),
		"falco": columns(text("proc.exepath", "/bin/bash", "/usr/bin/curl"), dataframe.Ints("proc.pid", []int64{7, 8}), dataframe.Ints("proc.ppid", []int64{1, 7}),
			text("time", times[0], times[1]), text("evt.type", "execve", "execve"), text("hostname", "n", "n")),
		"osquery_events": columns(text("path", "/bin/bash", "/usr/bin/curl"), dataframe.Ints("pid", []int64{7, 8}), dataframe.Ints("parent", []int64{1, 7}),
			text("time", times[0], times[1]), text("action", "added", "added"), text("hostIdentifier", "n", "n")),
	} {
		s, err := ptree.InferSchema(df)
		if err != nil || s.Name != name {
			t.Errorf("InferSchema of %s = %q, %v", name, s.Name, err)
			continue
		}
		tree, err := ptree.BuildProcessTree(df, ptree.Options{Schema: s})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range tree.Len() {
			if p := tree.At(i); p.PID == "8" && p.Parent().PID != "7" {
				t.Errorf("%s: the parent of 8 is %s, want 7", name, p.Parent().PID)
			}
		}
		if tree.Len() != 3 {
			t.Errorf("%s has %d processes, want two and the absent parent", name, tree.Len())
		}
	}
}
