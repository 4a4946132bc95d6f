package ptree_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
	"github.com/mikelolasagasti/xz"
)

// traced is the schema of the traced Linux run's own events.
var traced = ptree.Schema{
	Name: "traced", ProcessName: "image", ProcessID: "pid", ParentID: "ppid", TimeStamp: "time", HostName: "host",
	EventIDColumn: "event", EventID: "exec", PathSeparator: "/",
}

// auditRecords reads the SYSCALL records of an auditd log as events: enough for linking.
func auditRecords(t testing.TB, name string) dataframe.DataFrame {
	t.Helper()
	f, err := os.Open(sharedFile(t, "groundtruth", name+".log.xz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := xz.NewReader(bufio.NewReader(f), 0)
	if err != nil {
		t.Fatal(err)
	}
	fields := []string{"exe", "pid", "ppid", "syscall", "exit", "arch", "ses"}
	columns := map[string][]string{}
	var serials []int64
	var times []int64
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		line, ok := strings.CutPrefix(scan.Text(), "type=SYSCALL msg=audit(")
		if !ok {
			continue
		}
		stamp, rest, _ := strings.Cut(line, "): ")
		at, serial, _ := strings.Cut(stamp, ":")
		seconds, err := strconv.ParseFloat(at, 64)
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.ParseInt(serial, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, time.UnixMilli(int64(seconds*1000+0.5)).UnixNano())
		serials = append(serials, n)
		given := map[string]string{}
		for _, item := range strings.Fields(rest) {
			k, v, _ := strings.Cut(item, "=")
			given[k] = strings.Trim(v, `"`)
		}
		kind := "SYSCALL"
		if given["syscall"] == "59" {
			kind = "SYSCALL_EXECVE"
		}
		columns["EventType"] = append(columns["EventType"], kind)
		for _, k := range fields {
			columns[k] = append(columns[k], given[k])
		}
	}
	out := []dataframe.Column{dataframe.Nanos("TimeGenerated", times, true), dataframe.Ints("serial", serials)}
	for _, k := range append(fields, "EventType") {
		out = append(out, dataframe.Strings(k, columns[k]))
	}
	return dataframe.New(out...)
}

// truth is a process of the run and its creator.
type truth struct{ own, creator string }

// auditTruths knows the process of every record of an auditd log by its serial number: the run's
// own events come in the same order.
func auditTruths(t testing.TB, log dataframe.DataFrame) map[int64]truth {
	t.Helper()
	of := map[string][]truth{}
	for _, r := range truthRows(t, "linux_strace_gt") {
		creator, _ := r["pguid"].(string)
		kind := r["event"].(string)
		of[kind] = append(of[kind], truth{r["guid"].(string), creator})
	}
	out := map[int64]truth{}
	kinds, calls, serials := log.Col("EventType").Strings(), log.Col("syscall").Strings(), log.Col("serial").Ints()
	for i, kind := range kinds {
		what := map[string]string{"56": "fork", "59": "exec"}[calls[i]]
		if what == "" || kind == "" {
			continue
		}
		out[serials[i]] = of[what][0]
		of[what] = of[what][1:]
	}
	if len(of["exec"]) > 0 {
		t.Fatalf("%d execs of the run are not in the log", len(of["exec"]))
	}
	return out
}

func serialTruth(t testing.TB, log dataframe.DataFrame) func(ptree.Process) truth {
	t.Helper()
	truths := auditTruths(t, log)
	return func(p ptree.Process) truth {
		serial, _ := p.Get("serial").(int64)
		return truths[serial]
	}
}

// TestTruthAuditForkExecExit: the same from auditd records.
func TestTruthAuditForkExecExit(t *testing.T) {
	log := auditRecords(t, "audit_fork_exec_exit")
	s := ptree.Auditd
	s.HostName = "" // the log of one machine names none
	tree := linked(t, s, log)
	wantCreators(t, tree, serialTruth(t, log), func(p ptree.Process) bool { return p.Get("syscall") == "59" })
}

// TestTruthAuditExecOnly: ids are all there is. What is linked is right nearly always, and the
// guesses are named.
func TestTruthAuditExecOnly(t *testing.T) {
	log := auditRecords(t, "audit_execve_only")
	s := ptree.Auditd
	s.HostName = ""
	tree, err := ptree.BuildProcessTree(log, ptree.Options{Schema: s})
	if err != nil {
		t.Fatal(err)
	}
	truth := serialTruth(t, log)
	all, sure := execOutcome(tree, truth)
	if all.True != 7259 || all.precision() < 0.95 || all.recall() < 0.97 {
		t.Errorf("%+v: precision %.4f, recall %.4f, want at least .95 and .97 of 7259 links", all, all.precision(), all.recall())
	}
	if share := float64(all.Right) / everTrue; share < 0.821 {
		t.Errorf("%+v: recall %.4f of the README's %d links, want at least its .821", all, share, everTrue)
	}
	if sure.precision() < 0.99 || sure.recall() < 0.9 {
		t.Errorf("without guesses %+v: precision %.4f, recall %.4f, want at least .99 and .9", sure, sure.precision(), sure.recall())
	}
	if n := tree.Findings().Count(ptree.Ambiguous); n == 0 {
		t.Errorf("no guess is a finding")
	}
}

// everTrue is how many true links the README counts: those whose creator ever had an exec, be it
// after the child's.
const everTrue = 8577

// execOutcome counts the links of first execs, all and those that are no guesses. A link is true
// where the creator had an exec of its own before.
func execOutcome(tree ptree.Tree, truth func(ptree.Process) truth) (all, sure outcome) {
	first := map[string]time.Time{}
	sorted := tree.Sort(tree.Schema().TimeStamp)
	for i := range sorted.Len() {
		p := sorted.At(i)
		who := truth(p)
		if _, again := first[who.own]; p.Inferred() || again {
			continue
		}
		first[who.own] = p.Time
		all.Starts++
		if at, ok := first[who.creator]; ok && !at.After(p.Time) {
			all.True++
		}
		parent := p.Parent()
		if parent.Inferred() {
			continue
		}
		right := truth(parent).own == who.creator
		for _, o := range []*outcome{&all, &sure} {
			if o == &sure && p.Link().Weak() {
				continue
			}
			o.Made++
			if right {
				o.Right++
			}
		}
	}
	sure.Starts, sure.True = all.Starts, all.True
	return all, sure
}

// TestTruthForkReplay wants the true creator of every first exec whose creator is known.
func TestTruthForkReplay(t *testing.T) {
	s := traced
	s.ForkEventID, s.ExitEventID, s.ExitProcessID = "fork", "exit", "pid"
	tree, err := ptree.BuildProcessTree(frameOfRows(t, truthRows(t, "linux_strace_gt")), ptree.Options{Schema: s})
	if err != nil {
		t.Fatal(err)
	}
	wantCreators(t, tree, func(p ptree.Process) truth {
		creator, _ := p.Get("pguid").(string)
		own, _ := p.Get("guid").(string)
		return truth{own, creator}
	}, func(p ptree.Process) bool { return p.Get("nexec") != nil })
}

// wantCreators wants the true creator of every first exec.
func wantCreators(t *testing.T, tree ptree.Tree, truth func(ptree.Process) truth, isExec func(ptree.Process) bool) {
	t.Helper()
	if firsts, right := creators(tree, truth, isExec); firsts != 16170 || right != firsts {
		t.Errorf("%d of %d first execs have their true creator, want 16170 of 16170", right, firsts)
	}
}

// creators walks from every first exec over the images of its own process to its creator, and
// counts those that are right.
func creators(tree ptree.Tree, truth func(ptree.Process) truth, isExec func(ptree.Process) bool) (firsts, right int) {
	seen := map[string]bool{}
	sorted := tree.Sort(tree.Schema().TimeStamp)
	for i := range sorted.Len() {
		p := sorted.At(i)
		if p.Inferred() || !isExec(p) {
			continue
		}
		who := truth(p)
		if seen[who.own] || who.creator == "" {
			continue
		}
		seen[who.own] = true
		firsts++
		parent := p
		for parent.Link().Kind == ptree.ExecInPlace {
			parent = parent.Parent()
		}
		if parent = parent.Parent(); !parent.Inferred() && truth(parent).own == who.creator {
			right++
		}
	}
	return firsts, right
}
