package ptree_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

var update = flag.Bool("update", false, "write the measured table into docs/linking.md")

const page = "../docs/linking.md"

// TestLinkingPage holds the table of docs/linking.md against a run.
func TestLinkingPage(t *testing.T) {
	table := measured(t)
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), "-update -->\n")
	_, tail, ends := strings.Cut(rest, "<!-- end -->")
	if !ok || !ends {
		t.Fatal("docs/linking.md lacks the marks of the measured table")
	}
	want := head + "-update -->\n" + table + "<!-- end -->" + tail
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(data) {
		t.Errorf("docs/linking.md is not what was measured: run go test ./ptree -run TestLinkingPage -update\n%s", table)
	}
}

// baselines are the best methods of the README beside the logs.
var baselines = map[string]string{
	"otrf_sysmon": "0.9927 / 1 (PID + image)", "otrf_4688_paired": "0.9605 / 0.997 (msticpy)", "mde_cs1_startkey": "1 / 1 (msticpy)",
}

func measured(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| log | true links | with identities: precision / recall | by id: precision / recall | by id without its guesses | before |\n|---|---|---|---|---|---|\n")
	both := func(o outcome) string { return fmt.Sprintf("%.4f / %.4f", o.precision(), o.recall()) }
	for _, set := range truths {
		tree, by := truthTree(t, set.set, false)
		_, own, parent := truthSchema(set.set)
		sure := judgedAbove(tree, own, parent, 0.9)
		with := "–"
		if set.identities {
			_, o := truthTree(t, set.set, true)
			with = both(o)
		}
		before := baselines[set.set]
		if before == "" {
			before = "–"
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s |\n", set.set, by.True, with, both(by), both(sure), before)
	}
	log := auditRecords(t, "audit_execve_only")
	s := ptree.Auditd
	s.HostName = ""
	all, sure := execOutcome(linked(t, s, log), serialTruth(t, log))
	fmt.Fprintf(&b, "| audit_execve_only | %d | – | %s | %s | 0.617 / 0.82 (PID) |\n", all.True, both(all), both(sure))
	log = auditRecords(t, "audit_fork_exec_exit")
	firsts, right := creators(linked(t, s, log), serialTruth(t, log), func(p ptree.Process) bool { return p.Get("syscall") == "59" })
	fmt.Fprintf(&b, "| audit_fork_exec_exit | %d | %d of %d creators right | – | – | 16170 of 16170 (replay) |\n", firsts, right, firsts)
	return b.String()
}
