package logs

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

func openWindows(t testing.TB, name string) dataframe.DataFrame {
	t.Helper()
	df, err := Open(filepath.Join("testdata", "windows", name))
	if err != nil {
		t.Fatalf("Open(%s) = %v", name, err)
	}
	return df
}

// wantCells compares cells as text: "column/row" and the text, "null" without a value.
func wantCells(t testing.TB, df dataframe.DataFrame, want map[string]string) {
	t.Helper()
	for place, text := range want {
		name, number, _ := strings.Cut(place, "/")
		var row int
		if _, err := fmt.Sscan(number, &row); err != nil {
			t.Fatal(err)
		}
		if !df.Has(name) {
			t.Errorf("there is no column %s, but %v", name, df.Names())
			continue
		}
		got := "null"
		if c := df.Col(name); !c.IsNull(row) {
			got = c.Text(row)
		}
		if got != text {
			t.Errorf("%s of row %d = %q, want %q", name, row, got, text)
		}
	}
}

func TestWinXML(t *testing.T) {
	df := openWindows(t, "events.xml")
	if df.Nrow() != 4 || df.Bad().Total != 2 {
		t.Errorf("Open = %d events and %d bad, want 4 and 2: %v", df.Nrow(), df.Bad().Total, df.Bad().First)
	}
	if bad := df.Bad().First[1]; bad.Line != 32 || !strings.Contains(bad.Reason, "</\"Dat\"> ends an element that did not begin") {
		t.Errorf("Bad() = %v, want line 32", bad)
	}
	wantCells(t, df, map[string]string{
		"EventID/0": "4688", "Computer/0": "ws1.example.org", "TimeCreated/0": "2026-03-01T09:00:00.1234567Z", "TimeGenerated/0": "2026-03-01T09:00:00.1234567Z",
		"ProcessId/0": "0x2ac", "ExecutionProcessID/0": "4", "CommandLine/0": `cmd.exe /c "echo <b> & dir" > x & rem A`, "UserID/0": "null",
		"RenderingInfo.Level/0": "Information", "Message/0": "A new process has been created.", "RenderingInfo.Culture/0": "en-US",
		"EventID/1": "1", "ProcessId/1": "5012", "CommandLine/1": "cmd.exe </Event> <script>alert(1)</script>", "Qualifiers/1": "0",
		"EventData.Version/1": "hidden", "Version/1": "null", "RuleName/1": "", "UserID/1": "S-1-5-18", "NewProcessName/1": "null",
		"Data/2": "first", "Data.1/2": "second", "Binary/2": "00FF", "EventSourceName/2": "SCM",
		"SubjectUserName/3": "Администратор", "TimeCreated/3": "null", "Computer/3": "ws2.example.org",
	})
	for _, hostile := range []string{"<Event><System>", "<Event ", strings.Repeat("<Event><a>", 1000), "<Event>" + strings.Repeat("<a>", 100000), "<Event><System><EventID>1</EventID></System></Event>\xff<Event>\xff</Event>"} {
		df, err := Read(strings.NewReader(hostile), Options{Format: "xml"})
		if err == nil && df.Bad().Total == 0 {
			t.Errorf("Read(%.40q) = %v, want bad records or an error", hostile, shown(df))
		}
	}
}

// TestWinXMLOfRealLogs writes the events of real logs as XML, which must read the same.
func TestWinXMLOfRealLogs(t *testing.T) {
	for name := range readEVTXGolden(t) {
		want, err := Open(sharedFile(t, "evtx", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(bytes.NewReader(asXML(want)))
		if err != nil || got.Bad().Total > 0 {
			t.Errorf("Read(%s as XML) = %v, %v", name, got.Bad(), err)
			continue
		}
		for _, c := range want.Columns() {
			if !slices.Equal(got.Col(c.Name()).Strings(), c.Strings()) {
				t.Errorf("Read(%s as XML): column %s differs", name, c.Name())
			}
		}
	}
}

var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "\r", "&#13;")

// asXML writes events as the event log does.
func asXML(df dataframe.DataFrame) []byte {
	attribute := map[string][2]string{}
	for place, column := range systemAttributes {
		attribute[column] = place
	}
	var b bytes.Buffer
	b.WriteString("<Events>\n")
	for row := range df.Nrow() {
		b.WriteString("<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\"><System>")
		data := ""
		for _, c := range df.Columns() {
			if c.IsNull(row) || c.Name() == "TimeGenerated" {
				continue
			}
			text := escapeXML.Replace(c.Text(row))
			switch a, ok := attribute[c.Name()]; {
			case ok:
				fmt.Fprintf(&b, "<%s %s=\"%s\"/>", a[0], a[1], text)
			case systemColumn[c.Name()]:
				fmt.Fprintf(&b, "<%s>%s</%s>", c.Name(), text, c.Name())
			default:
				data += fmt.Sprintf("<Data Name='%s'>%s</Data>", c.Name(), text)
			}
		}
		fmt.Fprintf(&b, "</System><EventData>%s</EventData></Event>\n", data)
	}
	b.WriteString("</Events>\n")
	return b.Bytes()
}

func FuzzWinXML(f *testing.F) {
	fuzzFormat(f, "xml", readAll(f, filepath.Join("testdata", "windows", "events.xml")), []byte("<Event><System><EventID>1</EventID></System></Event>"),
		[]byte("<Event a='>'><!-- </Event> --><EventData><Data Name=\"x\">&#0;&#xD;&amp;&nope;</Data><Data/></EventData><?x?></Event>"))
}

func BenchmarkWinXML(b *testing.B) {
	df, err := Open(sharedFile(b, "evtx", "sysmon.evtx.gz"))
	if err != nil {
		b.Fatal(err)
	}
	data := asXML(df)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
