package logs

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"golang.org/x/text/encoding/unicode"
)

var updateWindows = flag.Bool("update-windows", false, "write testdata/windows/golden.txt anew")

// windowsSamples are the hand-made samples, with the format that each must be found to be.
var windowsSamples = []struct{ name, format string }{
	{"events.xml", "xml"}, {"shippers.jsonl", "winjson"}, {"get_winevent.json", "winjson"}, {"sentinel.csv", "csv"},
	{"defender.csv", "csv"}, {"defender.json", "json"}, {"defender_internal.csv", "csv"},
	{"ps_ef.txt", "ps"}, {"ps_aux.txt", "ps"}, {"ps_lstart.txt", "ps"}, {"wmi_list.txt", "wmilist"}, {"wmic_list.txt", "wmilist"}, {"wmic.csv", "csv"}, {"export.csv", "csv"},
	{"vol3_pstree.txt", "voltext"}, {"vol3_pstree.json", "volatility"}, {"vol2_pslist.txt", "voltext"}, {"vol2_pstree.txt", "voltext"},
	{"velociraptor_pslist.json", "jsonl"},
	{"evtx_dump.json", "winjson"}, {"evtx_dump.jsonl", "winjson"}, {"evtx_dump_separate.jsonl", "winjson"},
	{"get_winevent_sysmon.json", "winjson"}, {"get_winevent.csv", "csv"},
}

// whole is everything that reading gives: cells, bad records, notes.
func whole(df dataframe.DataFrame) string {
	var b strings.Builder
	b.WriteString(shown(df))
	for _, bad := range df.Bad().First {
		fmt.Fprintf(&b, "\nbad: line %d: %s", bad.Line, bad.Reason)
	}
	for _, note := range df.Notes() {
		fmt.Fprintf(&b, "\nnote: %s", note)
	}
	return b.String() + "\n"
}

// TestWindowsGolden compares all that is read from the samples with what was read before.
func TestWindowsGolden(t *testing.T) {
	path := filepath.Join("testdata", "windows", "golden.txt")
	var got strings.Builder
	for _, s := range windowsSamples {
		fmt.Fprintf(&got, "-- %s --\n%s", s.name, whole(openWindows(t, s.name)))
	}
	if *updateWindows {
		if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := strings.Split(string(readAll(t, path)), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("line %d of golden.txt differs:\n%.600s", i+1, line)
		}
	}
}

// TestWindowsDisguised reads the samples with their names hidden, compressed, with other line
// ends, and as UTF-16, as PowerShell writes it: nothing may change.
func TestWindowsDisguised(t *testing.T) {
	for _, s := range windowsSamples {
		text := strings.ReplaceAll(string(readAll(t, filepath.Join("testdata", "windows", s.name))), "\r\n", "\n")
		if s.name == "wmic_list.txt" {
			text = strings.ReplaceAll(text, "\r", "")
		}
		want := strings.ReplaceAll(whole(mustRead(t, text)), "\r", "")
		source := &source{data: []byte(text)}
		if f, err := source.format(); err != nil || f.Name != s.format {
			t.Errorf("the format of %s is %v, %v; want %s", s.name, f, err, s.format)
		}
		wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		for how, data := range map[string][]byte{
			"gzip": gzipped(t, []byte(text)), "zip": zipped(t, map[string]string{"x": text}), "UTF-16": []byte(wide),
			"CRLF": []byte(strings.ReplaceAll(text, "\n", "\r\n")), "a byte order mark": []byte("\xef\xbb\xbf" + text),
		} {
			df, err := Read(bytes.NewReader(data))
			if err != nil {
				t.Errorf("Read(%s with %s) = %v", s.name, how, err)
			} else if got := strings.ReplaceAll(whole(df), "\r", ""); got != want {
				t.Errorf("Read(%s with %s) is another frame:\n%.600s\nwant\n%.600s", s.name, how, got, want)
			}
		}
	}
}

// TestWindowsTruncated cuts each sample at every byte: whatever is left reads as rows and bad
// records, or is an error; never more rows than the whole has.
func TestWindowsTruncated(t *testing.T) {
	for _, s := range windowsSamples {
		data := readAll(t, filepath.Join("testdata", "windows", s.name))
		rows := mustRead(t, string(data)).Nrow()
		for cut := 0; cut < len(data); cut += 1 + len(data)/300 {
			df, err := Read(bytes.NewReader(data[:cut]), Options{Format: s.format})
			if err == nil && df.Nrow() > rows {
				t.Errorf("Read(%d bytes of %s) = %d rows, the whole has %d", cut, s.name, df.Nrow(), rows)
			}
		}
	}
}

// TestWindowsParts reads logs in two files: together they have the rows of the whole.
func TestWindowsParts(t *testing.T) {
	for name, cut := range map[string]string{"shippers.jsonl": "{\"Event\": {\"#attributes\"", "events.xml": "<Event xmlns=\"http://schemas.microsoft.com/win/2004/08/events/event\">\n"} {
		text := string(readAll(t, filepath.Join("testdata", "windows", name)))
		at := strings.Index(text, cut)
		if at < 0 {
			t.Fatalf("%s has no place to cut", name)
		}
		df := dataframe.Concat(mustRead(t, text[:at]), mustRead(t, text[at:]))
		want := mustRead(t, text)
		if df.Nrow() != want.Nrow() || df.Bad().Total != want.Bad().Total {
			t.Errorf("%s in two parts has %d rows and %d bad, want %d and %d", name, df.Nrow(), df.Bad().Total, want.Nrow(), want.Bad().Total)
		}
		for _, column := range []string{"EventID", "Computer", "CommandLine", "TimeCreated"} {
			if got, want := fmt.Sprint(df.Col(column).Strings()), fmt.Sprint(want.Col(column).Strings()); got != want {
				t.Errorf("%s in two parts: %s = %s, want %s", name, column, got, want)
			}
		}
	}
}

// TestWindowsHostileText is read as it is: formulas, markup, escapes, characters that turn the
// direction of text, in every format that can hold them.
func TestWindowsHostileText(t *testing.T) {
	hostile := "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> \x1b[2J \u202egpj.exe ../../etc ${jndi:ldap://x} %s%n"
	xml := "<Event><System><EventID>1</EventID></System><EventData><Data Name='CommandLine'>" + escapeXML.Replace(hostile) + "</Data></EventData></Event>"
	ps := "PID PPID COMM CMD\n1 0 x " + hostile + "\n"
	wmi := "ProcessId : 1\nParentProcessId : 0\nName : x\nCommandLine : " + hostile + "\n"
	for _, text := range []string{xml, ps, wmi} {
		df := mustRead(t, text)
		name := "CommandLine"
		if !df.Has(name) {
			name = "CMD"
		}
		if got := df.Col(name).Text(0); got != hostile {
			t.Errorf("Read(%.30q) gives %q, want %q", text, got, hostile)
		}
	}
}
