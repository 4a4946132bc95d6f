package main

import (
	"cmp"
	"slices"
	"time"
)

// account is who a process runs as: the first four as Windows logs them, the others as Linux does.
type account struct {
	domain, name, sid, logon string
	uid, gid, loginUID       int
	session                  int
}

// process is one process of an invented host. One without a parent was started where the log
// does not reach: it is not logged itself, only its children are.
type process struct {
	parent      *process
	image       string
	commandLine string
	account     account
	directory   string
	start, end  time.Duration // since the log's beginning; the pid is free again after the end
	pid         int
}

// host is a machine whose processes are made up first, in any order of time, and numbered then.
type host struct {
	random    *generator
	tick      time.Duration // resolution of the log's clock
	processes []*process
	logged    int
}

// running adds a process that the log does not show being created.
func (h *host) running(pid int, image string, who account) *process {
	p := &process{image: image, account: who, pid: pid, end: 1 << 62}
	h.processes = append(h.processes, p)
	return p
}

// start adds a process that the log shows.
func (h *host) start(parent *process, at time.Duration, c command) *process {
	p := &process{
		parent: parent, image: windowsPath(c.image), commandLine: c.expanded(h.random),
		account: parent.account, directory: parent.directory,
		start: at, end: at + time.Second + h.random.within(20*time.Second, h.tick),
	}
	if c.account != nil {
		p.account = *c.account
	}
	if c.directory != "" {
		p.directory = c.directory
	}
	parent.end = max(parent.end, at+time.Second) // a parent is alive when it starts a child
	h.processes = append(h.processes, p)
	h.logged++
	return p
}

// play starts commands under a parent one after the other, each with those that it starts in
// turn, and returns the moment after the last.
func (h *host) play(parent *process, at time.Duration, commands ...command) time.Duration {
	for _, c := range commands {
		p := h.start(parent, at, c)
		at = h.play(p, at+h.pause(), c.then...)
	}
	return at
}

// pause is the time between two processes of one script. One in eight is none at all: logs have
// many equal times, of parents and their children above all.
func (h *host) pause() time.Duration {
	if h.random.below(8) == 0 {
		return 0
	}
	return 3*time.Millisecond + h.random.within(90*time.Millisecond, h.tick)
}

// repeat plays the commands in turn, count times in all, every so often.
func (h *host) repeat(parent *process, first, every time.Duration, count int, commands ...command) {
	for i := range count {
		at := first + time.Duration(i)*every
		if i > 0 {
			at += h.random.within(every/4, h.tick)
		}
		h.play(parent, at, commands[i%len(commands)])
	}
}

// fill plays a command that is two processes at even intervals until the host has logged that
// many; an odd one is the command alone.
func (h *host) fill(parent *process, first, last time.Duration, total int, pair command) {
	missing := total - h.logged
	every := ((last - first) / time.Duration(missing/2)).Truncate(h.tick)
	h.repeat(parent, first, every, missing/2, pair)
	if missing%2 == 1 {
		pair.then = nil
		h.play(parent, last, pair)
	}
}

// chronicle returns the processes in the order of their start; of equal ones, in that of making.
func (h *host) chronicle() []*process {
	sorted := slices.Clone(h.processes)
	slices.SortStableFunc(sorted, func(a, b *process) int { return cmp.Compare(a.start, b.start) })
	return sorted
}
