package main

import (
	"fmt"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

const forever = time.Duration(1<<63 - 1)

// numberWindows gives process ids as Windows does: multiples of 4, used again as soon as they are
// free. space is how many there are; the fewer, the more often one id means two processes.
func (h *host) numberWindows(space int) {
	free := make(map[int]time.Duration, space) // when each id can be used again
	for _, p := range h.processes {
		if p.parent == nil {
			free[p.pid] = forever
		}
	}
	for _, p := range h.chronicle() {
		for p.pid == 0 {
			pid := 4 * (40 + h.random.below(space))
			if free[pid] <= p.start {
				p.pid, free[pid] = pid, p.end+time.Minute
			}
		}
	}
}

// machine is what every event of one host has in common.
type machine struct {
	opening time.Time // of the log
	name    string
	tenant  string
	id      string
	lag     time.Duration // between the event and its writing
}

// windowsFrame is the host's log: event 4688 as Azure Monitor's SecurityEvent table has it.
// The subject is who asked for the process; the target is named when it runs as somebody else.
func windowsFrame(h *host, m machine) dataframe.DataFrame {
	var t table
	for _, p := range h.chronicle() {
		if p.parent == nil {
			continue
		}
		who, target := p.parent.account, "0x0"
		if p.account.logon != who.logon {
			target = p.account.logon
		}
		elevation := "%%1936"
		if p.account.uid != 0 { // an ordinary user's token is a limited one
			elevation = "%%1938"
		}
		at := m.opening.Add(p.start)
		t.text("TenantId", m.tenant)
		t.text("Account", who.domain+`\`+who.name)
		t.int("EventID", 4688)
		t.time("TimeGenerated", at)
		t.text("Computer", m.name)
		t.text("SubjectUserSid", who.sid)
		t.text("SubjectUserName", who.name)
		t.text("SubjectDomainName", who.domain)
		t.text("SubjectLogonId", who.logon)
		t.text("NewProcessId", fmt.Sprintf("%#x", p.pid))
		t.text("NewProcessName", p.image)
		t.text("TokenElevationType", elevation)
		t.text("ProcessId", fmt.Sprintf("%#x", p.parent.pid))
		t.text("CommandLine", p.commandLine)
		t.text("ParentProcessName", p.parent.image)
		t.text("TargetLogonId", target)
		t.text("SourceComputerId", m.id)
		t.time("TimeCreatedUtc", at.Add(m.lag))
	}
	return t.frame()
}
