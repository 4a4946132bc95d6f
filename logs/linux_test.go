package logs

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

var update = flag.Bool("update", false, "write the golden files anew")

// linuxSamples are logs made by hand, one for each format of Linux's tools.
var linuxSamples = map[string]string{
	"auditd.log": "auditd", "sysmonlinux.log": "sysmonlinux", "tetragon.json": "tetragon", "falco.json": "falco", "osquery.log": "osquery",
}

// listed shows a frame row by row: the kinds of the columns, then each row's values.
func listed(df dataframe.DataFrame) string {
	var b strings.Builder
	for _, c := range df.Columns() {
		fmt.Fprintf(&b, "%s %s\n", c.Kind(), c.Name())
	}
	for i := range df.Nrow() {
		fmt.Fprintf(&b, "\nrow %d\n", i)
		for _, c := range df.Columns() {
			if !c.IsNull(i) {
				text := c.Text(i)
				if strings.ContainsAny(text, "\n\x00") {
					text = strconv.Quote(text)
				}
				fmt.Fprintf(&b, "  %s = %s\n", c.Name(), text)
			}
		}
	}
	fmt.Fprintf(&b, "\nbad records: %d\n", df.Bad().Total)
	for _, n := range df.Notes() {
		fmt.Fprintln(&b, "note:", n)
	}
	return b.String()
}

// TestLinuxSamples reads each sample as it is, with its name hidden, with the ends of lines of
// Windows, compressed, and split into two files: always the same.
func TestLinuxSamples(t *testing.T) {
	for name, format := range linuxSamples {
		sample := filepath.Join("testdata", "linux", name)
		data := readAll(t, sample)
		s, f, err := open(sample, Options{})
		if err != nil || f.Name != format {
			t.Fatalf("%s is found to be %v, %v, want %s", name, f, err, format)
		}
		df, err := s.decode(f)
		if err != nil {
			t.Fatal(err)
		}
		golden := sample + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(listed(df)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := string(readAll(t, golden))
		if got := listed(df); got != want {
			t.Errorf("%s = %s\nwant %s", name, got, want)
		}
		crlf := bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		for variant, files := range map[string][][]byte{"hidden": {data}, "CRLF": {crlf}, "gzip": {gzipped(t, data)}, "split": halves(data)} {
			var paths []string
			for i, file := range files {
				path := filepath.Join(t.TempDir(), fmt.Sprintf("part%d.csv", i))
				if err := os.WriteFile(path, file, 0o600); err != nil {
					t.Fatal(err)
				}
				paths = append(paths, path)
			}
			df, err := OpenFiles(paths)
			if err != nil {
				t.Errorf("%s, %s: %v", name, variant, err)
				continue
			}
			if got := listed(df); got != want && (variant != "split" || !sameRows(got, want)) {
				t.Errorf("%s, %s = %s\nwant %s", name, variant, got, want)
			}
		}
	}
}

// halves splits a log at the end of the line in its middle.
func halves(data []byte) [][]byte {
	middle := len(data) / 2
	middle += bytes.IndexByte(data[middle:], '\n') + 1
	return [][]byte{data[:middle], data[middle:]}
}

// sameRows compares lists of rows whose columns may be in another order.
func sameRows(a, b string) bool {
	rows := func(s string) []string {
		s, _, _ = strings.Cut(s[strings.Index(s, "\nrow 0"):], "\nbad records")
		var out []string
		for _, row := range strings.Split(s, "\nrow ") {
			lines := strings.Split(strings.TrimSpace(row), "\n")
			out = append(out, strings.Join(slices.Sorted(slices.Values(lines[1:])), "\n"))
		}
		return out
	}
	return fmt.Sprint(rows(a)) == fmt.Sprint(rows(b))
}

// TestLinuxTruth reads Tetragon's real events.
func TestLinuxTruth(t *testing.T) {
	df, err := Open(sharedFile(t, "samples", "tetragon.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, s := range df.Col("event_type").Strings() {
		got[s]++
	}
	if want := "map[process_close:4 process_connect:5 process_exec:18 process_exit:9 process_kprobe:2 process_listen:2]"; fmt.Sprint(got) != want {
		t.Errorf("Tetragon = %v, want %s", got, want)
	}
	if c := df.Col("start_time"); c.Kind() != dataframe.Time || c.Nulls() > 0 || df.Col("exec_id").Nulls()+df.Col("parent_exec_id").Nulls() > 0 {
		t.Errorf("start_time is %s", c.Kind())
	}
}

// TestLinuxBad keeps the place of records that are none.
func TestLinuxBad(t *testing.T) {
	for name, bad := range map[string]string{
		"tetragon.json": `{"process_exec": {"parent": {}}}`, "falco.json": `{"rule": "x"}`, "osquery.log": `{"columns": 7}`,
		"sysmonlinux.log": "Dec 1 x sysmon: <Event><System><Data>x</Data></System></Event>", "auditd.log": "type=SYSCALL msg=audit(x:1): a=b",
	} {
		data := readAll(t, filepath.Join("testdata", "linux", name))
		whole, err := Read(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		df, err := Read(strings.NewReader(string(line) + "\n" + bad + "\n" + string(rest)))
		if err != nil || df.Nrow() != whole.Nrow() || df.Bad().Total != 1 || df.Bad().First[0].Line != 2 {
			t.Errorf("%s with a bad line = %d rows, %v, %v, want %d rows and line 2", name, df.Nrow(), df.Bad(), err, whole.Nrow())
		}
		if _, err := Read(strings.NewReader(bad), Options{Format: linuxSamples[name]}); err == nil {
			t.Errorf("%s: a bad line alone is no error", name)
		}
	}
}

// TestOsqueryTruth reads real results, which are put back into the events that osqueryd logs.
func TestOsqueryTruth(t *testing.T) {
	var edge struct {
		Input struct {
			Columns []string
			Rows    [][]any
		}
	}
	if err := json.Unmarshal(readAll(t, sharedFile(t, "edge", "70_osquery_real.json")), &edge); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	for _, row := range edge.Input.Rows {
		event, columns := map[string]any{"name": "pack_process_events"}, map[string]any{}
		for i, name := range edge.Input.Columns {
			switch name {
			case "hostIdentifier", "calendarTime", "unixTime", "action":
				event[name] = row[i]
			default:
				columns[name] = row[i]
			}
		}
		event["columns"] = columns
		if err := json.NewEncoder(&log).Encode(event); err != nil {
			t.Fatal(err)
		}
	}
	df, err := Read(&log)
	if err != nil || df.Nrow() != len(edge.Input.Rows) || df.Nrow() < 20 {
		t.Fatalf("Read = %d rows, %v", df.Nrow(), err)
	}
	for i, row := range edge.Input.Rows {
		for j, name := range edge.Input.Columns {
			want := fmt.Sprint(row[j])
			switch name {
			case "calendarTime":
				at, err := time.Parse("Mon Jan _2 15:04:05 2006 UTC", want)
				if err != nil {
					t.Fatal(err)
				}
				want = at.Format("2006-01-02T15:04:05Z")
			case "unixTime":
				want = strconv.FormatFloat(row[j].(float64), 'f', -1, 64)
			}
			if got := df.Col(name).Text(i); got != want {
				t.Errorf("row %d: %s = %q, want %q", i, name, got, want)
			}
		}
	}
}
