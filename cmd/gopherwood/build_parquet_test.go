package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/logs"
)

// smallParquet is the small log as a Parquet file in a folder of its own.
func smallParquet(t *testing.T) string {
	t.Helper()
	df, err := logs.Open(smallFile(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "day=1", "log.parquet")
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := df.WriteParquet(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBuildHostByHost(t *testing.T) {
	log := smallParquet(t)
	out := filepath.Join(t.TempDir(), "tree.parquet")
	lake := filepath.Dir(filepath.Dir(log))
	var first []byte
	for _, args := range [][]string{{log, "--memory", "64MB"}, {lake}, {filepath.Join(lake, "day=*", "**.parquet"), "--memory=1GiB"}, {log, "--resume"}} {
		code, _, err := call(t, "", append(append([]string{"build"}, args...), "-o", out)...)
		if want := "3 rows read, 4 processes of 1 hosts written, 1 of them inferred\n"; code != exitFine || err != want {
			t.Fatalf("build %v = %d, %q, want %q", args, code, err, want)
		}
		data, failure := os.ReadFile(out)
		if failure != nil {
			t.Fatal(failure)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(data, first) {
			t.Errorf("build %v writes another file", args)
		}
	}
	if code, _, err := call(t, "", "build", log, "--memory", "64MB", "--columns", "day,SubjectUserName", "-o", out, "--quiet"); code != exitFine || err != "" {
		t.Errorf("build --columns = %d, %s", code, err)
	}
}

func TestQueriesOnAFileOfTrees(t *testing.T) {
	out := filepath.Join(t.TempDir(), "tree.parquet")
	if code, _, err := call(t, "", "build", smallParquet(t), "--memory", "64MB", "-o", out, "--quiet"); code != exitFine {
		t.Fatal(err)
	}
	key := `c:\windows\cmd.exe|0x20|2024-01-01 00:00:02.000000`
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"tree", out}, []string{"userinit.exe", "explorer.exe", "cmd.exe", "whoami.exe"}},
		{[]string{"tree", out, "--host", "H", "--root", key}, []string{"cmd.exe", "whoami.exe"}},
		{[]string{"tree", out, "--host", "H", "--root", "2"}, []string{"cmd.exe", "whoami.exe"}},
		{[]string{"descendents", out, "--root", key, "--depth", "1"}, []string{"cmd.exe"}},
		{[]string{"ancestors", out, "--root", key}, []string{"userinit.exe", "explorer.exe", "cmd.exe"}},
		{[]string{"ancestors", smallFile(t), "--root", key, "--quiet"}, []string{"userinit.exe", "explorer.exe", "cmd.exe"}},
		{[]string{"descendents", smallFile(t), "--root", key, "--quiet"}, []string{"cmd.exe", "whoami.exe"}},
	} {
		code, text, err := call(t, "", c.args...)
		lines := strings.Split(strings.TrimSpace(text), "\n")
		if code != exitFine || len(lines) != len(c.want) {
			t.Fatalf("%v = %d, %s\n%s", c.args, code, err, text)
		}
		for i, want := range c.want {
			if !strings.Contains(lines[i], want) {
				t.Errorf("%v: line %d = %s, want %s", c.args, i, lines[i], want)
			}
		}
	}
	for as, want := range map[string]string{"json": `{"proc_key":"c:\\windows\\cmd.exe|0x20`, "table": "proc_key"} {
		if code, text, err := call(t, "", "descendents", out, "--root", key, "--as", as); code != exitFine || !strings.Contains(text, want) {
			t.Errorf("descendents --as %s = %d, %s\n%s", as, code, err, text)
		}
	}
}

func TestBuildStreamOfTheCommand(t *testing.T) {
	df, err := logs.Open(smallFile(t))
	if err != nil {
		t.Fatal(err)
	}
	arrow := filepath.Join(t.TempDir(), "log.arrow")
	if err := df.WriteArrow(arrow); err != nil {
		t.Fatal(err)
	}
	if code, _, err := call(t, "no stream", "build", "--stream"); code != exitFailed || !strings.Contains(err, "no Arrow IPC stream") {
		t.Errorf("build --stream of text = %d, %s", code, err)
	}
}

func TestBuildHostByHostFailures(t *testing.T) {
	log := smallParquet(t)
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"build", "--memory", "1GB", log, "-o", filepath.Join(dir, "tree.csv")}, exitUsage, "writes Parquet"},
		{[]string{"build", "--memory", "much", log, "-o", filepath.Join(dir, "t.parquet")}, exitUsage, "is not a size"},
		{[]string{"build", "--memory", "", log, "-o", filepath.Join(dir, "t.parquet")}, exitUsage, "is not a size"},
		{[]string{"build", "--memory", "1GB", log, "-o", filepath.Join(dir, "t.parquet"), "--host", "H"}, exitUsage, "do not go with"},
		{[]string{"build", "--memory", "1GB", filepath.Join(dir, "*.parquet"), "-o", filepath.Join(dir, "t.parquet")}, exitFailed, "no file matches"},
		{[]string{"build", "--memory", "1GB", dir, "-o", filepath.Join(dir, "t.parquet")}, exitFailed, "holds no Parquet file"},
		{[]string{"build", "--memory", "1GB", log, "-o", dir + ".parquet/x.parquet"}, exitFailed, "cannot be written"},
		{[]string{"build", "--memory", "1GB", log, "--columns", "Nope", "-o", filepath.Join(dir, "t.parquet")}, exitFailed, `no column "Nope"`},
		{[]string{"build", "--stream", log}, exitUsage, "leave FILE"},
		{[]string{"build", "--stream", "--memory", "1GB"}, exitUsage, "leave --memory"},
		{[]string{"build", "--stream", "--resume"}, exitUsage, "leave --memory"},
		{[]string{"build", log, "--workers", "2", "-o", filepath.Join(dir, "t.parquet")}, exitUsage, "--workers goes with"},
		{[]string{"build", log}, exitUsage, "needs a FILE"},
		{[]string{"tree"}, exitUsage, "no FILE"},
		{[]string{"ancestors", log}, exitUsage, "root"},
	} {
		code, _, err := call(t, "", c.args...)
		if code != c.code || !strings.Contains(err, c.want) {
			t.Errorf("%v = %d, %s, want %d, %s", c.args, code, err, c.code, c.want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("failed builds left %v, %v", entries, err)
	}
}

// TestBuildOfALargeFile tells of --memory where it would help, and not elsewhere.
func TestBuildOfALargeFile(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.parquet")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, largeBytes); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "tree")
	for _, c := range []struct {
		args []string
		told bool
	}{
		{[]string{large, "-o", out + ".parquet"}, true},
		{[]string{large, "-o", out + ".parquet", "--quiet"}, false},
		{[]string{large, "-o", out + ".csv"}, false},
		{[]string{large, "-o", out + ".parquet", "--host", "H"}, false},
		{[]string{smallParquet(t), "-o", out + ".parquet"}, false},
	} {
		_, _, err := call(t, "", append([]string{"build"}, c.args...)...)
		if got := strings.Contains(err, "--memory"); got != c.told {
			t.Errorf("build %v tells of --memory: %v, want %v:\n%s", c.args, got, c.told, err)
		}
	}
}
