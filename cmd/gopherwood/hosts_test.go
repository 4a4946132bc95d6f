package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTreePerHost gives three files of two hosts with the same process ids: a tree for each host,
// its findings under its name, and no link across.
func TestTreePerHost(t *testing.T) {
	dir := t.TempDir()
	header := "time,host,pid,image,ppid,pimage\n"
	var paths []string
	for name, rows := range map[string]string{
		"a": "2024-01-01 00:00:01,A,10,cmd.exe,4,explorer.exe\n",
		"b": "2024-01-01 00:00:02,B,20,whoami.exe,10,cmd.exe\n",
		"c": "2024-01-01 00:00:03,A,30,net.exe,10,cmd.exe\n",
	} {
		paths = append(paths, filepath.Join(dir, name+".csv"))
		if err := os.WriteFile(paths[len(paths)-1], []byte(header+rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	schema := filepath.Join(dir, "schema.json")
	roles := `{"process_name": "image", "process_id": "pid", "parent_id": "ppid", "parent_name": "pimage", "time_stamp": "time", "host_name": "host"}`
	if err := os.WriteFile(schema, []byte(roles), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, err := call(t, "", append([]string{"tree", "--schema", schema}, paths...)...)
	want := `A: 3 processes
explorer.exe  4  before the log
└─ cmd.exe  10  2024-01-01 00:00:01
   └─ net.exe  30  2024-01-01 00:00:03

B: 2 processes
cmd.exe  10  before the log
└─ whoami.exe  20  2024-01-01 00:00:02
`
	if code != exitFine || out != want {
		t.Errorf("tree of three files = %d\n%s, want\n%s", code, out, want)
	}
	for _, line := range []string{"A: 1 parents inferred", "B: 1 parents inferred"} {
		if !strings.Contains(err, line) {
			t.Errorf("the findings lack %q:\n%s", line, err)
		}
	}
}

// TestFindingsOfManyHosts has more hosts than anybody would read of one by one.
func TestFindingsOfManyHosts(t *testing.T) {
	var log strings.Builder
	log.WriteString(strings.SplitAfter(smallLog, "\n")[0])
	for h := range 12 {
		fmt.Fprintf(&log, "2024-01-01T00:00:01Z,4688,H%02d,alice,0x10,a.exe,0x4,b.exe,a\n", h)
	}
	log.WriteString("2024-01-01T00:00:02Z,4688,\x1b[31mH,alice,0x20,a.exe,0x8,c.exe,a\n2024-01-01T00:00:02Z,4688,\x1b[31mH,alice,0x24,a.exe,0x9,d.exe,a\n")
	path := filepath.Join(t.TempDir(), "log.csv")
	if err := os.WriteFile(path, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, err := call(t, "", "summary", path)
	if code != exitFine || strings.Contains(err, "H07") || strings.Contains(err, "\x1b") ||
		!strings.Contains(err, "14 parents inferred, not in the log: on 13 of 13 hosts, 2 at most (") || !strings.Contains(err, "[31mH)") {
		t.Errorf("summary = %d, findings\n%q\nwant one line for each kind, and no control characters", code, err)
	}
}

// TestScoreCommand scores a log whose one wrong link comes from an id used twice.
func TestScoreCommand(t *testing.T) {
	log := "time,host,event,pid,image,ppid,guid,pguid\n" +
		"2024-01-01 00:00:01,A,start,10,sh,1,g1,g0\n" +
		"2024-01-01 00:00:02,A,start,11,ls,10,g2,g1\n" +
		"2024-01-01 00:00:03,A,start,12,ps,10,g3,g9\n"
	schema := filepath.Join(t.TempDir(), "schema.json")
	roles := `{"process_name": "image", "process_id": "pid", "parent_id": "ppid", "time_stamp": "time", "host_name": "host", "process_guid": "guid", "parent_guid": "pguid"}`
	if err := os.WriteFile(schema, []byte(roles), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, err := call(t, log, "score", "-", "--schema", schema, "--json")
	want := `{"Hosts":[{"Host":"A","Processes":3,"True":1,"Made":2,"Right":1}],"Total":{"Host":"","Processes":3,"True":1,"Made":2,"Right":1},"Unjudged":0}` + "\n"
	if code != exitFine || out != want {
		t.Errorf("score = %d, %s%s, want %s", code, out, err, want)
	}
	code, out, _ = call(t, log, "score", "-", "--schema", schema)
	if code != exitFine || !strings.Contains(out, "0.5000 (0.0945 to 0.9055)") || !strings.Contains(out, "1.0000 (0.2065 to 1.0000)") {
		t.Errorf("score = %d\n%s, want precision and recall with bounds", code, out)
	}
}

// TestWitnessFlag gives a Security log beside Sysmon's: one process for both, the other parent told.
func TestWitnessFlag(t *testing.T) {
	dir := t.TempDir()
	sysmon, security := filepath.Join(dir, "sysmon.csv"), filepath.Join(dir, "security.csv")
	for path, text := range map[string]string{
		sysmon: "UtcTime,Computer,ProcessId,Image,ParentProcessId,ParentImage,CommandLine\n" +
			`2024-01-01 00:00:01,H,16,C:\a.exe,4,C:\s.exe,a` + "\n" + `2024-01-01 00:00:02,H,32,C:\b.exe,16,C:\a.exe,b` + "\n",
		security: "TimeGenerated,Computer,NewProcessId,NewProcessName,ProcessId,ParentProcessName,CommandLine,SubjectUserName\n" +
			`2024-01-01 00:00:02.5,H,0x20,C:\b.exe,0x30,C:\c.exe,b,me` + "\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	code, out, err := call(t, "", "tree", sysmon, "--witness", security)
	if code != exitFine || strings.Count(out, "\n") != 3 || !strings.Contains(err, "1 processes whose witnesses disagree on the parent") {
		t.Errorf("tree --witness = %d\n%s%s, want three processes and the disagreement", code, out, err)
	}
	if code, _, err = call(t, "", "tree", sysmon, "--witness", filepath.Join(dir, "no.csv")); code != exitFailed || !strings.Contains(err, "no.csv") {
		t.Errorf("tree --witness no.csv = %d, %s, want a failure that names it", code, err)
	}
}

// TestEventLogsOfOneMachine gives Security and Sysmon logs together: one tree, in which the
// processes that both tell of stand once, as with a witness.
func TestEventLogsOfOneMachine(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data", "evtx")
	pairs, _ := filepath.Glob(filepath.Join(folder, "*", "Security.evtx.gz"))
	if len(pairs) == 0 {
		t.Skipf("no event logs at %s: this test runs where the shared data is", folder)
	}
	for _, security := range pairs {
		sysmon := filepath.Join(filepath.Dir(security), "Microsoft-Windows-Sysmon_4Operational.evtx.gz")
		_, want, _ := call(t, "", "tree", "--quiet", sysmon, "--witness", security)
		code, got, told := call(t, "", "tree", security, sysmon)
		if code != exitFine || got != want {
			t.Errorf("tree of %s and Sysmon's log = %d\n%s, want as with a witness\n%s", security, code, got, want)
		}
		if !strings.Contains(told, "rows of windows4688 bear witness to those of sysmon") {
			t.Errorf("the notes do not tell of the witness:\n%s", told)
		}
		lines := func(paths ...string) int {
			_, out, _ := call(t, "", append([]string{"tree", "--quiet"}, paths...)...)
			return strings.Count(out, "\n")
		}
		if both, apart := lines(security, sysmon), lines(sysmon)+lines(security); both > apart-10 {
			t.Errorf("both logs of %s give %d lines and each alone %d together: the processes are not merged", security, both, apart)
		}
	}
}

// TestSysmonForLinux wants the sample's tree, by the schema that its reader's columns tell.
func TestSysmonForLinux(t *testing.T) {
	sample := filepath.Join("..", "..", "logs", "testdata", "linux", "sysmonlinux.log")
	want := `sshd  4000  before the log
└─ bash  4001  2026-12-01 09:10:02  -bash
   ├─ curl  4002  2026-12-01 09:11:02  curl -s "https://example.org/a?b=1&c=2" -o /tmp/é.sh
   └─ sh  4003  2026-12-01 09:11:02  sh -c echo <b>#012ls
`
	if code, out, told := call(t, "", "tree", "--quiet", sample); code != exitFine || out != want {
		t.Errorf("tree %s = %d\n%s%s\nwant\n%s", sample, code, out, told, want)
	}
	if code, out, _ := call(t, "", "tree", "--quiet", "--schema", "sysmon", sample); code != exitFine || out == want {
		t.Errorf("by the schema of Windows the sample gives %d and the same names\n%s", code, out)
	}
}
