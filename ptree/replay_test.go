package ptree_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// audit makes an auditd log: "type syscall pid ppid exit exe" and perhaps a clone's flags, one event a
// millisecond.
func audit(text string) dataframe.DataFrame {
	names := []string{"EventType", "syscall", "pid", "ppid", "exit", "exe"}
	var rows []map[string]any
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		row := map[string]any{"TimeGenerated": time.UnixMilli(1_700_000_000_000 + int64(len(rows))).UTC(), "arch": "c000003e"}
		for i, name := range names {
			row[name] = fields[i]
		}
		if len(fields) > len(names) {
			row["clone_flags"], _ = strconv.ParseInt(fields[len(names)], 0, 64)
		}
		rows = append(rows, row)
	}
	return dataframe.FromMaps(rows)
}

// TestReplay tells spawning from changing the image, and processes from threads.
func TestReplay(t *testing.T) {
	s := ptree.Auditd
	s.HostName = ""
	tree := linked(t, s, audit(`
		SYSCALL_EXECVE 59  10 1  0  sh
		SYSCALL        56  10 1  20 sh
		SYSCALL_EXECVE 59  20 10 0  env
		SYSCALL_EXECVE 59  20 10 0  python
		SYSCALL        57  20 10 30 python
		SYSCALL        56  30 20 40 python
		SYSCALL_EXECVE 59  40 30 0  ls
		SYSCALL_EXECVE 59  30 20 0  tail
		SYSCALL        56  20 10 21 python
		SYSCALL        60  20 10 0  python
		SYSCALL        56  20 10 -11 python
		SYSCALL_EXECVE 59  20 10 -2 nothing
		SYSCALL        58  20 10 50 python
		SYSCALL        231 20 10 0  python
		SYSCALL        56  10 1  20 sh
		SYSCALL_EXECVE 59  50 1  0  late
		SYSCALL_EXECVE 59  20 10 0  again
		SYSCALL        2   20 10 3  again`))
	want := `unknown 1 no parent
 sh 10 id, parent not in the log
  env 20 fork
   python 20 exec in place
    python 30 fork
     ls 40 fork
     tail 30 exec in place
    late 50 fork
  again 20 fork
`
	var b strings.Builder
	for i := range tree.Len() {
		p := tree.At(i)
		b.WriteString(strings.Repeat(" ", p.Depth()) + p.Name + " " + p.PID + " " + p.Link().Kind.String() + "\n")
	}
	if b.String() != want {
		t.Errorf("the tree is\n%s, want\n%s", b.String(), want)
	}
	wantFinding(t, tree, ptree.UntracedFork, 2) // the clone of 21 is a thread, the next failed
	wantFinding(t, tree, ptree.OtherEvent, 3)   // a thread's exit, an exec that failed, and a call that is none of these
}

// TestReplayOfThreads: a clone whose flags say that it starts a thread makes no process of it, and
// the thread's id stays free for one.
func TestReplayOfThreads(t *testing.T) {
	s := ptree.Auditd
	s.HostName = ""
	for flags, untraced := range map[string]int{"0x3d0f00": 0, "0x1200011": 1} {
		tree := linked(t, s, audit(`
			SYSCALL_EXECVE 59  10 1  0  sh
			SYSCALL        56  10 1  21 sh `+flags+`
			SYSCALL        57  10 1  22 sh
			SYSCALL_EXECVE 59  22 10 0  ls`))
		wantFinding(t, tree, ptree.UntracedFork, untraced)
		if tree.Len() != 3 {
			t.Errorf("with flags %s: %d processes, want sh, ls and what started sh", flags, tree.Len())
		}
	}
}
