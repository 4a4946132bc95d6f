package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/logs"
)

const sharedData = "../../../shared/data"

func sharedFile(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{sharedData}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared logs are not here: %v", err)
	}
	return path
}

// call runs the program and returns what it wrote.
func call(t *testing.T, stdin string, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(stdin), &o, &e)
	return code, o.String(), e.String()
}

const smallLog = `TimeGenerated,EventID,Computer,SubjectUserName,NewProcessId,NewProcessName,ProcessId,ParentProcessName,CommandLine
2024-01-01T00:00:01Z,4688,H,alice,0x10,C:\Windows\explorer.exe,0x4,C:\Windows\userinit.exe,explorer
2024-01-01T00:00:02Z,4688,H,alice,0x20,C:\Windows\cmd.exe,0x10,C:\Windows\explorer.exe,"cmd /c <script>alert(1)</script>"
2024-01-01T00:00:03Z,4688,H,bob,0x30,C:\Windows\whoami.exe,0x20,C:\Windows\cmd.exe,whoami
`

func smallFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.csv")
	if err := os.WriteFile(path, []byte(smallLog), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSummaryOfTheTutorialsLogs(t *testing.T) {
	for file, want := range map[string]string{
		"win_proc_test.pkl":      `{"Processes":1010,"RootProcesses":10,"LeafProcesses":815,"BranchProcesses":185,"IsolatedProcesses":0,"LargestTreeDepth":7}`,
		"linux_proc_test.pkl":    `{"Processes":1029,"RootProcesses":29,"LeafProcesses":497,"BranchProcesses":503,"IsolatedProcesses":0,"LargestTreeDepth":5}`,
		"procs_with_cluster.pkl": `{"Processes":22992,"RootProcesses":31,"LeafProcesses":15587,"BranchProcesses":7374,"IsolatedProcesses":0,"LargestTreeDepth":839}`,
	} {
		code, out, _ := call(t, "", "summary", sharedFile(t, "msticpy", file), "--json")
		if code != exitFine || strings.TrimSpace(out) != want {
			t.Errorf("summary %s = %d, %s, want %s", file, code, out, want)
		}
	}
}

func TestSchemaFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "minimal.json")
	schema := `{"process_name":"ImageFileName","process_id":"PID","parent_id":"PPID","time_stamp":"CreateTime","target_logon_id":"TargetLogonId","user_id":"SubjectUserSid"}`
	if err := os.WriteFile(file, []byte(schema), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, err := call(t, "", "summary", sharedFile(t, "msticpy", "winproctree-minimal.csv"), "--schema", file, "--json")
	want := `{"Processes":126,"RootProcesses":10,"LeafProcesses":97,"BranchProcesses":19,"IsolatedProcesses":0,"LargestTreeDepth":7}`
	if code != exitFine || strings.TrimSpace(out) != want {
		t.Errorf("summary --schema = %d, %s, %s, want %s", code, out, err, want)
	}
}

// TestFailuresAreOneClearSentence: exit 1, nothing on standard output, one line that says what to do.
func TestFailuresAreOneClearSentence(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	small, other := smallFile(t), smallFile(t)
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"typo in a column", []string{"plot", small, "--color", "SubjectUserNmae", "-o", filepath.Join(dir, "x.png")}, exitFailed, `did you mean "SubjectUserName"`},
		{"missing file", []string{"summary", filepath.Join(dir, "nope.csv")}, exitFailed, "check the path"},
		{"no match", []string{"summary", filepath.Join(dir, "nope*.csv")}, exitFailed, "no file matches"},
		{"empty file", []string{"summary", write("empty.csv", nil)}, exitFailed, "empty"},
		{"binary file", []string{"summary", write("x.bin", bytes.Repeat([]byte{0, 1, 0xfe, 0x80}, 500))}, exitFailed, "no known format"},
		{"no schema", []string{"summary", write("ab.csv", []byte("a,b\n1,2\n"))}, exitFailed, "--schema"},
		{"schema that fits nothing", []string{"summary", small, "--schema", "auditd"}, exitFailed, `no column "exe"`},
		{"unknown schema", []string{"summary", small, "--schema", "windos4688"}, exitFailed, "windows4688"},
		{"unknown format", []string{"summary", small, "--format", "cvs"}, exitFailed, "csv"},
		{"unknown host", []string{"summary", small, "--host", "X"}, exitFailed, `"H"`},
		{"unknown key", []string{"tree", small, "--root", `c:\windows\cmd.exe|0x20|2024-01-01 00:00:02.00000`}, exitFailed, "did you mean"},
		{"picture of no format", []string{"plot", small, "-o", filepath.Join(dir, "x.bmp")}, exitFailed, "png"},
		{"table of no format", []string{"build", small, "-o", filepath.Join(dir, "x.xls")}, exitUsage, ".parquet"},
		{"folder that is not there", []string{"build", small, "-o", filepath.Join(dir, "no", "x.csv")}, exitFailed, "no"},
		{"table in place of a log", []string{"build", small, "-o", small}, exitFailed, "is one of the logs"},
		{"table in place of a witness", []string{"build", small, "--witness", other, "-o", other}, exitFailed, "is one of the logs"},
		{"picture in place of a log", []string{"plot", small, "-o", small}, exitFailed, "is one of the logs"},
		{"notebook that is not there", []string{"run", filepath.Join(dir, "no.ipynb")}, exitFailed, "cannot be read"},
		{"notebook that is none", []string{"run", small}, exitFailed, "small.csv"},
		{"unknown command", []string{"sumary"}, exitUsage, "sumary"},
		{"no output", []string{"plot", small}, exitUsage, "--output"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, err := call(t, "", c.args...)
			last := err[strings.LastIndex(strings.TrimSuffix(err, "\n"), "gopherwood:")+1:]
			if code != c.code || out != "" || !strings.Contains(err, c.want) || c.code == exitFailed && strings.Count(last, "\n") != 1 {
				t.Errorf("gopherwood %v = %d, %q, %q, want %d and one line with %q", c.args, code, out, err, c.code, c.want)
			}
		})
	}
	for _, path := range []string{small, other} {
		if data, err := os.ReadFile(path); err != nil || string(data) != smallLog {
			t.Errorf("%s is not what it was: %q, %v", path, data, err)
		}
	}
}

func TestBuildWritesTablesThatReadBack(t *testing.T) {
	small := smallFile(t)
	for _, ext := range []string{".parquet", ".arrow", ".csv", ".jsonl"} {
		out := filepath.Join(t.TempDir(), "tree"+ext)
		if code, _, err := call(t, "", "build", small, "-o", out, "--quiet"); code != exitFine {
			t.Fatalf("build -o %s = %d, %s", ext, code, err)
		}
		df, err := logs.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		df = df.ResetIndex()
		for _, name := range []string{"proc_key", "parent_key", "path", "IsRoot", "IsLeaf", "IsBranch"} {
			if !df.Has(name) {
				t.Errorf("%s has no column %s", ext, name)
			}
		}
		if got := df.Col("path").Strings(); strings.Join(got, " ") != "00003 00003/00000 00003/00000/00001 00003/00000/00001/00002" {
			t.Errorf("paths of %s = %v", ext, got)
		}
	}
}

func TestTreeFromStandardInput(t *testing.T) {
	code, out, err := call(t, smallLog, "tree", "-")
	want := `userinit.exe  0x4  before the log
└─ explorer.exe  0x10  2024-01-01 00:00:01  explorer
   └─ cmd.exe  0x20  2024-01-01 00:00:02  cmd /c <script>alert(1)</script>
      └─ whoami.exe  0x30  2024-01-01 00:00:03  whoami
`
	if code != exitFine || out != want || err != "1 parents inferred, not in the log\n1 processes under a parent that is not in the log\n" {
		t.Errorf("tree - = %d\n%s%s, want\n%s", code, out, err, want)
	}
	_, out, _ = call(t, smallLog, "tree", "-", "--depth", "2", "--root", `c:\windows\explorer.exe|0x10|2024-01-01 00:00:01.000000`)
	if strings.Count(out, "\n") != 3 || !strings.Contains(out, "1 of 3 processes not drawn") {
		t.Errorf("tree --root --depth 2 =\n%s, want two processes and a count", out)
	}
}

func TestSeveralFilesAreOneLog(t *testing.T) {
	small := smallFile(t)
	lines := strings.SplitAfter(smallLog, "\n")
	other := filepath.Join(filepath.Dir(small), "small2.csv")
	if err := os.WriteFile(other, []byte(lines[0]+strings.Replace(lines[3], "0x30", "0x40", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, both, _ := call(t, "", "summary", small, other, "--json")
	_, glob, _ := call(t, "", "summary", filepath.Join(filepath.Dir(small), "small*.csv"), "--json")
	if both != glob || !strings.Contains(both, `"Processes":5`) {
		t.Errorf("summary of two files = %s, of their glob = %s, want 5 processes", both, glob)
	}
}

func TestPlotWritesEveryFormat(t *testing.T) {
	small := smallFile(t)
	for ext, magic := range map[string]string{".png": "\x89PNG", ".svg": "<svg", ".pdf": "%PDF-", ".html": "<!"} {
		out := filepath.Join(t.TempDir(), "tree"+ext)
		if code, _, err := call(t, "", "plot", small, "-o", out, "--color", "SubjectUserName", "--table", "--title", "A <b> title"); code != exitFine {
			t.Fatalf("plot -o %s = %d, %s", ext, code, err)
		}
		data, err := os.ReadFile(out)
		if err != nil || !strings.HasPrefix(string(data), magic) {
			t.Errorf("plot -o %s begins with %.10q, %v, want %q", ext, data, err, magic)
		}
		if strings.Contains(string(data), "<script>alert") {
			t.Errorf("plot -o %s holds the log's script element", ext)
		}
	}
}

func TestRunNotebook(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "small.csv"), []byte(smallLog), 0o600); err != nil {
		t.Fatal(err)
	}
	cells := []string{
		"df, err := logs.Open(\"small.csv\")\ndf.Head(2)",
		"t, err := ptree.BuildProcessTree(df, ptree.Options{ShowProgress: true, ShowSummary: true})\nptree.GetRoots(t)",
		"plotting.PlotProcessTree(t, plotting.Options{LegendCol: \"SubjectUserName\"})",
		"df.Col(\"SubjectUsrName\")",
		"println(1)",
	}
	nb := map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}}
	var all []any
	for i, c := range cells {
		all = append(all, map[string]any{"cell_type": "code", "id": string(rune('a' + i)), "metadata": map[string]any{}, "execution_count": nil, "outputs": []any{}, "source": c})
	}
	nb["cells"] = all
	data, err := json.Marshal(nb)
	if err != nil {
		t.Fatal(err)
	}
	path, out := filepath.Join(dir, "n.ipynb"), filepath.Join(dir, "out.ipynb")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errText := call(t, "", "run", path, "-o", out, "--images", filepath.Join(dir, "img"))
	if code != exitFailed || !strings.Contains(errText, `cell 4 failed: ColumnError: no column "SubjectUsrName": did you mean "SubjectUserName"`) {
		t.Errorf("run = %d, %s, want 1 and the fourth cell's failure", code, errText)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"'Processes': 4", "image/png", "Building process tree: done", "2 rows × 9 columns"} {
		if !strings.Contains(string(written), want) {
			t.Errorf("the executed notebook lacks %q", want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "img", "plot-01.png")); err != nil {
		t.Error(err)
	}
}

func TestInstallAndUninstall(t *testing.T) {
	prefix := t.TempDir()
	code, out, err := call(t, "", "install", "--prefix", prefix, "--name", "gw-test")
	spec := filepath.Join(prefix, "share", "jupyter", "kernels", "gw-test")
	if code != exitFine || strings.TrimSpace(out) != spec {
		t.Fatalf("install = %d, %q, %s, want %s", code, out, err, spec)
	}
	data, readErr := os.ReadFile(filepath.Join(spec, "kernel.json"))
	if readErr != nil || !strings.Contains(string(data), "{connection_file}") {
		t.Errorf("kernel.json = %s, %v", data, readErr)
	}
	if code, _, err := call(t, "", "uninstall", "--prefix", prefix, "--name", "gw-test"); code != exitFine {
		t.Errorf("uninstall = %d, %s", code, err)
	}
	if _, err := os.Stat(spec); err == nil {
		t.Errorf("%s is still there", spec)
	}
	if code, _, _ := call(t, "", "uninstall", "--prefix", prefix, "--name", "gw-test"); code != exitFailed {
		t.Errorf("a second uninstall = %d, want %d", code, exitFailed)
	}
}

func TestInstallDryRunWritesNothing(t *testing.T) {
	prefix := t.TempDir()
	code, out, err := call(t, "", "install", "--prefix", prefix, "--display-name", "Mine", "--env", "GOPHERWOOD_DATA=/logs", "--dry-run")
	var spec struct {
		Display string            `json:"display_name"`
		Env     map[string]string `json:"env"`
	}
	if e := json.Unmarshal([]byte(out), &spec); e != nil || code != exitFine || spec.Display != "Mine" || spec.Env["GOPHERWOOD_DATA"] != "/logs" {
		t.Errorf("install --dry-run = %d, %s, %s, want a kernel.json with both settings", code, out, err)
	}
	if left, _ := filepath.Glob(filepath.Join(prefix, "*")); left != nil {
		t.Errorf("install --dry-run wrote %v", left)
	}
}

func TestDoctorSaysWhatIsMissing(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", t.TempDir())
	t.Setenv("JUPYTER_PATH", "")
	t.Setenv("VIRTUAL_ENV", t.TempDir())
	t.Setenv("PATH", "")
	code, out, err := call(t, "", "doctor")
	if code != exitFailed || !strings.Contains(out, "gopherwood install") || !strings.Contains(out, "pip install jupyterlab") {
		t.Errorf("doctor = %d, %s%s, want what to install", code, out, err)
	}
}

func TestLists(t *testing.T) {
	for command, want := range map[string]string{"formats": "parquet", "schemas": "windows4688", "version": "gopherwood", "--help": "Usage: gopherwood"} {
		if code, out, err := call(t, "", command); code != exitFine || !strings.Contains(out, want) {
			t.Errorf("%s = %d, %s%s, want %q", command, code, out, err, want)
		}
	}
	_, out, _ := call(t, "", "schemas", "--json")
	var all []map[string]any
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) < 5 {
		t.Errorf("schemas --json = %d schemas, %v", len(all), err)
	}
}
