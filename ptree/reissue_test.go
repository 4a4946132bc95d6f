package ptree_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// execs is a log of execs alone, of one machine that gives ids out from 300 to 999, in rounds.
type execs struct {
	pid  int64
	rows []map[string]any
}

func (e *execs) exec(pid, ppid int64, image string) {
	at := time.Date(2024, 1, 1, 0, 0, len(e.rows), 0, time.UTC)
	e.rows = append(e.rows, map[string]any{"time": at, "image": image, "pid": pid, "ppid": ppid})
}

// next gives out an id.
func (e *execs) next() int64 {
	if e.pid++; e.pid < 300 || e.pid > 999 {
		e.pid = 300
	}
	return e.pid
}

// round lets a daemon start shells, and each of them a command, until the ids begin again.
func (e *execs) round(daemon int64) {
	for e.pid < 990 {
		shell := e.next()
		e.exec(shell, daemon, "sh")
		e.exec(e.next(), shell, "true")
	}
	e.pid = 0
}

// TestIDGivenAway: after rounds of ids the last process with the parent's id is the parent where
// its image is used to starting the child's, and is not where it is known never to do that.
func TestIDGivenAway(t *testing.T) {
	e := &execs{}
	e.exec(100, 1, "daemon")
	e.exec(101, 1, "rare")
	for range 6 {
		e.round(100)
	}
	e.exec(300, 100, "new")
	e.exec(302, 101, "from rare") // the first child that it ever had
	for e.pid < 400 {
		e.exec(e.next(), 100, "sh")
	}
	e.exec(e.next(), 951, "late") // the ids have not come to 951 again
	e.exec(e.next(), 100, "sh")
	e.rows = slices.DeleteFunc(e.rows, func(r map[string]any) bool { return r["pid"] == int64(351) && r["image"] == "sh" })
	e.exec(e.next(), 351, "from true") // a true's in the round before, a mere fork's now
	s := ptree.Schema{Name: "execs", ProcessName: "image", ProcessID: "pid", ParentID: "ppid", TimeStamp: "time", PathSeparator: "/"}
	tree := linked(t, s, dataframe.FromMaps(e.rows))
	for image, want := range map[string]string{
		"late": "true 951", "from true": "?unknown 351", "new": "?unknown 100", "from rare": "?unknown 101",
	} {
		if got := parentOf(t, tree, image); got != want {
			t.Errorf("the parent of %q is %q, want %q", image, got, want)
		}
	}
	shells := 0
	for i := range tree.Len() {
		p := tree.At(i)
		if p.Name != "sh" {
			continue
		}
		shells++
		if p.Parent().Name != "daemon" {
			t.Fatalf("a shell of %s is under %s", p.Time, p.Parent().Key)
		}
		if link := p.Link(); link.Kind == ptree.ByReissuedID && !link.Weak() {
			t.Errorf("a link after rounds of ids is no guess: %+v", link)
		}
	}
	if shells < 2000 {
		t.Errorf("%d shells, want more than 2000", shells)
	}
	if n := tree.Findings().Count(ptree.IDGivenAway); n < 3 {
		t.Errorf("%d links refused are findings, want 3 at least", n)
	}
}

// TestHabitsAreOfOneHost: what images are used to starting on one host says nothing of another.
func TestHabitsAreOfOneHost(t *testing.T) {
	s := ptree.Schema{Name: "execs", ProcessName: "image", ProcessID: "pid", ParentID: "ppid", TimeStamp: "time", HostName: "host", PathSeparator: "/"}
	logOf := func(host string, startsShells int64) []map[string]any {
		e := &execs{}
		e.exec(100, 1, "daemon")
		e.exec(101, 1, "cron")
		for range 3 {
			e.round(startsShells)
		}
		e.exec(300, 100, "sh")
		for _, r := range e.rows {
			r["host"] = host
		}
		return e.rows
	}
	one, other := logOf("one", 100), logOf("other", 101)
	parents := func(rows []map[string]any) map[string]string {
		out := map[string]string{}
		tree := linked(t, s, dataframe.FromMaps(rows))
		for i := range tree.Len() {
			p := tree.At(i)
			out[p.Host()+" "+p.Key] = p.Parent().Key
		}
		return out
	}
	together := parents(append(slices.Clone(one), other...))
	for _, alone := range []map[string]string{parents(one), parents(other)} {
		for who, parent := range alone {
			if together[who] != parent {
				t.Errorf("the parent of %s is %s among other hosts, %s alone", who, together[who], parent)
			}
		}
	}
}
