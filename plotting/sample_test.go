package plotting

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

var update = flag.Bool("update", false, "write the golden files anew")

// event is one Windows process creation of a test's log. Processes are known by their numbers;
// parent 0 is a process that the log does not have.
type event struct {
	pid, parent int
	name        string
	command     string
	user        string
	at          time.Duration // after the log's beginning
}

var beginning = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// logOf makes a Windows 4688 log. Extra columns have one value for each event.
func logOf(events []event, extra ...dataframe.Column) dataframe.DataFrame {
	n := len(events)
	text := make(map[string][]string)
	ids, times, users := make([]int64, n), make([]time.Time, n), make([]bool, n)
	names := map[int]string{0: `C:\Windows\explorer.exe`}
	for _, e := range events {
		names[e.pid] = e.name
	}
	for i, e := range events {
		ids[i], times[i], users[i] = 4688, beginning.Add(e.at), e.user != ""
		for column, value := range map[string]string{
			"Computer": "PC1", "SubjectUserSid": "S-1-5-18", "SubjectUserName": e.user, "SubjectLogonId": "0x3e7", "TargetLogonId": "0x0",
			"NewProcessId": fmt.Sprintf("0x%x", e.pid), "NewProcessName": e.name, "ProcessId": fmt.Sprintf("0x%x", e.parent),
			"ParentProcessName": names[e.parent], "CommandLine": e.command,
		} {
			text[column] = append(text[column], value)
		}
	}
	columns := []dataframe.Column{dataframe.Ints("EventID", ids), dataframe.Times("TimeGenerated", times)}
	for _, name := range []string{"Computer", "SubjectUserSid", "SubjectLogonId", "TargetLogonId", "NewProcessId", "NewProcessName", "ProcessId", "ParentProcessName", "CommandLine"} {
		columns = append(columns, dataframe.Strings(name, text[name]))
	}
	columns = append(columns, dataframe.Strings("SubjectUserName", text["SubjectUserName"], users))
	return dataframe.New(append(columns, extra...)...)
}

func treeOf(t testing.TB, events []event, extra ...dataframe.Column) ptree.Tree {
	t.Helper()
	tree, err := ptree.BuildProcessTree(logOf(events, extra...))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// office is a small log: a document that starts a shell.
var office = []event{
	{100, 0, `C:\Program Files\Office\winword.exe`, `"C:\Program Files\Office\winword.exe" /n "C:\Users\ann\invoice.docm"`, "ann", 0},
	{101, 100, `C:\Windows\System32\cmd.exe`, `cmd.exe /c powershell -enc SQBFAFgA`, "ann", 5 * time.Second},
	{102, 101, `C:\Windows\System32\conhost.exe`, `\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`, "ann", 5100 * time.Millisecond},
	{103, 101, `C:\Windows\System32\powershell.exe`, `powershell -enc SQBFAFgA`, "ann", 6 * time.Second},
	{104, 103, `C:\Windows\System32\whoami.exe`, `whoami /all`, "SYSTEM", 9 * time.Second},
	{105, 100, `C:\Windows\splwow64.exe`, ``, "", 20 * time.Second},
}

// chain is n processes, each the parent of the next.
func chain(n int) []event {
	out := make([]event, n)
	for i := range out {
		out[i] = event{pid: 1000 + i, parent: 999 + i, name: fmt.Sprintf(`C:\bin\step%d.exe`, i), command: fmt.Sprintf("step %d", i), user: "ann", at: time.Duration(i) * time.Second}
	}
	out[0].parent = 0
	return out
}

// broad is a tree in which every process has some children, breadth first.
func broad(n, children int) []event {
	out := make([]event, n)
	for i := range out {
		out[i] = event{pid: 1000 + i, parent: 1000 + (i-1)/children, name: fmt.Sprintf(`C:\bin\tool%d.exe`, i%7),
			command: fmt.Sprintf(`tool%d.exe --input C:\data\file%d.txt --verbose`, i%7, i), user: []string{"ann", "bob", "SYSTEM"}[i%3], at: time.Duration(i) * time.Second}
	}
	out[0].parent = 0
	return out
}

// checkGolden compares with a file of testdata, or writes it.
func checkGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs from testdata/%s: look at both, then run the tests with -update", t.Name(), name)
		_ = os.WriteFile(filepath.Join(os.TempDir(), name), got, 0o644)
	}
}
