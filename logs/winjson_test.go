package logs

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestShippers reads one Sysmon event as eight shippers write it: all give the same row.
func TestShippers(t *testing.T) {
	df := openWindows(t, "shippers.jsonl")
	if df.Nrow() != 9 || df.Bad().Total != 1 || df.Bad().First[0].Line != 10 {
		t.Fatalf("Open = %d events, %v, want 9 and line 10 as bad", df.Nrow(), df.Bad())
	}
	for row := range 8 {
		time := "2026-03-01T09:00:01.25Z"
		if row == 3 {
			time = "2026-03-01T09:00:01Z" // NXLog drops the fraction
		}
		want := map[string]string{}
		for column, text := range map[string]string{
			"TimeCreated": time, "TimeGenerated": time, "EventID": "1", "Computer": "ws1.example.org", "Channel": "Microsoft-Windows-Sysmon/Operational",
			"Provider": "Microsoft-Windows-Sysmon", "EventRecordID": "12", "ExecutionProcessID": "1600", "ThreadID": "2000", "UserID": "S-1-5-18",
			"UtcTime": "2026-03-01T09:00:00.998Z", "ProcessGuid": "{B669E388-4A98-5EE0-1704-000000000300}", "ProcessId": "5012",
			"Image": `C:\Windows\System32\cmd.exe`, "CommandLine": "cmd.exe /c a\r\nline two", "User": `EX\amy`, "ParentProcessId": "420", "ParentImage": `C:\Windows\explorer.exe`,
		} {
			want[fmt.Sprint(column, "/", row)] = text
		}
		delete(want, "User/2") // version 6 has an object of its own there
		wantCells(t, df, want)
	}
	wantCells(t, df, map[string]string{"ParentProcessId/8": "null", "ProcessId/8": "5012", "EventTime/3": "2026-03-01T04:00:01Z"})
	for _, note := range []string{
		"values from the text of Message, which the records do not have as fields: \"CommandLine\" 2, \"Image\" 2, \"ParentImage\" 2, \"ParentProcessId\" 1, \"ProcessGuid\" 2, \"ProcessId\" 3,",
		"2 values of Message come twice in it and were not taken",
		"1 events have a local EventTime without a zone: TimeCreated is it by the zone",
		"1 events have a time without a zone, and nothing says which",
	} {
		if !slices.ContainsFunc(df.Notes(), func(n string) bool { return strings.HasPrefix(n, note) }) {
			t.Errorf("Notes() lack %q:\n%s", note, strings.Join(df.Notes(), "\n"))
		}
	}
}

// TestMessageOf4688 finds all fields of an event in its English text.
func TestMessageOf4688(t *testing.T) {
	df := openWindows(t, "get_winevent.json")
	wantCells(t, df, map[string]string{
		"TimeCreated/0": "2026-03-01T09:00:01.25Z", "EventID/0": "4688", "ExecutionProcessID/0": "4", "ProcessId/0": "0x2ac", "NewProcessId/0": "0xa54",
		"NewProcessName/0": `C:\Windows\System32\svchost.exe`, "ParentProcessName/0": `C:\Windows\System32\services.exe`, "CommandLine/0": "svchost.exe -k x",
		"SubjectUserName/0": "WS1$", "SubjectLogonId/0": "0x3E7", "TargetLogonId/0": "0x0", "MandatoryLabel/0": "S-1-16-16384",
	})
}

// TestEventLogTools reads two Sysmon events as evtx_dump and PowerShell write them: the columns are
// those of the event log itself, and so are the cells, but for what the tools leave out.
func TestEventLogTools(t *testing.T) {
	names := []string{
		"TimeCreated", "TimeGenerated", "EventID", "Computer", "Channel", "Provider", "ProviderGuid", "EventRecordID", "Level", "Task", "Opcode",
		"Keywords", "Version", "ExecutionProcessID", "ThreadID", "UserID", "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "CommandLine",
		"User", "ParentProcessGuid", "ParentProcessId", "ParentImage",
	}
	want := openWindows(t, "evtx_dump.jsonl")
	if got := strings.Join(want.Names(), " "); got != strings.Join(names, " ") {
		t.Errorf("evtx_dump.jsonl has the columns %s, want %s", got, names)
	}
	for _, name := range []string{"evtx_dump.json", "evtx_dump_separate.jsonl"} {
		if got := whole(openWindows(t, name)); got != whole(want) {
			t.Errorf("%s is another frame than evtx_dump.jsonl:\n%s", name, got)
		}
	}
	same := strings.NewReplacer("{", "", "}", "", "\r", "")
	for _, name := range []string{"get_winevent_sysmon.json", "get_winevent.csv"} {
		df := openWindows(t, name)
		for _, column := range names {
			got, want := same.Replace(fmt.Sprint(df.Col(column).Strings())), same.Replace(fmt.Sprint(want.Col(column).Strings()))
			switch column {
			case "TimeCreated", "TimeGenerated", "Keywords": // milliseconds, seconds; a signed number
				continue
			}
			if !strings.EqualFold(got, want) {
				t.Errorf("%s of %s is %s, want %s", column, name, got, want)
			}
		}
	}
}

// TestDumpedRecords reads what evtx_dump writes when some of it is broken: the records around it
// are read.
func TestDumpedRecords(t *testing.T) {
	event := "{\n \"Event\": {\"System\": {\"EventID\": %d}, \"EventData\": {\"A\": \"Record 9\"}}\n}\n"
	text := "Record 1\n" + fmt.Sprintf(event, 1) + "Record 2\n{ \"Event\": {\nRecord 3\n" + fmt.Sprintf(event, 3) + "Record x\n" + fmt.Sprintf(event, 4) + "Record 5\n"
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
		df := mustRead(t, text)
		if got := fmt.Sprint(df.Col("EventID").Strings()); got != "[1 3 4]" || df.Bad().Total != 3 || df.Bad().First[0].Line != 6 {
			t.Errorf("Read(%q) = events %s, bad %v", text, got, df.Bad())
		}
	}
}

// TestPowershellDates: one date that can only be day/month decides for all.
func TestPowershellDates(t *testing.T) {
	for dates, want := range map[string]string{
		"3/1/2026 9:00:00 AM,3/2/2026 1:00:00 PM":  "[2026-03-01T09:00:00Z 2026-03-02T13:00:00Z]",
		"03/01/2026 09:00:00,13/01/2026 09:00:00":  "[2026-01-03T09:00:00Z 2026-01-13T09:00:00Z]",
		"01.03.2026 09:00:00,02.03.2026 09:00:00":  "[2026-03-01T09:00:00Z 2026-03-02T09:00:00Z]",
		"2026-03-01 09:00:00,2026-03-02T09:00:00Z": "[2026-03-01 09:00:00 2026-03-02T09:00:00Z]",
		"3/1/2026 9:00:00 AM,13.1.2026 9:00":       "[3/1/2026 9:00:00 AM 13.1.2026 9:00]",
	} {
		first, second, _ := strings.Cut(dates, ",")
		df := mustRead(t, "Id,ProviderName,LogName,MachineName,TimeCreated\n1,p,l,m,"+first+"\n2,p,l,m,"+second+"\n")
		if got := fmt.Sprint(df.Col("TimeCreated").Strings()); got != want {
			t.Errorf("%s is read as %s, want %s", dates, got, want)
		}
		if !df.Has("EventID") || df.Has("Id") {
			t.Errorf("the columns are %v", df.Names())
		}
	}
}

// TestEventData finds fields in EventData as one text, and takes none that a row has.
func TestEventData(t *testing.T) {
	df := openWindows(t, "sentinel.csv")
	wantCells(t, df, map[string]string{
		"ProcessId/0": "0x1e24", "ProcessName/0": `C:\a & b.exe`, "SubjectLogonId/0": "0x3e7", "Image/0": "null",
		"ProcessId/1": "77", "Image/1": `C:\c.exe`, "ProcessId/2": "79", "Image/2": `C:\d.exe`, "EventData.EventID/2": "hidden", "EventID/2": "1", "ProcessId/3": "80",
	})
	for _, note := range []string{"values from the text of EventData, which the records do not have as fields: \"EventData.EventID\" 1, \"Image\" 2, \"ProcessId\" 2, \"ProcessName\" 1, \"SubjectLogonId\" 1", "1 texts of EventData could not be read"} {
		if !slices.ContainsFunc(df.Notes(), func(n string) bool { return strings.HasPrefix(n, note) }) {
			t.Errorf("Notes() lack %q: %q", note, df.Notes())
		}
	}
}

// TestClobberedProcessID reads real logs of a shipper that put its own ProcessID over Sysmon's.
func TestClobberedProcessID(t *testing.T) {
	df, err := Open(sharedFile(t, "samples", "nxlog_sysmon_no_pid.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	pids := df.Col("ProcessId")
	if df.Nrow() != 335 || pids.Nulls() > 0 || pids.Kind() != dataframe.Int {
		t.Fatalf("%d rows, %d without ProcessId, %v; want 335, none, integers", df.Nrow(), pids.Nulls(), pids.Kind())
	}
	// the shipper's own PID is the same in all events of a machine; the processes' differ
	if own, theirs := df.Col("ExecutionProcessID").Unique().Len(), pids.Unique().Len(); own > 5 || theirs < 100 {
		t.Errorf("%d distinct ExecutionProcessID and %d distinct ProcessId, want few and many", own, theirs)
	}
	if !slices.Contains(df.Notes(), "values from the text of Message, which the records do not have as fields: \"ProcessId\" 335") {
		t.Errorf("Notes() = %q", df.Notes())
	}
}

// TestRawShipperEvents reads real events of NXLog, winlogbeat and Sentinel in one file.
func TestRawShipperEvents(t *testing.T) {
	df, err := Open(sharedFile(t, "groundtruth", "otrf_process_events_raw.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if df.Nrow() != 7150 || df.Bad().Total > 0 {
		t.Errorf("%d rows and %d bad, want 7150 and none", df.Nrow(), df.Bad().Total)
	}
	for column, nulls := range map[string]int{"EventID": 0, "Computer": 0, "TimeCreated": 0, "TimeGenerated": 0} {
		if got := df.Col(column).Nulls(); got != nulls {
			t.Errorf("%d events lack %s, want %d", got, column, nulls)
		}
	}
	if kind := df.Col("TimeCreated").Kind(); kind != dataframe.Time {
		t.Errorf("TimeCreated is %v, want times", kind)
	}
}

func FuzzWinJSON(f *testing.F) {
	for _, name := range []string{"shippers.jsonl", "get_winevent.json", "evtx_dump.json"} {
		f.Add(readAll(f, filepath.Join("testdata", "windows", name)))
	}
	fuzzFormat(f, "winjson", []byte(`{"winlog":{"event_data":{"a":{"b":[1]}}}}`), []byte(`[{"Event":{"System":{"EventID":{"#text":[1,2]}},"EventData":{"Data":{"#text":["a",null]}}}}]`))
}

func FuzzEventData(f *testing.F) {
	fuzzFormat(f, "csv", readAll(f, filepath.Join("testdata", "windows", "sentinel.csv")))
}

func BenchmarkWinJSON(b *testing.B) {
	data := ungzipped(b, "groundtruth", "otrf_process_events_raw.jsonl.gz")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(strings.NewReader(string(data))); err != nil {
			b.Fatal(err)
		}
	}
}
