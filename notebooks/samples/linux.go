package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// lastPID is where Linux begins again with low process ids.
const lastPID = 32768

// numberLinux gives process ids as Linux does: one after the other, and from 300 again after the
// last. A daemon that runs already has its id; a child that never called exec, and so is not in
// the log, takes the next one like everybody.
func (h *host) numberLinux(first int) {
	taken := map[int]bool{}
	for _, p := range h.processes {
		taken[p.pid] = true
	}
	next := first
	for _, p := range h.chronicle() {
		if p.pid != 0 {
			continue
		}
		for next += 1 + h.random.below(2); taken[next] || next >= lastPID; next++ {
			if next >= lastPID {
				next = 300
			}
		}
		p.pid, taken[next] = next, true
	}
}

// forked adds a child that runs its parent's program, as cron does for each of its jobs: no exec,
// no event, but a process id.
func (h *host) forked(at time.Duration, who account, directory string) *process {
	p := h.running(0, "", who)
	p.start, p.directory = at, directory
	return p
}

// arguments splits a command line as exec was given it: all that follows a shell's -c is one.
func arguments(commandLine string) []string {
	if shell, script, ok := strings.Cut(commandLine, " -c "); ok && !strings.Contains(shell, " ") {
		return []string{shell, "-c", script}
	}
	return strings.Fields(commandLine)
}

// linuxFrame is the host's log: auditd's SYSCALL and EXECVE records of each exec in one row.
func linuxFrame(h *host, m machine) dataframe.DataFrame {
	var t table
	serial := 4_410_000
	for _, p := range h.chronicle() {
		if p.parent == nil {
			continue
		}
		at, arguments := m.opening.Add(p.start), arguments(p.commandLine)
		serial += 1 + h.random.below(3)
		t.text("EventType", "SYSCALL_EXECVE")
		t.text("TenantId", m.tenant)
		t.text("Computer", m.name)
		t.text("mssg_id", fmt.Sprintf("%d.%03d:%d", at.Unix(), at.Nanosecond()/1e6, serial))
		t.time("TimeGenerated", at)
		for i, name := range []string{"a0", "a1", "a2"} {
			if i < len(arguments) {
				t.text(name, arguments[i])
			} else {
				t.null(name)
			}
		}
		t.float("argc", float64(len(arguments)))
		t.int("auid", p.account.loginUID)
		t.text("cmdline", p.commandLine)
		t.text("cwd", p.directory)
		t.float("egid", float64(p.account.gid))
		t.float("euid", float64(p.account.uid))
		t.text("exe", p.image)
		t.float("gid", float64(p.account.gid))
		t.int("pid", p.pid)
		t.float("ppid", float64(p.parent.pid))
		t.text("proctitle", strings.Join(arguments, "\x00"))
		t.int("ses", p.account.session)
		t.text("success", "yes")
		t.int("uid", p.account.uid)
	}
	return t.frame()
}
