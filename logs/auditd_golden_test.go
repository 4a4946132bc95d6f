package logs

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// goldenRows reads rows of JSON lines, as msticpy's results are kept.
func goldenRows(t *testing.T, parts ...string) []map[string]any {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(readAll(t, sharedFile(t, parts...))))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(z)
	d.UseNumber()
	var rows []map[string]any
	for {
		var row map[string]any
		if err := d.Decode(&row); err == io.EOF {
			return rows
		} else if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// goldenText is a golden's value as a text that ours can be compared with: numbers have no point,
// which pandas gives columns with gaps, and 4294967295 is -1 in every column, not in some.
func goldenText(column string, v any) string {
	s := strings.TrimSuffix(fmt.Sprint(v), ".0")
	switch column {
	case "msg": // msticpy cuts a message at its first blank and keeps the quote; we have the field op
		s = strings.TrimPrefix(s, "'")
	case "res": // and at its end
		s = strings.TrimSuffix(s, "'")
	case "acct": // which it does not decode
		if text, err := hex.DecodeString(s); err == nil {
			s = string(text)
		}
	}
	if s == "4294967295" {
		return "-1"
	}
	return s
}

// ourText is our value for a golden's cell. msg is msticpy's name for the first field of a message.
func ourText(df dataframe.DataFrame, row int, column string) string {
	if column == "msg" {
		for _, name := range []string{"op", "unit", "cwd"} {
			if df.Has(name) && !df.Col(name).IsNull(row) {
				return name + "=" + df.Col(name).Text(row)
			}
		}
	}
	if !df.Has(column) || df.Col(column).IsNull(row) {
		return "null"
	}
	if column == "TimeGenerated" {
		return df.Col(column).Times()[row].Format("2006-01-02T15:04:05.000000000Z")
	}
	return df.Col(column).Text(row)
}

// TestAuditGolden compares the real log with msticpy's extraction of it, grouped by the whole id:
// every value that msticpy found is there. Command lines are longer, since msticpy stops after
// three arguments.
func TestAuditGolden(t *testing.T) {
	df, err := Open(sharedFile(t, "auditd", "auditd_log.txt"))
	if err != nil {
		t.Fatal(err)
	}
	compareGolden(t, df, goldenRows(t, "auditd", "every_event", "events.jsonl.gz"))
	compareGolden(t, GetEventSubset(df, "SYSCALL_EXECVE"), goldenRows(t, "auditd", "every_event", "execve.jsonl.gz"))
}

func compareGolden(t *testing.T, df dataframe.DataFrame, rows []map[string]any) {
	t.Helper()
	if df.Nrow() != len(rows) {
		t.Fatalf("%d events, want %d", df.Nrow(), len(rows))
	}
	cells := 0
	for i, row := range rows {
		for column, v := range row {
			if v == nil || column == "__index__" || column == "Unnamed: 0" { // the rows' labels
				continue
			}
			cells++
			got, want := ourText(df, i, column), goldenText(column, v)
			if column == "msg" && strings.Contains(want, `="`) {
				want = strings.ReplaceAll(want, `"`, "")
			}
			if cut := strings.TrimRight(want, " "); column == "cmdline" && cut != want && strings.HasPrefix(got, cut+" ") {
				continue // msticpy writes blanks for the arguments beyond the third
			}
			if got != want {
				t.Errorf("row %d, %v: %s = %q, want %q", i, row["mssg_id"], column, got, want)
			}
		}
	}
	if cells < 5*len(rows) {
		t.Errorf("only %d cells were compared", cells)
	}
}
