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
	streams: func(*source) bool { return true },
	decode: func(s *source) (dataframe.DataFrame, error) {
		c := newAuditCollector()
		if err := c.collect(s); err != nil {
			return dataframe.DataFrame{}, err
		}
		return c.frame()
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

// frame makes the frame of the parts that were collected, as a whole: events may begin in one part
// and end in another.
func (c *auditCollector) frame() (dataframe.DataFrame, error) {
	if c.dayFirst {
		c.redate() // one date that can only be day/month decides for all
	}
	b := newAuditBuilder(columnLimit(len(c.events), c.bytes), c.lossy)
	if err := c.build(b); err != nil {
		return dataframe.DataFrame{}, err
	}
	return frame(b.columns(), c.bad, append(b.notes(), c.notes()...))
}
