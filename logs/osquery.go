package logs

import (
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// The osquery reader makes one row of each row of a query's results, in all ways in which
// osqueryd logs them: one event for each added or removed row, snapshots, and batches
// (diffResults). The query's own columns keep their names; hostIdentifier, calendarTime,
// unixTime, action and query (the query's name) say where the row is from, and decorations
// begin with decoration_. osquery writes numbers as text: ids and times are numbers and times here.
//
// https://osquery.readthedocs.io/en/stable/deployment/logging
var osqueryFormat = shapedFormat(Format{"osquery", "osquery results: events, snapshots, batches",
	[]string{".log", ".json"}, "https://osquery.readthedocs.io/en/stable/deployment/logging"}, &shape{is: isOsquery, rows: osqueryRows, finish: osqueryColumn})

func isOsquery(record *fastjson.Value) bool {
	rows := isObject(record.Get("columns")) || isObject(record.Get("diffResults")) || isArray(record.Get("snapshot"))
	return rows && isText(record, "hostIdentifier") && isText(record, "name")
}

func isArray(v *fastjson.Value) bool { return v != nil && v.Type() == fastjson.TypeArray }

func osqueryRows(r *records, record *fastjson.Value) (string, error) {
	if columns := record.Get("columns"); isObject(columns) {
		return "", r.osquery(record, columns, record.Get("action"))
	}
	if snapshot := record.Get("snapshot"); isArray(snapshot) {
		return r.osqueryList(record, snapshot, "snapshot")
	}
	results := record.Get("diffResults")
	if !isObject(results) {
		return "not a result of osquery: it has no columns, snapshot or diffResults", nil
	}
	for _, action := range []string{"removed", "added"} {
		if rows := results.Get(action); isArray(rows) {
			if fault, err := r.osqueryList(record, rows, action); fault != "" || err != nil {
				return fault, err
			}
		}
	}
	return "", nil
}

// osqueryList adds the rows of a list.
func (r *records) osqueryList(record, list *fastjson.Value, action string) (string, error) {
	rows, _ := list.Array()
	for _, row := range rows {
		if !isObject(row) {
			return "a row of " + action + " is not an object but " + withArticle(row.Type()), nil
		}
	}
	what := r.arena.NewString(action)
	for _, row := range rows {
		if err := r.osquery(record, row, what); err != nil {
			return "", err
		}
		if err := r.source.stopped(); err != nil {
			return "", err
		}
	}
	return "", nil
}

// osquery adds one row.
func (r *records) osquery(record, row, action *fastjson.Value) error {
	r.begin()
	err := firstError(
		func() error { return r.setName("hostIdentifier", record.Get("hostIdentifier")) },
		func() error { return r.setName("calendarTime", record.Get("calendarTime")) },
		func() error { return r.setName("unixTime", record.Get("unixTime")) },
		func() error { return r.setName("action", action) },
		func() error { return r.setName("query", record.Get("name")) },
		func() error { return r.others(row) },
		func() error { return r.flatten("decoration_", record.Get("decorations"), never) },
	)
	if err == nil {
		r.append()
	}
	return err
}

// osqueryNumbers are the columns of osquery's tables of processes that hold numbers.
var osqueryNumbers = map[string]bool{
	"pid": true, "parent": true, "uid": true, "gid": true, "euid": true, "egid": true, "suid": true, "sgid": true, "auid": true,
	"fsuid": true, "fsgid": true, "owner_uid": true, "owner_gid": true, "pgroup": true, "threads": true, "nice": true, "on_disk": true,
	"uptime": true, "time": true, "start_time": true, "env_count": true, "env_size": true, "resident_size": true, "total_size": true,
	"atime": true, "mtime": true, "ctime": true, "btime": true, "eid": true, "ppid": true, "tid": true, "exit_code": true, "duration": true,
}

// osqueryTimes are those that hold seconds since 1970.
var osqueryTimes = map[string]bool{"time": true, "start_time": true, "atime": true, "mtime": true, "ctime": true, "btime": true}

func osqueryColumn(c dataframe.Column) dataframe.Column {
	switch name := c.Name(); {
	case osqueryTimes[name]:
		return unixTimes(numbers(c), 1_000_000_000)
	case osqueryNumbers[name]:
		return numbers(c)
	case name == "calendarTime":
		return calendarTimes(c)
	}
	return c
}

// calendarTimes reads C's ctime.
func calendarTimes(c dataframe.Column) dataframe.Column {
	if c.Kind() != dataframe.String {
		return c
	}
	codes, texts := c.Codes()
	nanos := make([]int64, len(texts))
	for i, s := range texts {
		n, zoned, ok := dataframe.ParseTime(s)
		if !ok || !zoned || !strings.HasSuffix(s, " UTC") {
			return c
		}
		nanos[i] = n
	}
	values, valid := spread(codes, nanos, func(int32) bool { return true })
	return dataframe.Nanos(c.Name(), values, true, valid)
}
