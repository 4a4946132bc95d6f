package engine_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

// printed runs cells and gives what they wrote to stdout, then the last value or error.
func printed(t *testing.T, e *engine.Engine, cells ...string) (output, shown string) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = write
	defer func() { os.Stdout = old }()
	text := make(chan string)
	go func() {
		all, _ := io.ReadAll(read)
		text <- string(all)
	}()
	shown = eval(t, e, cells...)
	write.Close()
	return <-text, shown
}

func TestCommands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands of this test are Unix's")
	}
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	t.Setenv("GOPHERWOOD_TEST", "before")
	t.Setenv("HOME", folder)
	tests := []struct {
		name  string
		cells []string
		want  string // the output, a bar, the value or error
	}{
		{"who", []string{"x := 1\nfunc F(a int) string { return \"\" }\ntype T struct{}\nconst C = 2", "%who"},
			"x  variable  int\nC  constant  untyped int\nT  type      struct\nF  function  (a int) string\n|"},
		{"who of nothing", []string{"%vars"}, "this session has declared nothing yet\n|"},
		{"cd and Go", []string{"%cd ..\n%cd " + folder + "\n1 + 1"}, filepath.Dir(folder) + "\n" + folder + "\n|2"},
		{"home", []string{"%cd"}, folder + "\n|"},
		{"cd to nowhere", []string{"x := 1\n%cd nowhere"}, "|command error|2:1: chdir nowhere: no such file or directory"},
		{"env", []string{"%env GOPHERWOOD_TEST\n%env GOPHERWOOD_TEST=a b\n%env GOPHERWOOD_TEST\n%env GOPHERWOOD_TEST 'c d'", `import "os"`, `os.Getenv("GOPHERWOOD_TEST")`},
			"GOPHERWOOD_TEST=before\nGOPHERWOOD_TEST=a b\n|c d"},
		{"env unset", []string{"%env GOPHERWOOD_NOTHING"}, "GOPHERWOOD_NOTHING is not set\n|"},
		{"shell", []string{"$ echo one; echo two\n!echo three\n!*echo four\n$echo five"}, "one\ntwo\nthree\nfour\nfive\n|"},
		{"shell fails", []string{"x := 1\n\n$ exit 3"}, "|command error|3:1: the command ended with exit status 3"},
		{"shell fails, Go does not run", []string{`import "fmt"`, "$ false\nfmt.Println(1)"}, "|command error|1:1: the command ended with exit status 1"},
		{"not", []string{"ok := true", "!ok"}, "|false"},
		{"not of a call", []string{"func ok() bool { return true }", "!ok()"}, "|false"},
		{"not in this cell", []string{"ok := true\n!ok"}, "|false"},
		{"not of a literal", []string{"!true"}, "|false"},
		{"not in brackets", []string{"ok := true", "!(ok)"}, "|false"},
		{"not in an expression", []string{"ls := true\nx := ls &&\n!ls\nx"}, "|false"},
		{"raw string", []string{"x := `\n%who\n$ ls\n!ls\n`\nlen(x)"}, "|15"},
		{"comment", []string{"/*\n%who\n*/\n1"}, "|1"},
		{"lines keep their numbers", []string{"%args\n\t%main\nnope"}, "|compile error|3:1: undefined: nope"},
		{"GoNB's cell", []string{"import \"fmt\"\nvar a = 3\n%%\nfmt.Println(a)"}, "3\n|"},
		{"arguments", []string{`import "os"`, "%args -n 3", "%% -n 4\nos.Args[1:]"}, "|[-n 4]"},
		{"arguments are one cell's", []string{`import "os"`, "%args -n 3", "os.Args[1:]"}, "|[]"},
		{"advice", []string{"%go111module on\n1"}, "%go111module: not needed: cells import what is compiled into this kernel, %help lists it\n|1"},
		{"unknown", []string{"%nope"}, "|command error|1:1: there is no command %nope: %help lists them"},
		{"remove", []string{"x := 1; y := 2", "%rm x\ny", "x"}, "|compile error|1:1: undefined: x"},
		{"remove nothing", []string{"%rm x"}, "|command error|1:1: this session has not declared x"},
		{"reset", []string{"x := 1; f := func() int { x++; return x }; func G() {}", "%reset", "%who\nG := 5\nG"}, "3 names forgotten\nthis session has declared nothing yet\n|5"},
		{"write a file", []string{"%%writefile 'a b.txt'\none\n%two\n", "%%writefile -a 'a b.txt'\nthree", "$ cat 'a b.txt'"},
			"9 bytes written to a b.txt\n5 bytes written to a b.txt\none\n%two\nthree|"},
		{"script", []string{"%%bash\nx=4\necho $x", "%%script cat -\n%who"}, "4\n%who|"},
		{"script of nothing", []string{"%%script\nx"}, "|command error|1:1: write the program that reads the text after %%script"},
		{"empty shell", []string{"$"}, "|command error|1:1: write a command after $"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			output, shown := printed(t, newEngine(t), test.cells...)
			if got := output + "|" + shown; got != test.want {
				t.Errorf("Eval(%q) = %q, want %q", test.cells, got, test.want)
			}
		})
	}
}

func TestCommandHelp(t *testing.T) {
	output, shown := printed(t, newEngine(t), "%help\n%version")
	for _, want := range []string{"Be quick", "%who", " strings ", "encoding/json", runtime.Version(), "ixgo"} {
		if !strings.Contains(output, want) {
			t.Errorf("%%help and %%version print %q, want %q in it", output, want)
		}
	}
	if shown != "" {
		t.Errorf("%%help shows %s, want nothing", shown)
	}
}

func TestNoShell(t *testing.T) {
	e, err := engine.New(engine.Config{NoShell: true})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	want := "command error|1:1: commands of the operating system are switched off in this kernel"
	for _, cell := range []string{"$ ls", "!ls", "%%bash\nls"} {
		if got := eval(t, e, cell); got != want {
			t.Errorf("Eval(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestShellInterrupt: the interrupt ends the command and what it started, at once.
func TestShellInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands of this test are Unix's")
	}
	e := newEngine(t)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := e.Eval(ctx, "$ sleep 30 | sleep 30; sleep 30")
	if err == nil {
		t.Fatal("the commands ended by themselves, want an interrupt")
	}
	if got, took := showError(t, err), time.Since(start); !strings.HasPrefix(got, "interrupted|") || took > 20*time.Second {
		t.Errorf("Eval of a sleep = %s after %v, want interrupted at once", got, took)
	}
	if got := eval(t, e, "1 + 1"); got != "2" {
		t.Errorf("Eval after the interrupt = %s, want 2", got)
	}
}

// TestShellLive: output comes while the command runs.
func TestShellLive(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands of this test are Unix's")
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = write
	defer func() { os.Stdout = old; write.Close() }()
	e := newEngine(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := e.Eval(ctx, "$ echo now; sleep 30")
		done <- err
	}()
	text := make([]byte, 4)
	if _, err := io.ReadFull(read, text); err != nil || string(text) != "now\n" {
		t.Errorf("the running command printed %q, %v, want now", text, err)
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("the command ended by itself, want an interrupt")
	}
}

// TestCommandsHalfTyped: questions about cells with commands.
func TestCommandsHalfTyped(t *testing.T) {
	e := newEngine(t, "strings")
	for _, test := range []struct{ code, want string }{
		{"%he|", "%help"},
		{"x := 1\n  %who|", "%who"},
		{"%cd str|", ""},
		{"$ str|", ""},
		{"%who\n$ ls\nstrings.ToUp|", "ToUpper"},
	} {
		code, cursor := atBar(test.code)
		found := e.Complete(code, cursor)
		if _, ok := find(found, test.want); ok != (test.want != "") || !ok && len(found.Matches) > 0 {
			t.Errorf("Complete(%q) = %v, want %q", test.code, found.Matches, test.want)
		}
	}
	if found := e.Complete("x\n %he", 6); found.Start != 3 || found.End != 6 {
		t.Errorf("Complete(%%he) replaces %d to %d, want 3 to 6", found.Start, found.End)
	}
	for code, want := range map[string]kernel.Completeness{
		"%help": kernel.Complete, "$ echo 'it": kernel.Complete, "%%bash\nfor x in (": kernel.Complete,
		"%who\nif x {": kernel.Incomplete, "!ls -la": kernel.Complete, "x := `\n%who": kernel.Incomplete,
	} {
		if got, _ := e.IsComplete(code); got != want {
			t.Errorf("IsComplete(%q) = %s, want %s", code, got, want)
		}
	}
	if doc, ok := e.Inspect("%who\nstrings.ToUpper", 20, 0); !ok {
		t.Errorf("Inspect below a command knows nothing, want strings.ToUpper: %v", doc)
	}
	if doc, ok := e.Inspect("$ strings", 9, 0); ok {
		t.Errorf("Inspect of a command = %v, want nothing", doc)
	}
}
