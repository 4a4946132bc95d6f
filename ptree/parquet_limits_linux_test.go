package ptree_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// limited is a build in a process of its own, which may not write larger files than FileSize.
type limited struct {
	In, Out  string
	Memory   int64
	FileSize uint64
	Resume   bool
}

const limitedName = "GOPHERWOOD_LIMITED_BUILD"

// TestLimitedBuild is that process; elsewhere it does nothing.
func TestLimitedBuild(t *testing.T) {
	var l limited
	if json.Unmarshal([]byte(os.Getenv(limitedName)), &l) != nil {
		t.Skip("no build is asked for")
	}
	debug.SetMemoryLimit(l.Memory) // as the command does
	if l.FileSize > 0 {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: l.FileSize, Max: l.FileSize}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := ptree.BuildParquet(context.Background(), []string{l.In}, l.Out, ptree.ParquetOptions{Memory: l.Memory, Workers: 2, Resume: l.Resume})
	fmt.Printf("outcome: %v\npeak: %d\n", err, peakMemory(t))
}

// peakMemory is the most that this process had in memory, in bytes.
func peakMemory(t *testing.T) int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var kilobytes int64
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	t.Fatal("the process does not know its peak")
	return 0
}

func buildLimited(t *testing.T, l limited) (outcome string, peak int64) {
	t.Helper()
	settings, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestLimitedBuild$")
	child.Env = append(os.Environ(), limitedName+"="+string(settings))
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if text, ok := strings.CutPrefix(line, "outcome: "); ok {
			outcome = text
		}
		fmt.Sscanf(line, "peak: %d", &peak)
	}
	return outcome, peak
}

// TestParquetOnAFullDisk cannot write: one sentence, what is written is valid, and with room again
// the build goes on.
func TestParquetOnAFullDisk(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	whole, _ := buildParquet(t, in, ptree.ParquetOptions{})
	want := fileBytes(t, whole)
	l := limited{In: in, Out: filepath.Join(t.TempDir(), "tree.parquet"), Memory: spilling, Resume: true}
	l.FileSize = uint64(len(want) * 9 / 10) // between the first row group and the last
	outcome, _ := buildLimited(t, l)
	if !strings.Contains(outcome, "tree.parquet cannot be written") || !strings.Contains(outcome, "--resume") {
		t.Fatalf("the build on a full disk = %s", outcome)
	}
	if _, err := os.Stat(l.Out); err == nil {
		t.Error("the build on a full disk left its output")
	}
	validSoFar(t, l.Out)
	l.FileSize = 0
	if outcome, _ := buildLimited(t, l); outcome != "<nil>" {
		t.Fatalf("the build with room again = %s", outcome)
	}
	if !bytes.Equal(fileBytes(t, l.Out), want) {
		t.Error("the output differs")
	}
	l.FileSize, l.Resume = 10_000, false
	if outcome, _ := buildLimited(t, l); !strings.Contains(outcome, "what does not fit in memory cannot be written") {
		t.Errorf("the build without room to spill = %s", outcome)
	}
	if !bytes.Equal(fileBytes(t, l.Out), want) {
		t.Error("a build that failed changed the output of the one before")
	}
}

// TestParquetOfVanishedInput removes a file between counting and reading.
func TestParquetOfVanishedInput(t *testing.T) {
	in := writeParquet(t, manyHosts(), 20_000)
	out := filepath.Join(t.TempDir(), "tree.parquet")
	ctx := &countdown{Context: context.Background()}
	ctx.left.Store(15)
	if _, err := ptree.BuildParquet(ctx, []string{in}, out, ptree.ParquetOptions{Memory: spilling}); err == nil {
		t.Fatal("the build was not interrupted")
	}
	gone := filepath.Join(in, "part-0002.parquet")
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{in}, out, ptree.ParquetOptions{Resume: true}); err == nil || !strings.Contains(err.Error(), "not what they were") {
		t.Errorf("resuming without an input = %v", err)
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{gone}, out); err == nil || !strings.Contains(err.Error(), "part-0002.parquet: no such file") {
		t.Errorf("a build of a file that is not there = %v", err)
	}
}

// TestParquetKeepsItsMemory builds logs that take several times the memory they have, with command
// lines that are all different: dictionaries count, too.
func TestParquetKeepsItsMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("600,000 rows")
	}
	const parts, rows = 8, 75_000
	for _, c := range []struct {
		hosts, length int
		memory        int64
	}{{200, 0, 64 << 20}, {1, 300, 192 << 20}} { // the one host does not fit, what links it does
		dir := t.TempDir()
		for part := range parts {
			if err := distinctCommands(part, rows, c.hosts, c.length).WriteParquet(filepath.Join(dir, fmt.Sprintf("%d.parquet", part))); err != nil {
				t.Fatal(err)
			}
		}
		outcome, peak := buildLimited(t, limited{In: dir, Out: filepath.Join(t.TempDir(), "tree.parquet"), Memory: c.memory})
		const program = 96 << 20 // the test itself, and the buffers of readers and writers: 65 MB were measured
		if outcome != "<nil>" || peak > c.memory+program {
			t.Errorf("600,000 rows of %d hosts in %d MB = %s, and take %d MB", c.hosts, c.memory>>20, outcome, peak>>20)
		}
		t.Logf("%d hosts: peak %d MB of %d", c.hosts, peak>>20, c.memory>>20)
	}
}

// distinctCommands are rows of so many hosts, no two of which have the same command line; they are
// longer by so many bytes than they must be.
func distinctCommands(part, rows, count, longer int) dataframe.DataFrame {
	r := rand.New(rand.NewPCG(7, uint64(part)))
	host, pid, parent, name := make([]int32, rows), make([]int64, rows), make([]int64, rows), make([]int32, rows)
	at, commands := make([]int64, rows), make([]string, rows)
	hosts := make([]string, count)
	for i := range hosts {
		hosts[i] = fmt.Sprintf("host-%03d", i)
	}
	for i := range rows {
		host[i], pid[i], parent[i], name[i] = r.Int32N(int32(count)), int64(4*r.IntN(2000)), int64(4*r.IntN(2000)), r.Int32N(4)
		at[i] = int64(part*rows+i) * 1_000_000
		commands[i] = fmt.Sprintf(`"C:\Program Files\Agent\run.exe" --job %016x --part %d --row %d%s`, r.Uint64(), part, i, strings.Repeat(" ", longer))
	}
	return dataframe.New(dataframe.Nanos("TimeGenerated", at, true), dataframe.Coded("Computer", host, hosts), dataframe.Ints("NewProcessId", pid),
		dataframe.Coded("NewProcessName", name, names), dataframe.Ints("ProcessId", parent), dataframe.Coded("ParentProcessName", name, names),
		dataframe.Strings("CommandLine", commands))
}

// TestParquetOfAPipe has a pipe where a file is expected, which nobody writes into.
func TestParquetOfAPipe(t *testing.T) {
	dir := writeParquet(t, manyHosts().Head(300), 300)
	pipe := filepath.Join(dir, "pipe.parquet")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, input := range []string{pipe, dir, filepath.Join(dir, "*.parquet")} {
		_, err := ptree.BuildParquet(context.Background(), []string{input}, filepath.Join(t.TempDir(), "tree.parquet"))
		if err == nil || !strings.Contains(err.Error(), "pipe.parquet: it is no regular file") {
			t.Errorf("BuildParquet(%s) = %v, want an error that names the pipe", input, err)
		}
	}
	if _, err := ptree.BuildParquet(context.Background(), []string{writeParquet(t, manyHosts().Head(300), 300)}, pipe); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("BuildParquet to a pipe = %v, want an error that says so", err)
	}
	if _, err := ptree.OpenParquetTree(pipe); !errors.Is(err, ptree.ErrNoTrees) {
		t.Errorf("OpenParquetTree of a pipe = %v, want ErrNoTrees", err)
	}
}
