package logs

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// A snapshot is the list of the processes that run at one moment: of ps, WMI, Velociraptor,
// Volatility. Each has its own names, which stay; the five columns by which a tree is built come
// before them under one name each, whatever the tool: pid, ppid, name, command_line, start_time.
// A tool that gives no whole date (ps -ef) gives no start_time, and a note says so.
var snapshotRoles = []struct {
	name  string
	from  []string // columns of the tools that play the role, the likeliest first
	needs bool
}{
	{"pid", []string{"ProcessId", "PID", "Pid"}, true},
	{"ppid", []string{"ParentProcessId", "PPID", "PPid", "Ppid"}, true},
	{"name", []string{"ImageFileName", "ProcessName", "Name", "COMM"}, true},
	{"command_line", []string{"CommandLine", "Cmd", "CMD", "ARGS", "COMMAND"}, false},
	{"start_time", []string{"CreationDate", "CreateTime", "StartTime", "Start", "Time", "STARTED"}, false},
}

// eventMarks are columns that logs of events have and snapshots have not.
var eventMarks = []string{"EventID", "EventType", "ActionType", "Timestamp", "TimeGenerated", "TimeCreated", "UtcTime", "@timestamp", "pid", "ppid", "Level"}

// snapshotColumns gives a table that is a snapshot its five columns; others stay as they are.
func snapshotColumns(df dataframe.DataFrame) dataframe.DataFrame {
	for _, mark := range eventMarks {
		if df.Has(mark) {
			return df
		}
	}
	var columns []dataframe.Column
	var notes []string
	for _, role := range snapshotRoles {
		source := firstOf(df, role.from)
		switch {
		case source == "" && role.needs:
			return df
		case source == "" && role.name == "start_time":
			notes = append(notes, "this snapshot has no column with the date and time of a process's start: there is no start_time")
			continue
		case source == "" || df.Has(role.name):
			continue
		}
		column := df.Col(source)
		if role.name == "start_time" {
			var note string
			if column, note = startTimes(column); note != "" {
				notes = append(notes, note)
			}
		}
		columns = append(columns, column.Named(role.name))
	}
	out := dataframe.New(append(columns, df.Columns()...)...)
	if df.Bad().Total > 0 {
		out = out.WithBad(df.Bad())
	}
	if index := df.Index(); !counts(index) {
		out = out.WithIndex(index)
	}
	return out.WithNotes(append(df.Notes(), notes...)...)
}

func firstOf(df dataframe.DataFrame, names []string) string {
	for _, name := range names {
		if df.Has(name) {
			return name
		}
	}
	return ""
}

// startTimes returns a column of times; texts that are none stay, and are counted.
func startTimes(c dataframe.Column) (dataframe.Column, string) {
	if c.Kind() != dataframe.String {
		return c, ""
	}
	codes, texts := c.Codes()
	nanos, known := make([]int64, len(texts)), make([]bool, len(texts))
	zoned, naive, unknown := false, false, ""
	for i, s := range texts {
		if s = strings.TrimSpace(s); s == "" || s == "N/A" || s == "-" {
			continue
		}
		n, z, ok := snapshotTime(s)
		nanos[i], known[i] = n, ok
		switch {
		case !ok:
			unknown = s
		case z:
			zoned = true
		default:
			naive = true
		}
	}
	if unknown != "" || zoned && naive {
		return c, fmt.Sprintf("the times in %s are not all of one known form (%s): start_time is text", dataframe.Clip(c.Name()), dataframe.Clip(unknown))
	}
	values, valid := spread(codes, nanos, func(code int32) bool { return known[code] })
	return dataframe.Nanos(c.Name(), values, zoned, valid), ""
}

// snapshotTime reads the times of the tools: ISO 8601 with a word for the zone (Volatility), CIM's
// form (WMI), "/Date(milliseconds)/" (Windows PowerShell) and C's (ps -o lstart).
// https://learn.microsoft.com/windows/win32/wmisdk/cim-datetime
func snapshotTime(s string) (nanos int64, zoned, ok bool) {
	for _, zone := range []string{" UTC+0000", " UTC", " Z"} {
		if rest, found := strings.CutSuffix(s, zone); found && len(rest) > 4 && rest[4] == '-' {
			s = rest + "Z"
		}
	}
	if inner, found := strings.CutPrefix(s, "/Date("); found {
		ms, err := strconv.ParseInt(strings.TrimSuffix(inner, ")/"), 10, 64)
		return ms * 1e6, true, err == nil && ms > -9e12 && ms < 9e12
	}
	if len(s) == 25 && s[14] == '.' {
		return cimTime(s)
	}
	return dataframe.ParseTime(s)
}

// cimTime reads "20260301090000.123456+060": the last three digits are minutes before UTC.
func cimTime(s string) (nanos int64, zoned, ok bool) {
	t, err := time.Parse("20060102150405.000000", s[:21])
	minutes, err2 := strconv.Atoi(s[21:])
	if err != nil || err2 != nil || t.Year() < 1678 || t.Year() > 2261 {
		return 0, false, false
	}
	return t.Add(-time.Duration(minutes) * time.Minute).UnixNano(), true, true
}
