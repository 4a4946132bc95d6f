package logs

import (
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/valyala/fastjson"
)

// The Falco reader makes one row of each alert, in JSON as json_output writes it. The alert's own
// columns (time, rule, priority, hostname, output, tags, …) are followed by the rule's output
// fields under Falco's names: proc.name, proc.pid, proc.ppid, proc.cmdline, user.name,
// container.id, … evt.time and the times of processes are times, UTC.
//
// https://falco.org/docs/reference/rules/supported-fields
var falcoFormat = shapedFormat(Format{"falco", "Falco alerts: JSON with output_fields",
	[]string{".json", ".log"}, "https://falco.org/docs/outputs/formatting"}, &shape{is: isFalco, rows: falcoRows, finish: falcoColumn})

func isFalco(record *fastjson.Value) bool {
	return isObject(record.Get("output_fields")) && isText(record, "rule")
}

func falcoRows(r *records, record *fastjson.Value) (string, error) {
	fields := record.Get("output_fields")
	if !isObject(fields) {
		return "not a Falco alert: it has no output_fields", nil
	}
	r.begin()
	err := firstError(
		func() error { return r.setName("time", record.Get("time")) },
		func() error { return r.setName("rule", record.Get("rule")) },
		func() error { return r.setName("priority", record.Get("priority")) },
		func() error { return r.setName("hostname", record.Get("hostname")) },
		func() error { return r.others(fields) },
		func() error { return r.others(record, "time", "rule", "priority", "hostname", "output_fields") },
	)
	if err == nil {
		r.append()
	}
	return "", err
}

// falcoColumn turns the nanoseconds of events and processes into times.
func falcoColumn(c dataframe.Column) dataframe.Column {
	if name := c.Name(); name == "evt.time" || name == "evt.rawtime" || strings.HasPrefix(name, "proc.") && strings.HasSuffix(name, ".ts") {
		return unixTimes(c, 1)
	}
	return c
}
