package logs

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestSnapshots reads the same kind of list as every tool prints it.
func TestSnapshots(t *testing.T) {
	for name, c := range map[string]struct {
		rows, bad int
		want      map[string]string
	}{
		"ps_lstart.txt": {4, 1, map[string]string{"pid/2": "4242", "ppid/2": "812", "name/2": "sh", "command_line/2": `sh -c echo "<b>a</b>"  two  blanks`, "start_time/2": "2026-03-10T22:01:59Z", "command_line/3": "null", "name/3": "null"}},
		"ps_ef.txt":     {3, 0, map[string]string{"pid/1": "2", "ppid/1": "0", "name/1": "[kthreadd]", "command_line/0": "/sbin/init splash", "STIME/2": "22:01", "UID/2": "amy"}},
		"wmi_list.txt": {2, 1, map[string]string{"pid/1": "420", "ppid/1": "4", "name/1": "cmd.exe", "start_time/0": "2026-03-01T08:00:00.123456Z", "command_line/0": "null",
			"command_line/1": `cmd.exe /c "echo a : b = c & dir C:\Users\amy\Desktop\a very long folder name" > x.txt`, "PSComputerName/1": "WS1"}},
		"wmic_list.txt":            {2, 0, map[string]string{"pid/1": "420", "ppid/1": "4", "name/1": "cmd.exe", "start_time/1": "2026-03-01T09:00:00.000001Z", "command_line/1": "cmd.exe /c echo a=b"}},
		"wmic.csv":                 {2, 0, map[string]string{"pid/1": "420", "ppid/1": "4", "name/1": "cmd.exe", "start_time/1": "2026-03-01T09:00:00.000001Z", "command_line/1": "cmd.exe /c echo a"}},
		"vol3_pstree.txt":          {3, 1, map[string]string{"pid/2": "512", "ppid/2": "420", "name/2": "csrss.exe", "start_time/2": "2026-03-01T09:00:02.5Z", "TreeDepth/2": "2", "Handles/0": "null"}},
		"vol3_pstree.json":         {3, 0, map[string]string{"pid/2": "512", "ppid/2": "420", "name/2": "csrss.exe", "start_time/2": "2026-03-01T09:00:02.5Z", "TreeDepth/2": "2", "Wow64/0": "false"}},
		"vol2_pslist.txt":          {3, 0, map[string]string{"pid/2": "600", "ppid/2": "376", "name/2": "csrss.exe", "start_time/2": "2026-03-01T09:00:02Z", "start_time/0": "null", "Exit/2": "2026-03-01 09:10:00 UTC+0000"}},
		"vol2_pstree.txt":          {3, 0, map[string]string{"pid/2": "600", "ppid/2": "376", "name/2": "csrss.exe", "start_time/2": "2026-03-01T09:00:02Z", "TreeDepth/2": "2"}},
		"velociraptor_pslist.json": {2, 0, map[string]string{"pid/1": "420", "ppid/1": "4", "name/1": "smss.exe", "start_time/1": "2026-03-01T09:00:01.5Z", "command_line/1": `\SystemRoot\smss.exe`}},
	} {
		df := openWindows(t, name)
		if df.Nrow() != c.rows || df.Bad().Total != c.bad {
			t.Errorf("Open(%s) = %d rows and %d bad, want %d and %d: %v", name, df.Nrow(), df.Bad().Total, c.rows, c.bad, df.Bad().First)
		}
		t.Run(name, func(t *testing.T) { wantCells(t, df, c.want) })
		if df.Has("start_time") && df.Col("start_time").Kind() != dataframe.Time || df.Col("pid").Kind() != dataframe.Int || df.Col("ppid").Kind() != dataframe.Int {
			t.Errorf("Open(%s): start_time, pid and ppid are not a time and integers", name)
		}
	}
	if df := openWindows(t, "ps_ef.txt"); df.Has("start_time") || !slices.ContainsFunc(df.Notes(), func(n string) bool { return strings.Contains(n, "there is no start_time") }) {
		t.Errorf("ps -ef gives no dates, but %v, notes %q", df.Names(), df.Notes())
	}
	if df := openWindows(t, "ps_aux.txt"); df.Nrow() != 2 || df.Has("ppid") || df.Has("pid") {
		t.Errorf("ps aux has no parents: %d rows, %v", df.Nrow(), df.Names())
	}
	if df := openWindows(t, "wmi_list.txt"); !slices.ContainsFunc(df.Notes(), func(n string) bool { return strings.HasPrefix(n, "1 lines go on with the value before them") }) {
		t.Errorf("Notes() = %q, want the wrapped line", df.Notes())
	}
}

// TestRealSnapshots reads the lists of real machines.
func TestRealSnapshots(t *testing.T) {
	for name, rows := range map[string]int{
		"pslist/hh_decompile_t1218.001_capattack.json": 80, "velociraptor_Windows.System.Pslist.json": 10,
	} {
		df, err := Open(sharedFile(t, "samples", filepath.FromSlash(name)))
		if err != nil || df.Nrow() != rows {
			t.Errorf("Open(%s) = %d rows, %v, want %d", name, df.Nrow(), err, rows)
			continue
		}
		for _, column := range []string{"pid", "ppid", "name", "command_line"} {
			if !df.Has(column) {
				t.Errorf("Open(%s) lacks %s: %v", name, column, df.Names())
			}
		}
	}
}

// TestDefender reads process events of Defender with the types that they need to be linked.
func TestDefender(t *testing.T) {
	for name, want := range map[string]map[string]dataframe.Kind{
		"defender.csv": {"Timestamp": dataframe.Time, "ProcessId": dataframe.Int, "InitiatingProcessId": dataframe.Int, "ProcessCreationTime": dataframe.Time,
			"InitiatingProcessCreationTime": dataframe.Time, "LogonId": dataframe.Int, "ProcessUniqueId": dataframe.Int, "ProcessCommandLine": dataframe.String, "AdditionalFields": dataframe.String},
		"defender.json":         {"Timestamp": dataframe.Time, "ProcessId": dataframe.Int, "InitiatingProcessId": dataframe.Int, "ProcessCreationTime": dataframe.Time, "LogonId": dataframe.Int},
		"defender_internal.csv": {"EventTime": dataframe.Time, "CreatedProcessId": dataframe.Int, "CreatedProcessCreationTime": dataframe.Time, "CreatedProcessStartKey": dataframe.Int},
	} {
		df := openWindows(t, name)
		for column, kind := range want {
			if got := df.Col(column).Kind(); got != kind {
				t.Errorf("Open(%s): %s is %v, want %v", name, column, got, kind)
			}
		}
	}
	wantCells(t, openWindows(t, "defender.csv"), map[string]string{"ProcessUniqueId/0": "9007199254740993", "ProcessCreationTime/0": "2026-03-01T09:00:01.0000001Z", "ProcessCommandLine/0": `cmd.exe /c "a, b"`})
}

// TestDeepVolatility nests processes deeper than a parser should follow: one bad record.
func TestDeepVolatility(t *testing.T) {
	deep := `[{"PID":1,"PPID":0,"ImageFileName":"a","__children":[]},` + strings.Repeat(`{"PID":2,"PPID":1,"ImageFileName":"b","__children":[`, 100_000) + strings.Repeat("]}", 100_000) + "]"
	df, err := Read(strings.NewReader(deep))
	if err != nil || df.Nrow() != 1 || df.Bad().Total != 1 {
		t.Errorf("Read(100,000 levels) = %d rows, %d bad, %v; want 1 and 1", df.Nrow(), df.Bad().Total, err)
	}
}

func fuzzSnapshot(f *testing.F, format string, names ...string) {
	var seeds [][]byte
	for _, name := range names {
		seeds = append(seeds, readAll(f, filepath.Join("testdata", "windows", name)))
	}
	fuzzFormat(f, format, seeds...)
}

func FuzzPS(f *testing.F)         { fuzzSnapshot(f, "ps", "ps_ef.txt", "ps_aux.txt", "ps_lstart.txt") }
func FuzzWMIList(f *testing.F)    { fuzzSnapshot(f, "wmilist", "wmi_list.txt", "wmic_list.txt") }
func FuzzVolatility(f *testing.F) { fuzzSnapshot(f, "volatility", "vol3_pstree.json") }
func FuzzVolatilityText(f *testing.F) {
	fuzzSnapshot(f, "voltext", "vol3_pstree.txt", "vol2_pslist.txt", "vol2_pstree.txt")
}
