package ptree

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// lifecycle holds the events of a log that are not creations but bound the lives of processes,
// as rows of the log in time order.
type lifecycle struct {
	exits, forks []int32
	stamps       dataframe.Column // the log's times, by row
	told         []telling        // per event, what a replay tells of its parent; nil without one
}

// sift keeps the rows whose event id is the schema's for a creation, compared as text, and
// sets the exits and forks aside. Rows of other events are findings.
func sift(rows []int32, df dataframe.DataFrame, s Schema, found *Findings) (kept []int32, other lifecycle, err error) {
	if len(rows) == 0 {
		return nil, other, errors.New("the log has no rows: there is no process to build a tree of")
	}
	if s.EventIDColumn == "" || s.EventID == "" {
		return rows, other, nil
	}
	codes, texts := asText(df.Col(s.EventIDColumn)).Codes()
	code := func(id string) int32 {
		if id == "" {
			return -2
		}
		return int32(slices.Index(texts, id))
	}
	want, exit, fork := code(s.EventID), code(s.ExitEventID), code(s.ForkEventID)
	calls := s.calls(df)
	kept = make([]int32, 0, len(rows))
	for _, r := range rows {
		switch c := codes[r]; {
		case c < 0:
			found.add(OtherEvent, r, -1)
		case c == want:
			kept = append(kept, r)
		case c == fork && calls.fork(r):
			other.forks = append(other.forks, r)
		case c == exit && s.ExitProcessID != "" && calls.exit(r):
			other.exits = append(other.exits, r)
		default:
			found.add(OtherEvent, r, -1)
		}
	}
	if len(kept) == 0 {
		return nil, other, fmt.Errorf("no row has %s %s (process creation): %s holds %s",
			s.EventIDColumn, s.EventID, s.EventIDColumn, clippedList(texts))
	}
	return kept, other, nil
}

// systemCalls tells forks from exits where one event id stands for both.
type systemCalls struct {
	shared       bool // forks and exits share an event id, so that only the call tells them apart
	call, arch   []int32
	calls, archs []string
	flags        dataframe.Column
}

func (s Schema) calls(df dataframe.DataFrame) systemCalls {
	c := systemCalls{shared: s.ForkEventID == s.ExitEventID}
	if s.Syscall != "" {
		c.call, c.calls = asText(df.Col(s.Syscall)).Codes()
	}
	if s.CloneFlags != "" {
		c.flags = df.Col(s.CloneFlags)
	}
	if s.Architecture != "" {
		c.arch, c.archs = asText(df.Col(s.Architecture)).Codes()
	}
	return c
}

// cloneThread is the flag of a clone that starts a thread of the same process.
// https://man7.org/linux/man-pages/man2/clone.2.html
const cloneThread = 0x10000

func (c systemCalls) fork(row int32) bool {
	if c.flags.Len() > 0 {
		if flags, ok := c.flags.Value(int(row)).(int64); ok && flags&cloneThread != 0 {
			return false
		}
	}
	return c.is(row, forkCalls, "fork", "clone", "vfork", "clone3")
}

// exit accepts exit_group alone: the call exit ends a thread, whose process lives on.
func (c systemCalls) exit(row int32) bool { return c.is(row, exitCalls, "exit_group") }

// The calls' numbers by auditd's architecture.
// https://github.com/torvalds/linux/blob/master/include/uapi/linux/audit.h
var (
	forkCalls = map[string][]string{
		"c000003e": {"56", "57", "58", "435"},                  // x86-64
		"40000003": {"2", "120", "190", "435"},                 // i386
		"c00000b7": {"220", "435"}, "c00000f3": {"220", "435"}, // aarch64, riscv64
		"40000028": {"2", "120", "190", "435"},                                         // arm
		"c0000015": {"2", "120", "189", "435"}, "80000015": {"2", "120", "189", "435"}, // ppc64le, ppc64
		"80000016": {"2", "120", "190", "435"}, // s390x
	}
	exitCalls = map[string][]string{
		"c000003e": {"231"}, "40000003": {"252"}, "c00000b7": {"94"}, "c00000f3": {"94"}, "40000028": {"248"},
		"c0000015": {"234"}, "80000015": {"234"}, "80000016": {"248"},
	}
)

func (c systemCalls) is(row int32, numbers map[string][]string, names ...string) bool {
	if c.call == nil || c.call[row] < 0 {
		return !c.shared
	}
	call, arch := c.calls[c.call[row]], "c000003e"
	if c.arch != nil && c.arch[row] >= 0 {
		arch = c.archs[c.arch[row]]
	}
	return slices.Contains(names, call) || slices.Contains(numbers[arch], call)
}
