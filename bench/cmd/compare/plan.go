package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gophertrees/gopherwood/bench/fleet"
	"github.com/gophertrees/gopherwood/logs"
	"github.com/gophertrees/gopherwood/ptree"
)

// schema is that of every log here: the roles of a Windows 4688 log's columns. It names no event id, since
// the logs hold creations alone.
var schema = ptree.Schema{ProcessName: "NewProcessName", ProcessID: "NewProcessId", ParentID: "ProcessId", TimeStamp: "TimeGenerated",
	ParentName: "ParentProcessName", CommandLine: "CommandLine", UserName: "SubjectUserName", LogonID: "SubjectLogonId", HostName: "Computer"}

// rarity is the name of the real log: that of msticpy's tutorial, one host, a chain of 839 processes.
const (
	rarity       = "rarity"
	rarityEvents = 22992
)

// largeEvents is where logs are too large for memory: they are built from files, by us and the floor alone.
const largeEvents = 50_000_000

// msticpyEvents is the largest log that msticpy is given; it knows no hosts, so that a log must have one.
const msticpyEvents = 200_000

// log is what contenders read.
type log struct {
	Name   string // as in the flag -logs
	Events int
	Hosts  int
	Files  int  // 0: one file
	Own    bool // command lines, one for every event
}

// ownMark stands behind the name of a log in which every event has a command line of its own.
const ownMark = ":own"

// parseLog reads "rarity", or a number of events and perhaps of hosts: "100000" or "100000@1".
func parseLog(name string) (log, error) {
	if name == rarity {
		return log{Name: rarity, Events: rarityEvents, Hosts: 1}, nil
	}
	size, own := strings.CutSuffix(name, ownMark)
	events, hosts, some := strings.Cut(size, "@")
	n, err := strconv.Atoi(events)
	l := log{Name: name, Events: n, Hosts: max(1, n/10_000), Own: own}
	if some && err == nil {
		l.Hosts, err = strconv.Atoi(hosts)
	}
	if err != nil || n < 1 || l.Hosts < 1 {
		return l, fmt.Errorf("%q is no log: write rarity, 1000000 or 1000000@100 (events@hosts), and %s behind it for command lines that are all different", name, ownMark)
	}
	if n >= largeEvents {
		l.Files = n / 5_000_000
	}
	return l, nil
}

// ofCurve reports whether the log is one of those that differ in nothing but their size.
func (l log) ofCurve() bool { return l.Name != rarity && !strings.Contains(l.Name, "@") && !l.Own }

// path is where the log lies, or will.
func (l log) path(data string) string {
	path := filepath.Join(data, fmt.Sprintf("log-%s-%d", strings.NewReplacer("@", "-", ":", "-").Replace(l.Name), l.Hosts))
	if l.Files > 0 {
		return path
	}
	return path + ".parquet"
}

// make writes the log, unless it is there.
func (l log) make(o options) error {
	path := l.path(o.data)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if l.Name == rarity {
		return makeRarity(filepath.Join(o.shared, "data", "msticpy", "procs_with_cluster.pkl"), path)
	}
	f := fleet.Fleet{Events: l.Events, Hosts: l.Hosts, Seed: 1, Shuffled: true, OwnCommands: l.Own}
	if l.Files == 0 {
		return f.WriteParquet(path, 0)
	}
	// a folder has its name only when all its files are there
	if err := errors.Join(os.RemoveAll(path+".part"), f.WriteParquet(path+".part", l.Files)); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

func makeRarity(from, to string) error {
	df, err := logs.Open(from)
	if err != nil {
		return err
	}
	return df.Select(schema.Columns()...).WriteParquet(to)
}

// commaSeparated is the same log for msticpy.
func (l log) commaSeparated(data string) (string, error) {
	path := strings.TrimSuffix(l.path(data), ".parquet") + ".csv"
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return path, err
	}
	df, err := logs.Open(l.path(data))
	if err != nil {
		return path, err
	}
	return path, df.WriteCSV(path)
}

// group is a log and a way to work on it: what is measured together, in turns.
type group struct {
	Case string // memory or parquet
	Log  log
}

func (g group) String() string { return g.Case + " " + g.Log.Name }

// cases are the ways to work: from columns in memory to the result, and from Parquet to Parquet.
var cases = []string{"memory", "parquet"}

// contenders lists who runs in a group, ours first.
func (g group) contenders(o options) []string {
	out := []string{ours}
	if g.Case == "parquet" {
		out = append(out, floored)
	}
	for _, peer := range o.peers {
		switch {
		case g.Log.Events >= largeEvents:
		case peer == "msticpy" && (g.Case != "memory" || g.Log.Hosts > 1 || g.Log.Events > msticpyEvents || g.Log.Events < rarityEvents):
		default:
			out = append(out, peer)
		}
	}
	return out
}

// groups are all that the options ask for.
func (o options) groups() ([]group, error) {
	var out []group
	for _, c := range o.cases {
		for _, name := range o.logs {
			l, err := parseLog(name)
			if err != nil {
				return nil, err
			}
			if (l.Events >= largeEvents || l.Own) && c == "memory" || l.Name == rarity && c == "parquet" {
				continue
			}
			out = append(out, group{c, l})
		}
	}
	return out, nil
}

// The names of contenders that are no peers.
const (
	ours    = "gopherwood"
	floored = "copy"
)

// memoryFor is what a build from Parquet to Parquet may use: of logs that others build, too, as much
// as DuckDB takes if nobody says otherwise.
func (o options) memoryFor(l log) int64 {
	if l.Events >= largeEvents {
		return o.memory
	}
	return max(o.memory, machineMemory()/5*4)
}

// command is how a contender is started.
func (g group) command(o options, contender, form string) ([]string, error) {
	path, out := g.Log.path(o.data), filepath.Join(o.data, "out-"+contender+".parquet")
	switch contender {
	case ours, floored:
		return []string{o.self, "contend", contender, g.Case, path, out, fmt.Sprint(o.memoryFor(g.Log))}, nil
	case "msticpy":
		csv, err := g.Log.commaSeparated(o.data)
		return []string{o.msticpy, filepath.Join(o.scripts, "contender.py"), "msticpy_peer", g.Case, csv, out, form}, err
	}
	return []string{o.python, filepath.Join(o.scripts, "contender.py"), contender + "_peer", g.Case, path, out, form}, nil
}
