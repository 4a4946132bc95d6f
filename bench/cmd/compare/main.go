// Compare measures the building of process trees beside its peers: msticpy, DuckDB and Polars on the
// same logs, on the same machine, in turns, once they have shown that they give the same parents. It
// writes docs/performance.md with its picture. See make bench.
//
// What was measured is kept; a run that was stopped goes on where it was, and -fresh forgets it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "compare:", err)
		}
		os.Exit(1)
	}
}

type options struct {
	logs, cases, peers []string
	runs               int
	memory             int64
	array              int
	limit              time.Duration
	large, fresh       bool

	self, python, msticpy, scripts string
	data, shared, results          string
	page, plot                     string
	words                          io.Writer
}

const (
	usualLogs = rarity + ",100000@1,1000,10000,100000,1000000,1000000" + ownMark + ",10000000"
	largeLogs = ",100000000"
)

func parse(args []string, words io.Writer) (options, error) {
	o := options{words: words}
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(words)
	list := func(to *[]string, name, usual, usage string) {
		*to = strings.Split(usual, ",")
		flags.Func(name, usage+" (default "+usual+")", func(s string) error {
			*to = strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
			return nil
		})
	}
	list(&o.logs, "logs", usualLogs, "logs: rarity, or `EVENTS[@HOSTS][:own],…`")
	list(&o.cases, "cases", strings.Join(cases, ","), "what is timed, `CASE,…`")
	list(&o.peers, "peers", "msticpy,duckdb,polars", "who runs beside us, `PEER,…`; nobody: -peers=,")
	flags.IntVar(&o.runs, "runs", 5, "timed runs of each")
	flags.Int64Var(&o.memory, "memory", 3<<30, "`BYTES` that a build of 100 million events may use; four fifths of the machine's for the others")
	flags.IntVar(&o.array, "array", 256<<20, "`BYTES` of each array that is copied to measure the memory's bandwidth")
	flags.DurationVar(&o.limit, "limit", 30*time.Minute, "when a contender is given up")
	flags.BoolVar(&o.large, "large", false, "100 million events from Parquet to Parquet, too: ten minutes and ten gigabytes of disk")
	flags.BoolVar(&o.fresh, "fresh", false, "measure again what was measured already")
	flags.StringVar(&o.python, "python", "../.venv-peers/bin/python", "`PYTHON` with requirements.txt")
	flags.StringVar(&o.msticpy, "msticpy", "../.venv-bench/bin/python", "`PYTHON` with msticpy")
	flags.StringVar(&o.scripts, "scripts", "peers", "`FOLDER` of the peers' programs")
	flags.StringVar(&o.data, "data", "../out/bench", "`FOLDER` for logs and results of runs")
	flags.StringVar(&o.shared, "shared", "../../shared", "`FOLDER` of the real logs")
	flags.StringVar(&o.results, "results", "../out/bench/results.jsonl", "`FILE` of what was measured")
	flags.StringVar(&o.page, "page", "../docs/performance.md", "`FILE` to write; none: -page=")
	flags.StringVar(&o.plot, "plot", "../docs/performance.png", "`FILE` of the picture, beside the page")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag", flags.Arg(0))
	}
	if o.large {
		o.logs = append(o.logs, strings.Trim(largeLogs, ","))
	}
	var err error
	o.self, err = os.Executable()
	return o, err
}

func run(args []string, in io.Reader, out, words io.Writer) error {
	if len(args) > 0 && args[0] == "contend" {
		return contend(args[1:], in, out)
	}
	o, err := parse(args, words)
	if err != nil {
		return err
	}
	groups, err := o.groups()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.data, 0o755); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	results, err := o.measureAll(ctx, groups)
	if err != nil {
		return err
	}
	if o.page == "" {
		return nil
	}
	if err := writePlot(results, o.plot); err != nil {
		return err
	}
	return errors.Join(writePage(results, o.page, o.plot), disagreement(results))
}

// disagreement is an error when a peer gives other parents than we do: one of us is wrong.
func disagreement(all []result) error {
	var errs []error
	for _, r := range all {
		for _, m := range r.Measurements {
			if m.Disagrees {
				errs = append(errs, fmt.Errorf("%s: %s and we disagree on parents: %v", r.Group, m.Contender, m.Wrong))
			}
		}
	}
	return errors.Join(errs...)
}

func (o options) measureAll(ctx context.Context, groups []group) ([]result, error) {
	results, err := readResults(o.results)
	if err != nil {
		return nil, err
	}
	here, code := thisMachine(o.array), revision()
	last := lastInMemory(groups)
	for _, g := range groups {
		if !o.fresh && has(results, g, code, g.contenders(o)) {
			fmt.Fprintf(o.words, "%s: measured already\n", g)
			continue
		}
		fmt.Fprintf(o.words, "%s: %s\n", g, strings.Join(g.contenders(o), ", "))
		r := result{Group: g.String(), Case: g.Case, Log: g.Log, Revision: code, Date: time.Now().UTC().Format(time.DateOnly), Machine: here}
		if r.Measurements, err = o.measure(ctx, g); err != nil {
			return results, err
		}
		if g == last && g.Log.Events >= profiledEvents {
			if r.Top, err = o.profile(ctx, g); err != nil {
				fmt.Fprintf(o.words, "  no profile: %v\n", err)
			}
		}
		for _, m := range r.Measurements {
			fmt.Fprintf(o.words, "  %-10s %s  %s  (%s)\n", m.Contender, spread(m.Seconds), bytes(m.Peak), m.Form)
		}
		if results, err = addResult(o.results, results, r); err != nil {
			return results, err
		}
	}
	return results, nil
}

// profiledEvents is the smallest log that takes long enough to tell where the time goes.
const profiledEvents = 100_000

// lastInMemory is the largest group from columns in memory: the one whose profile is worth reading.
func lastInMemory(groups []group) group {
	var last group
	for _, g := range groups {
		if g.Case == "memory" && g.Log.Events > last.Log.Events {
			last = g
		}
	}
	return last
}
