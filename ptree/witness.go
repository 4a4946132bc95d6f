package ptree

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Witness is another log of the same machines' process creations, such as Security 4688 beside
// Sysmon. A process that both tell of is in the tree once, by the log's row; one that only the
// witness tells of is added, as a row after those of the log.
type Witness struct {
	Log    dataframe.Frame
	Schema Schema // default: inferred from the columns
}

// Testimony is what a witness's row tells of a process.
type Testimony struct {
	Witness  int           // which of Options.Witnesses
	Row      int           // row of its log
	ParentID string        // as it writes it
	Parent   string        // the parent's image as it writes it, "" when it does not
	Offset   time.Duration // whole hours that were added to its time
	Disagree bool          // it names another parent than the log
}

// Witnesses returns what the witnesses tell of the process.
func (p Process) Witnesses() []Testimony {
	if p.IsZero() || p.Inferred() || p.forest.testimonies == nil {
		return nil
	}
	return slices.Clone(p.forest.testimonies[int32(p.forest.findings.row(p.forest.number[p.position]))])
}

// sighting is a process creation in a form that logs of different kinds share.
type sighting struct {
	row            int32
	who            sighted
	nanos          int64
	parent         int64 // process id, -1 when not told
	parentBase     string
	parentID, name string // the parent as the log writes it
}

// sighted tells whose creation it is, but not when: two sources may write host names, ids and
// paths in their own way.
type sighted struct {
	host string
	pid  int64
	base string
}

// sightings reads the creations of a log, in time order. Rows without time or id are left out.
func sightings(log dataframe.DataFrame, s Schema) ([]sighting, error) {
	found := &Findings{}
	events, _, err := clean(log, s, known{}, found)
	if err != nil {
		return nil, err
	}
	at := func(column string, i int) string {
		if column == "" {
			return ""
		}
		return events.Col(column).Text(i)
	}
	stamps := events.Col(s.TimeStamp)
	var out []sighting
	for i := range events.Nrow() - stamps.Nulls() {
		x := sighting{row: found.source[i], nanos: stamps.Nanos()[i], parentID: at(s.ParentID, i), name: at(s.ParentName, i)}
		x.who = sighted{strings.ToLower(at(s.HostName, i)), processNumber(at(s.ProcessID, i)), baseOf(at(s.ProcessName, i))}
		x.parent, x.parentBase = processNumber(x.parentID), baseOf(x.name)
		if x.who.pid >= 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

// processNumber reads a process id in decimal or with 0x in hexadecimal; -1 for what is none.
func processNumber(text string) int64 {
	n, err := strconv.ParseInt(text, 0, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// baseOf is the last part of an image path in lower case, whatever its separator.
func baseOf(path string) string { return lower(path[strings.LastIndexAny(path, `\/`)+1:]) }

// hear matches every witness with the log. It returns the log with the rows that only witnesses
// tell of, and the testimonies by row.
func hear(log dataframe.DataFrame, s Schema, witnesses []Witness, found *Findings) (dataframe.DataFrame, map[int32][]Testimony, error) {
	told := map[int32][]Testimony{}
	for w, witness := range witnesses {
		other := dataframe.From(witness.Log)
		schema, _, err := fitted(other, witness.Schema)
		if err != nil {
			return log, nil, fmt.Errorf("witness %d: %w", w, err)
		}
		own, err := sightings(log, s)
		if err != nil {
			return log, nil, err
		}
		theirs, err := sightings(other, schema)
		if err != nil {
			return log, nil, fmt.Errorf("witness %d: %w", w, err)
		}
		match, hours := pair(own, theirs)
		var alone []sighting
		for k, x := range theirs {
			m := match[k]
			if m < 0 {
				alone = append(alone, x)
				continue
			}
			y := own[m]
			t := Testimony{Witness: w, Row: int(x.row), ParentID: x.parentID, Parent: x.name, Offset: time.Duration(hours[k]) * time.Hour}
			t.Disagree = x.parent >= 0 && y.parent >= 0 && x.parent != y.parent ||
				x.parentBase != "" && y.parentBase != "" && x.parentBase != y.parentBase
			told[y.row] = append(told[y.row], t)
			if hours[k] != 0 {
				found.List = append(found.List, Finding{Kind: ClockOffset, Row: int(y.row), Other: -1,
					Detail: fmt.Sprintf("witness %d, row %d: %+d hours", w, x.row, hours[k])})
			}
			if t.Disagree {
				found.List = append(found.List, Finding{Kind: SpoofedParent, Row: int(y.row), Other: -1,
					Detail: fmt.Sprintf("witness %d, row %d: parent %s %s", w, x.row, dataframe.Printable(x.parentID, 40), dataframe.Printable(x.name, 200))})
			}
		}
		if len(alone) > 0 {
			pids := log.Col(s.ProcessID).Take(rowsOf(own)) // other events may write ids in another way
			log = withAlone(log, s, pids, other, schema, alone, hours, theirs)
		}
	}
	return log, told, nil
}

const (
	sameEvent = 2 * time.Second // how far two sources may date one creation apart
	mostHours = 24              // the largest whole-hour offset looked for
)

// pair finds, per sighting of a witness, the log's sighting of the same creation, each at most
// once: within two seconds, else at whole hours that at least two processes of the host's day agree on.
// hours are those to add to the witness's time, also where it stands alone.
func pair(own, theirs []sighting) (match []int, hours []int) {
	match, hours = make([]int, len(theirs)), make([]int, len(theirs))
	of := map[sighted][]int{}
	for i, x := range own {
		of[x.who] = append(of[x.who], i)
	}
	used := make([]bool, len(own))
	votes := map[vote]int{}
	for k, x := range theirs {
		match[k] = nearest(own, of[x.who], used, x.nanos, 0)
		if match[k] >= 0 {
			used[match[k]] = true
		}
		for h := -mostHours; h <= mostHours; h++ {
			if nearest(own, of[x.who], nil, x.nanos, h) >= 0 {
				votes[vote{x.who.host, day(x.nanos), h}]++
			}
		}
	}
	for k, x := range theirs {
		if match[k] >= 0 {
			continue
		}
		best, most := 0, votes[vote{x.who.host, day(x.nanos), 0}]
		for h := -mostHours; h <= mostHours; h++ {
			if n := votes[vote{x.who.host, day(x.nanos), h}]; h != 0 && n >= 2 {
				if i := nearest(own, of[x.who], used, x.nanos, h); i >= 0 && (match[k] < 0 || n > most) {
					match[k], best, most = i, h, n
				} else if match[k] < 0 && n > most {
					best, most = h, n
				}
			}
		}
		hours[k] = best
		if match[k] >= 0 {
			used[match[k]] = true
		}
	}
	return match, hours
}

// vote counts the processes of a host's day whose times in two sources lie so many hours apart.
type vote struct {
	host  string
	day   int64
	hours int
}

func day(nanos int64) int64 { return nanos / int64(24*time.Hour) }

// mostTried bounds the sightings tried for one: a log may hold any number of one moment.
const mostTried = 64

// nearest finds the free sighting that is nearest in time once the hours are added, among those
// of the same process id, which are in time order.
func nearest(own []sighting, among []int, used []bool, nanos int64, hours int) int {
	at := nanos + int64(hours)*int64(time.Hour)
	from, _ := slices.BinarySearchFunc(among, at-int64(sameEvent), func(i int, t int64) int { return cmp.Compare(own[i].nanos, t) })
	best, least := -1, sameEvent+1
	for _, i := range among[from:min(from+mostTried, len(among))] {
		apart := time.Duration(own[i].nanos - at).Abs()
		if (used == nil || !used[i]) && apart < least {
			best, least = i, apart
		}
	}
	return best
}

func rowsOf(sightings []sighting) []int32 {
	rows := make([]int32, len(sightings))
	for i, x := range sightings {
		rows[i] = x.row
	}
	return rows
}

// withAlone adds the processes that only a witness tells of, in the log's columns and its way of
// writing process ids.
func withAlone(log dataframe.DataFrame, s Schema, pids dataframe.Column, other dataframe.DataFrame, schema Schema, alone []sighting, hours []int, theirs []sighting) dataframe.DataFrame {
	rows, shift := rowsOf(alone), map[int32]int{}
	for k, x := range theirs {
		shift[x.row] = hours[k]
	}
	taken := other.Take(rows)
	var columns []dataframe.Column
	add := func(column string, value func(i int) any) {
		if column == "" || slices.ContainsFunc(columns, func(c dataframe.Column) bool { return c.Name() == column }) {
			return
		}
		b := dataframe.NewBuilder(column)
		for i := range alone {
			b.Append(value(i))
		}
		columns = append(columns, b.Column())
	}
	add(s.TimeStamp, func(i int) any {
		return time.Unix(0, alone[i].nanos).UTC().Add(time.Duration(shift[alone[i].row]) * time.Hour)
	})
	pid := processIDStyle(pids)
	add(s.ProcessID, func(i int) any { return pid(alone[i].who.pid) })
	add(s.ParentID, func(i int) any { return pid(alone[i].parent) })
	if s.EventIDColumn != "" && s.EventID != "" {
		id := sameKind(log.Col(s.EventIDColumn), s.EventID)
		add(s.EventIDColumn, func(int) any { return id })
	}
	for _, c := range [][2]string{{s.ProcessName, schema.ProcessName}, {s.ParentName, schema.ParentName}, {s.CommandLine, schema.CommandLine},
		{s.UserName, schema.UserName}, {s.UserID, schema.UserID}, {s.LogonID, schema.LogonID}, {s.HostName, schema.HostName},
		{s.ProcessGUID, schema.ProcessGUID}, {s.ParentGUID, schema.ParentGUID}, {s.ParentCommandLine, schema.ParentCommandLine}} {
		if c[1] != "" && taken.Has(c[1]) {
			from := taken.Col(c[1])
			add(c[0], func(i int) any { return from.Value(i) })
		}
	}
	return dataframe.Concat(log, dataframe.New(columns...))
}

// processIDStyle writes process ids as a column does.
func processIDStyle(c dataframe.Column) func(int64) any {
	hex := c.Kind() == dataframe.String && c.Len() > 0 && slices.ContainsFunc(c.Strings(), func(t string) bool { return strings.HasPrefix(t, "0x") })
	return func(n int64) any {
		switch {
		case n < 0:
			return nil
		case hex:
			return "0x" + strconv.FormatInt(n, 16)
		case c.Kind() == dataframe.String:
			return strconv.FormatInt(n, 10)
		}
		return n
	}
}

func sameKind(c dataframe.Column, text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && c.Kind() != dataframe.String {
		return n
	}
	return text
}
