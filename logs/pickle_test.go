package logs

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestPickleTwins compares real pickles, cell by cell, with what pandas says is in them.
func TestPickleTwins(t *testing.T) {
	var pairs [][2]string
	for _, set := range []string{"win", "linux", "mde_pub"} {
		for protocol := 2; protocol <= 5; protocol++ {
			pairs = append(pairs, [2]string{
				sharedFile(t, "pickles", fmt.Sprintf("%s.p%d.pkl", set, protocol)), sharedFile(t, "pickles", set+".jsonl.gz")})
		}
	}
	for pickle, golden := range map[string]string{"win_proc_test": "win", "linux_proc_test": "linux",
		"mde_proc_pub": "mde_pub", "procs_with_cluster": "rarity"} {
		pairs = append(pairs, [2]string{sharedFile(t, "msticpy", pickle+".pkl"), sharedFile(t, "golden", golden, "input.jsonl.gz")})
	}
	for _, pair := range pairs {
		df, err := Open(pair[0])
		if err != nil {
			t.Errorf("Open(%s) = %v", pair[0], err)
			continue
		}
		// these four files were saved after astype(str): pandas reads the text "nan" in them
		// where the twin, made from the frame before that, has null
		saidNaN := 0
		if strings.Contains(pair[0], "linux.p") {
			saidNaN = 212
		}
		compareTwin(t, pair[0], df, pair[1], saidNaN)
	}
}

// compareTwin compares a frame with JSON lines whose key __index__ is the row's label.
func compareTwin(t *testing.T, name string, df dataframe.DataFrame, golden string, saidNaN int) {
	t.Helper()
	f, err := os.Open(golden)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	labels := df.Index()
	i, cells := 0, 0
	for ; lines.Scan(); i++ {
		decoder := json.NewDecoder(strings.NewReader(lines.Text()))
		decoder.UseNumber()
		var want map[string]any
		if err := decoder.Decode(&want); err != nil {
			t.Fatal(err)
		}
		if got := labels.Text(i); got != fmt.Sprint(want["__index__"]) {
			t.Fatalf("%s: label of row %d = %s, want %v", name, i, got, want["__index__"])
		}
		if len(want) != df.Ncol()+1 {
			t.Fatalf("%s: %d columns, want %d", name, df.Ncol(), len(want)-1)
		}
		for key, v := range want {
			if key == "__index__" {
				continue
			}
			cells++
			got, want := twinText(df.Col(key), i), fmt.Sprint(v)
			if got == "nan" && v == nil {
				saidNaN--
				continue
			}
			if got != want {
				t.Fatalf("%s: row %d column %s = %q, want %q", name, i, key, got, want)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if saidNaN != 0 {
		t.Errorf("%s: %d more cells should be the text nan", name, saidNaN)
	}
	if i != df.Nrow() || cells == 0 {
		t.Errorf("%s: %d rows, want %d", name, df.Nrow(), i)
	}
}

// twinText writes a cell as the golden files do.
func twinText(c dataframe.Column, i int) string {
	switch v := c.Value(i).(type) {
	case nil:
		return "<nil>"
	case time.Time:
		if c.Zoned() {
			return v.Format("2006-01-02T15:04:05.000000000Z")
		}
		return v.Format("2006-01-02T15:04:05.000000000")
	case float64:
		text, _ := json.Marshal(v)
		if !strings.ContainsAny(string(text), ".e") {
			return string(text) + ".0"
		}
		return string(text)
	default:
		return fmt.Sprint(v)
	}
}
