package ptree

import (
	"slices"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// endLives finds the process that every exit of the log ends: that of the same identity, else
// the last one before it with its id and, where the exit tells one, its image.
func (e *evidence) endLives(log dataframe.DataFrame, s Schema, other lifecycle, found *Findings) {
	e.ends = make([]int64, len(e.id.of))
	for i := range e.ends {
		e.ends[i] = never
	}
	x := e.readExits(log, s, other.exits)
	starts := e.starts()
	last := map[identity]int32{} // the last event by host, id and image, -2 for any image
	at := 0
	nanos := other.stamps.Nanos()
	for k, row := range other.exits {
		if other.stamps.IsNull(int(row)) {
			continue
		}
		for ; at < e.timed && e.id.of[at].nanos <= nanos[row]; at++ {
			last[identity{e.id.of[at].host, e.id.of[at].pid, -2}] = int32(at)
			if x.name != nil {
				last[identity{e.id.of[at].host, e.id.of[at].pid, e.id.of[at].name}] = int32(at)
			}
		}
		if m := e.ended(x, k, starts, last); m >= 0 {
			e.ends[m] = min(e.ends[m], nanos[row])
		} else {
			found.List = append(found.List, Finding{Kind: ExitWithoutStart, Row: int(row), Other: -1})
		}
	}
}

// exits are the log's, coded as the events are; -2 is a text that no event has.
type exits struct{ host, pid, name, guid []int32 }

func (e *evidence) readExits(log dataframe.DataFrame, s Schema, rows []int32) exits {
	var x exits
	x.pid = coded(log, s.ExitProcessID, rows, e.id.pids.find(), nil)
	x.name = coded(log, s.ExitProcessName, rows, finder(e.id.names), lower)
	if e.guid != nil {
		x.guid = coded(log, s.ProcessGUID, rows, finder(e.guids), plainGUID)
	}
	x.host = make([]int32, len(rows))
	if s.HostName != "" && s.BootID == "" {
		x.host = coded(log, s.HostName, rows, finder(e.id.hostNames), nil)
	}
	return x
}

// coded gives a column of some rows the codes that find knows; nil without the column.
func coded(log dataframe.DataFrame, column string, rows []int32, find func(string) (int32, bool), fold func(string) string) []int32 {
	if column == "" {
		return nil
	}
	codes, texts := asText(log.Col(column)).Codes()
	out := make([]int32, len(rows))
	for i, row := range rows {
		out[i] = -1
		if c := codes[row]; c >= 0 {
			t := texts[c]
			if fold != nil {
				t = fold(t)
			}
			n, ok := find(t)
			if !ok {
				n = -2
			}
			out[i] = n
		}
	}
	return out
}

func (e *evidence) ended(x exits, k int, starts map[start]int32, last map[identity]int32) int32 {
	if x.guid != nil && x.guid[k] != -1 && len(starts) > 0 {
		if m, ok := starts[start{x.host[k], x.guid[k]}]; ok {
			return m
		}
		return -1
	}
	if x.pid[k] < 0 {
		return -1
	}
	who := identity{x.host[k], x.pid[k], -2}
	if x.name != nil && x.name[k] != -1 {
		if who.name = x.name[k]; who.name < 0 {
			return -1 // no process has that image
		}
	}
	if m, ok := last[who]; ok {
		return m
	}
	return -1
}

// The exit of a parent can be logged a little before the start of its last child: both wait in
// queues. How long is learned from the log, within these bounds.
const (
	leastTolerance = int64(250 * time.Millisecond)
	mostTolerance  = int64(2 * time.Second)
	usualTolerance = int64(time.Second) // where the log has too few such pairs
	enoughPairs    = 5
)

// exitTolerance learns how long after its parent's logged exit a child's start may come: twice
// what nineteen in twenty such pairs need.
func (e *evidence) exitTolerance(l *links) int64 {
	var late []int64
	for i, m := range l.matched[:e.timed] {
		if m < 0 || e.ends[m] == never {
			continue
		}
		if lag := e.id.of[i].nanos - e.ends[m]; lag > 0 && lag <= mostTolerance {
			late = append(late, lag)
		}
	}
	if len(late) < enoughPairs {
		return usualTolerance
	}
	slices.Sort(late)
	return min(max(2*late[len(late)*19/20], leastTolerance), mostTolerance)
}
