package logs

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestUnpackAuditd gives what msticpy does, but that all arguments are decoded, not three.
func TestUnpackAuditd(t *testing.T) {
	var cases []struct {
		Description string
		Input       []map[string][]string
		Want        map[string]map[string]any `json:"unpack_auditd"`
	}
	if err := json.Unmarshal(readAll(t, sharedFile(t, "auditd", "unpack_cases.json")), &cases); err != nil || len(cases) < 20 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		if strings.HasSuffix(c.Description, "a4 stays raw") {
			c.Want["EXECVE"]["a4"] = "hi"
		}
		if got := UnpackAuditd(c.Input); fmt.Sprint(got) != fmt.Sprint(c.Want) {
			t.Errorf("%s: UnpackAuditd = %v, want %v", c.Description, got, c.Want)
		}
	}
}

// TestExtractEvents reads Microsoft Sentinel's table of records, from CSV and from JSON, and finds
// in it what msticpy does.
func TestExtractEvents(t *testing.T) {
	for _, name := range []string{"linux_events.csv", "linux_events.input.jsonl.gz"} {
		table, err := Open(sharedFile(t, "auditd", name))
		if err != nil {
			t.Fatal(err)
		}
		events, err := ExtractEventsToDF(table)
		if err != nil || events.Nrow() != 100 {
			t.Fatalf("%s: ExtractEventsToDF = %d events, %v, want 100", name, events.Nrow(), err)
		}
		for _, column := range []string{"Computer", "TenantId", "mssg_id"} {
			if events.Col(column).Nulls() > 0 {
				t.Errorf("%s: %s has nulls", name, column)
			}
		}
		compareGolden(t, events, goldenRows(t, "auditd", "linux_events.events.jsonl.gz"))
		programs, err := ExtractEventsToDF(table, ExtractOptions{EventType: "SYSCALL_EXECVE"})
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, programs, goldenRows(t, "auditd", "linux_events.execve.jsonl.gz"))
		if _, err := ExtractEventsToDF(table, ExtractOptions{EventType: "SYSCALL_EXECV"}); err == nil || !strings.Contains(err.Error(), "the log has CRED_ACQ CRED_DISP") {
			t.Errorf("an unknown type: %v", err)
		}
	}
}

// TestExtractBad keeps the place of rows that cannot be read.
func TestExtractBad(t *testing.T) {
	good := `[{'LOGIN': ['pid=7', "acct=\"it's \xe9\""]}, {"PATH": []}]`
	df := dataframe.New(dataframe.Strings("mssg_id", []string{"1.5:1", "1.5:2", "x", "1.5"}),
		dataframe.Strings("AuditdMessage", []string{good, `[{'LOGIN': ['pid=7']`, good, good}), dataframe.Strings("pid", []string{"a", "b", "c", "d"}))
	got, err := ExtractEventsToDF(df)
	if err != nil || got.Nrow() != 2 || got.Bad().Total != 2 || got.Bad().First[0].Line != 2 {
		t.Fatalf("ExtractEventsToDF = %d rows, %v, %v", got.Nrow(), got.Bad(), err)
	}
	if s := cellsOf(got, 1, "mssg_id", "pid", "acct", "pid_x"); s != "mssg_id=1.5 pid=7 acct=it's é pid_x=d" {
		t.Errorf("row 1 = %q", s)
	}
}

// TestAuditFiles reads msticpy's own cases of odd files: whatever it reads we read as well, and
// what makes it fail is a bad line.
func TestAuditFiles(t *testing.T) {
	var cases []struct {
		Description string
		Lines       []string
		Columns     []string
		Rows        [][]any
		Error       *struct{ Type string }
	}
	if err := json.Unmarshal(readAll(t, sharedFile(t, "auditd", "file_cases.json")), &cases); err != nil || len(cases) < 15 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	different := map[string]string{ // where msticpy is wrong, and what is right
		"': ' inside the text cuts the rest":                 "note=x: y",
		"same ms, different serial -> merged into one event": "2 rows",
		"same ms, same type -> last wins":                    "2 rows",
		"quote at the start":                                 "bad",
		"order is by text of the time":                       "order",
	}
	for _, c := range cases {
		path := filepath.Join(t.TempDir(), "audit.log")
		if err := os.WriteFile(path, []byte(strings.Join(c.Lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		df, err := ReadFromFile(path)
		switch want := different[c.Description]; {
		case c.Error != nil:
			if err == nil && df.Bad().Total == 0 && df.Nrow() != len(c.Lines) {
				t.Errorf("%s: %d rows of %d lines and no bad one", c.Description, df.Nrow(), len(c.Lines))
			}
		case want == "bad":
			if err == nil {
				t.Errorf("%s: no error", c.Description)
			}
		case err != nil:
			t.Errorf("%s: %v", c.Description, err)
		case want == "2 rows":
			if df.Nrow() != 2 {
				t.Errorf("%s: %d rows, want 2", c.Description, df.Nrow())
			}
		case want == "order":
			if got := df.Col("EventType").Strings(); fmt.Sprint(got) != "[A B]" {
				t.Errorf("%s: %v, want the order of time", c.Description, got)
			}
		case want != "":
			if got := cellsOf(df, 1, "note"); got != want {
				t.Errorf("%s: %q, want %q", c.Description, got, want)
			}
		default:
			compareCase(t, c.Description, df, c.Columns, c.Rows)
		}
	}
}

func compareCase(t *testing.T, name string, df dataframe.DataFrame, columns []string, rows [][]any) {
	t.Helper()
	if df.Nrow() != len(rows) {
		t.Errorf("%s: %d rows, want %d", name, df.Nrow(), len(rows))
		return
	}
	for i, row := range rows {
		for j, v := range row {
			if columns[j] == "mssg_id" || v == nil || columns[j] == "TimeGenerated" && strings.HasPrefix(name, "microsecond") {
				continue // the whole id, and all digits of the time
			}
			if got, want := ourText(df, i, columns[j]), goldenText(columns[j], v); got != want {
				t.Errorf("%s: row %d: %s = %q, want %q", name, i, columns[j], got, want)
			}
		}
	}
}

// TestOpenFiles reads an audit log that was rotated in the middle of an event, in any order of its
// files, and other formats one after another.
func TestOpenFiles(t *testing.T) {
	data := readAll(t, sharedFile(t, "auditd", "auditd_log.txt"))
	want := shown(readAudit(t, string(data)))
	cut := strings.Index(string(data), "type=EXECVE")
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	older, newer := write("audit.log.1.gz", gzipped(t, data[:cut])), write("audit.log", data[cut:])
	for _, paths := range [][]string{{older, newer}, {newer, older}} {
		df, err := OpenFiles(paths)
		if err != nil || shown(df) != want {
			t.Errorf("OpenFiles(%v) = %d rows, %v, want the rows of the whole log", paths, df.Nrow(), err)
		}
	}
	csv := write("x.csv", []byte("a,b\n1,2\n"))
	if df, err := OpenFiles([]string{csv, csv}); err != nil || df.Nrow() != 2 {
		t.Errorf("OpenFiles of two CSV files = %v, %v", shown(df), err)
	}
	if _, err := OpenFiles(nil); err == nil {
		t.Error("OpenFiles of nothing is no error")
	}
	if got := inTurn([]string{"b", "x.log", "x.log.10.gz", "x.log.2", "a.1"}); fmt.Sprint(got) != "[b x.log.10.gz x.log.2 x.log a.1]" {
		t.Errorf("inTurn = %v", got)
	}
}
