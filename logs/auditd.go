package logs

import (
	"bytes"

	"github.com/gophertrees/gopherwood/dataframe"
)

// The auditd reader makes one row of each event of a Linux audit log, of every kind of event, in
// the order of time. Its columns are named as the records' fields are, with those of msticpy's
// auditd reader in front:
//
//	TimeGenerated  when, UTC
//	Computer       the node= prefix, null without one
//	EventType      SYSCALL_EXECVE for a program's start, else the event's first record type
//	mssg_id        seconds.milliseconds:serial, which names the event
//	pid, ppid, uid, exe, comm, argc, a0, a1, a2, cmdline, cwd, proctitle, syscall, exit, …
//
// An event's records are found by time and serial, wherever in the file they stand. cmdline joins
// all arguments by blanks; arguments that the kernel splits into parts or hexadecimal are whole
// again. SYSCALL (upper case, as in enriched logs) names the system calls that make and end
// processes; a clone's flags are in clone_flags, since one with CLONE_THREAD starts no process.
//
// Not kept are the registers a0 to a3 of system calls, the PATH records of a program's start, and
// all but the last of several records of one type in other events; a note counts the records.
//
// https://github.com/linux-audit/audit-documentation/wiki
var auditdFormat = &format{
	Format: Format{"auditd", "Linux audit log: raw, enriched, node=, ausearch, syslog",
		[]string{".log"}, "https://github.com/linux-audit/audit-documentation/wiki"},
	matches: looksLikeAudit,
	decode: func(s *source) (dataframe.DataFrame, error) {
		return decodeAudit([]*source{s})
	},
}

// looksLikeAudit reports whether most of the first lines are audit records.
func looksLikeAudit(s *source) bool {
	lines, records := 0, 0
	for rest := s.sample(); len(rest) > 0 && lines < 20; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if line = bytes.TrimSpace(line); isAuditSeparator(line) {
			continue
		}
		lines++
		if _, ok := parseAuditHeader(line, false); ok {
			records++
		}
	}
	return records > 0 && 2*records >= lines
}

// decodeAudit reads the parts of one log, such as rotated files, as a whole: events may begin in
// one and end in another.
func decodeAudit(parts []*source) (dataframe.DataFrame, error) {
	c, err := collectAudit(parts, false)
	if err == nil && c.dayFirst {
		c, err = collectAudit(parts, true) // one date that can only be day/month decides for all
	}
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	b := newAuditBuilder(columnLimit(len(c.events), c.bytes()), c.lossy)
	if err := c.build(b); err != nil {
		return dataframe.DataFrame{}, err
	}
	return frame(b.columns(), c.bad, append(b.notes(), c.notes()...))
}

func collectAudit(parts []*source, dayFirst bool) (*auditCollector, error) {
	c := newAuditCollector(parts)
	c.tryDayFirst = dayFirst
	for i := range parts {
		if err := c.collect(i); err != nil {
			return nil, err
		}
	}
	return c, nil
}
