package ptree_test

import (
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/ptree"
)

// TestEndsAreTheLogsExits ends one of two processes, in a log with an id that is used twice.
func TestEndsAreTheLogsExits(t *testing.T) {
	at := func(seconds int64) int64 { return seconds * int64(time.Second) }
	row := func(pid, name string, seconds int64) event {
		return event{host: "H", pid: pid, name: name, parent: "1", parentName: "b", logon: "0", time: at(seconds)}
	}
	df := frameOfEvents([]event{row("7", "a", 1), row("8", "c", 2), row("7", "a", 9), row("7", "a", 5)})
	df = df.With("EventID", []int64{4688, 4688, 4688, 4689}).With("ProcessName", []string{"", "", "", "a"})
	s := ptree.Windows4688
	s.ExitProcessID, s.TargetLogonID = "NewProcessId", ""
	tree := linked(t, s, df)
	ends := tree.Ends()
	if len(ends) != tree.Len() || tree.Len() != 4 {
		t.Fatalf("%d ends of %d processes, want 4 of 4", len(ends), tree.Len())
	}
	for i, end := range ends {
		p := tree.At(i)
		want := time.Time{}
		if p.PID == "7" && p.Time.Unix() == 1 {
			want = time.Unix(5, 0).UTC()
		}
		if !end.Equal(want) {
			t.Errorf("%s %s of %v ended at %v, want %v", p.Name, p.PID, p.Time, end, want)
		}
	}
	if got := tree.Head(2).Ends(); len(got) != 2 {
		t.Errorf("a part of the tree has %d ends, want 2", len(got))
	}
	if got := (ptree.Tree{}).Ends(); len(got) != 0 {
		t.Errorf("no tree has the ends %v", got)
	}
}
