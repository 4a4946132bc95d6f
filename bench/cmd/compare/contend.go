package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/gophertrees/gopherwood/bench/floor"
	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/ptree"
)

// side is the other side of a child: our own code in a process of its own, in the same talk as the peers'.
type side struct {
	form    string
	run     func() error
	answer  func(path string) error
	columns int64      // bytes of the columns in memory
	result  func() any // what the run made
	forget  func()     // lets go of it
}

// contend obeys the commands on in: WHAT CASE LOG OUT MEMORY.
func contend(args []string, in io.Reader, out io.Writer) error {
	if len(args) != 5 {
		return fmt.Errorf("contend %q, want five words", args)
	}
	memory, err := strconv.ParseInt(args[4], 10, 64)
	if err != nil {
		return err
	}
	var o *side
	switch args[0] + " " + args[1] {
	case "gopherwood memory":
		o, err = inMemory(args[2])
	case "gopherwood parquet":
		o = fromFile(args[2], args[3], memory)
	case "copy parquet":
		o = copied(args[2], args[3])
	default:
		err = fmt.Errorf("no contender %q", args[:2])
	}
	if err != nil {
		return err
	}
	return o.obey(in, json.NewEncoder(out))
}

func inMemory(path string) (*side, error) {
	df, err := logs.Open(path)
	if err != nil {
		return nil, err
	}
	var tree ptree.Tree
	return &side{
		form: "BuildProcessTree",
		run: func() (err error) {
			tree, err = ptree.BuildProcessTree(df, ptree.Options{Schema: schema})
			return err
		},
		answer:  func(path string) error { return answerOfTree(tree, path) },
		columns: widths(df),
		result:  func() any { return tree },
		forget:  func() { tree = ptree.Tree{} },
	}, nil
}

// widths is how many bytes a frame's columns have in memory, the dictionaries' texts not counted.
func widths(df dataframe.DataFrame) int64 {
	each := 0
	for _, name := range df.Names() {
		if df.Col(name).Kind() == dataframe.String {
			each += 4
		} else {
			each += 8
		}
	}
	return int64(each) * int64(df.Nrow())
}

func fromFile(log, out string, memory int64) *side {
	return &side{
		form: "BuildParquet",
		run: func() error {
			_, err := ptree.BuildParquet(context.Background(), []string{log}, out, ptree.ParquetOptions{Schema: schema, Memory: memory})
			return err
		},
		answer: func(path string) error { return answerOfParquet(out, path) },
	}
}

func copied(log, out string) *side {
	return &side{
		form:   "arrow-go, the same columns, nothing linked",
		run:    func() error { return floor.Rewrite(log, out, schema.Columns()) },
		answer: func(string) error { return nil },
	}
}

func (o *side) obey(in io.Reader, say *json.Encoder) error {
	debug.FreeOSMemory()
	forgetPeak()
	if err := say.Encode(reply{Ready: true, Version: version(), Forms: []string{o.form}}); err != nil {
		return err
	}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		command, rest, _ := strings.Cut(lines.Text(), " ")
		r, err := o.do(command, rest)
		if err != nil {
			return err
		}
		if err := say.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

func (o *side) do(command, rest string) (reply, error) {
	switch command {
	case "check":
		return o.check(rest)
	case "run":
		return o.timed()
	case "profile":
		return o.profiled(rest)
	}
	return reply{}, fmt.Errorf("no command %q", command)
}

// check runs once, tells what the result weighs, and writes the parents.
func (o *side) check(answers string) (reply, error) {
	r := reply{Took: map[string]float64{}, Columns: o.columns}
	before := live()
	one, err := o.timed()
	if err != nil {
		return r, err
	}
	if o.result != nil {
		r.Forest = live() - before
	}
	r.Took[o.form] = one.Seconds
	return r, o.answer(answers + ".0")
}

// timed runs once. What the run before left behind is cleared away first, as Python clears it for
// the peers when their result is replaced.
func (o *side) timed() (reply, error) {
	if o.forget != nil {
		o.forget()
	}
	runtime.GC()
	processor, begun := processorTime(), time.Now()
	err := o.run()
	r := reply{Seconds: time.Since(begun).Seconds(), Processor: processorTime() - processor}
	return r, errors.Join(err, r.setPeak())
}

// live is how many bytes of the heap are in use.
func live() int64 {
	runtime.GC()
	runtime.GC() // what the first one's finalizers freed
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func processorTime() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) / 1e9
}

// forgetPeak makes the process's peak of memory begin anew, where the system lets it.
func forgetPeak() {
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200) // else the peak is that of loading, too
}

func (r *reply) setPeak() error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			r.Peak = kib << 10
			return err
		}
	}
	return errors.New("/proc/self/status tells no peak of memory")
}
