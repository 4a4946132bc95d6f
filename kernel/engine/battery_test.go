package engine_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/kernel"
	"github.com/gophertrees/gopherwood/kernel/engine"
)

const batteryFolder = "../../../shared/kernel-tests/battery"

// beyond are the files of the battery that this package alone does not pass, with the reason.
var beyond = map[string]string{
	"029-functional-options-gota": "imports gota, which internal/symbols binds",
	"031-gota-closures":           "imports gota, which internal/symbols binds",
	"032-gota-load-structs":       "imports gota, which internal/symbols binds",
	"079-import-alias-dot-late":   "imports embed, which internal/symbols binds",
	"033-plot-png":                "imports gonum/plot, which internal/symbols binds",
}

// TestBattery runs notebook files as a data analyst types them, each with the answer that
// compiled Go gives.
func TestBattery(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(batteryFolder, "*.cell"))
	if len(files) == 0 {
		t.Skipf("no battery at %s: these tests run where the shared reference material is", batteryFolder)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".cell")
		t.Run(name, func(t *testing.T) {
			if reason := beyond[name]; reason != "" {
				t.Skip(reason)
			}
			if raceDetector && strings.Contains(name, "speed") {
				t.Skip("the detector makes loops ten times as slow and more")
			}
			runBatteryFile(t, file)
		})
	}
}

var cellSeparator = regexp.MustCompile(`(?m)^//---\n`)

func runBatteryFile(t *testing.T, file string) {
	cells := cellSeparator.Split(readFile(t, file), -1)
	wants := cellSeparator.Split(readFile(t, strings.TrimSuffix(file, ".cell")+".want"), -1)
	if len(cells) != len(wants) {
		t.Fatalf("%s has %d cells and %d answers", file, len(cells), len(wants))
	}
	e := newEngine(t)
	stdout := captureStdout(t)
	for i, cell := range cells {
		got := runBatteryCell(t, e, cell)
		got.stdout = stdout.take()
		if wrong := judge(wants[i], got); wrong != "" {
			t.Errorf("cell %d: %s", i+1, wrong)
		}
	}
}

type outcome struct {
	values, stdout, failure string
}

func runBatteryCell(t *testing.T, e *engine.Engine, cell string) outcome {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if seconds := directive(cell, "interrupt", 0); seconds > 0 {
		defer time.AfterFunc(time.Duration(seconds*float64(time.Second)), cancel).Stop()
	}
	done := make(chan outcome, 1)
	go func() {
		values, err := e.Eval(ctx, cell)
		var shown []string
		for _, v := range values {
			shown = append(shown, fmt.Sprint(v))
		}
		done <- outcome{values: strings.Join(shown, " "), failure: failureText(err)}
	}()
	select {
	case got := <-done:
		return got
	case <-time.After(time.Duration(directive(cell, "timeout", 20) * float64(time.Second))):
		t.Fatalf("the cell did not end:\n%s", cell)
		return outcome{}
	}
}

// failureText is all that a person sees of an error.
func failureText(err error) string {
	var failed *kernel.CellError
	if !errors.As(err, &failed) {
		if err != nil {
			return "NOT A CELL ERROR " + err.Error()
		}
		return ""
	}
	return failed.Name + ": " + failed.Error() + "\n" + strings.Join(failed.Traceback, "\n")
}

var directives = regexp.MustCompile(`(?m)^// battery:(.*)$`)

func directive(cell, name string, otherwise float64) float64 {
	if found := directives.FindStringSubmatch(cell); found != nil {
		for _, field := range strings.Fields(found[1]) {
			if key, value, ok := strings.Cut(field, "="); ok && key == name {
				if number, err := strconv.ParseFloat(value, 64); err == nil {
					return number
				}
			}
		}
	}
	return otherwise
}

// judge compares an outcome with the lines of a .want block; "" when all is well.
func judge(want string, got outcome) string {
	var out []string
	for _, line := range strings.Split(want, "\n") {
		verb, text, _ := strings.Cut(line, " ")
		switch verb {
		case "any":
			return ""
		case "err~":
			if got.failure == "" || !matches(text, got.failure) {
				return fmt.Sprintf("error = %q, want a match of %s", got.failure, text)
			}
			return ""
		case "out:":
			out = append(out, text)
		}
	}
	if got.failure != "" {
		return "error: " + got.failure
	}
	if stdout := strings.TrimSuffix(got.stdout, "\n"); out != nil && stdout != strings.Join(out, "\n") {
		return fmt.Sprintf("stdout = %q, want %q", stdout, strings.Join(out, "\n"))
	}
	for _, line := range strings.Split(want, "\n") {
		verb, text, _ := strings.Cut(line, " ")
		wrong := verb == "out~" && !matches(text, got.stdout) || verb == "noval" && got.values != "" ||
			verb == "val:" && !strings.Contains(got.values, text) || verb == "val~" && !matches(text, got.values)
		if wrong {
			return fmt.Sprintf("values = %q, stdout = %q, want %s", got.values, got.stdout, line)
		}
	}
	return ""
}

func matches(pattern, text string) bool {
	return regexp.MustCompile("(?m)" + pattern).MatchString(text)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func newEngine(t *testing.T, imports ...string) *engine.Engine {
	t.Helper()
	return newEngineWith(t, engine.Config{Imports: imports})
}

func newEngineWith(t *testing.T, config engine.Config) *engine.Engine {
	t.Helper()
	e, err := engine.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

// output collects what cells print, through one pipe for the whole session: a writer that
// a cell saved goes on working.
type output struct {
	mu    sync.Mutex
	text  strings.Builder
	write *os.File
}

func captureStdout(t *testing.T) *output {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	o := &output{write: write}
	go func() { _, _ = io.Copy(o, read) }()
	before := os.Stdout
	os.Stdout = write
	t.Cleanup(func() {
		os.Stdout = before
		_ = write.Close()
	})
	return o
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

// take gives what was printed since the last call.
func (o *output) take() string {
	const mark = "\x00end of cell\x00"
	_, _ = o.write.WriteString(mark)
	for {
		o.mu.Lock()
		before, after, found := strings.Cut(o.text.String(), mark)
		if found {
			o.text.Reset()
			o.text.WriteString(after)
		}
		o.mu.Unlock()
		if found {
			return before
		}
		time.Sleep(time.Millisecond)
	}
}
