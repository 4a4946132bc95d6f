// Package fleet invents the process-creation log of a fleet of machines: for benchmarks and
// tests that need any number of events with the traits that make linking hard. The same
// Fleet gives the same events, on any machine and with any number of goroutines.
//
// What is modelled, each with its constant in host.go:
//
//	hosts      independent of each other, each with its own clock, sessions and speed
//	time       bursts of children a few milliseconds apart between quiet minutes
//	PID reuse  Windows' habit: multiples of four, the numbers of ended processes come back soon
//	depth      children mostly of recent processes, so that chains of scripts grow deep
//	names      a few images start most processes (Zipf's law); the same image under one PID twice occurs
package fleet

import (
	"fmt"
	"math/rand/v2"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Fleet says how many events of how many hosts there are. The zero value of a field is its default.
type Fleet struct {
	Events int    // process creations in all; default 100,000
	Hosts  int    // default one for every 10,000 events, at least one
	Days   int    // that the log covers; default 1
	Seed   uint64 // another seed, another fleet

	// Shuffled puts the rows of a frame in random order, as they come from a data lake. The
	// default is host after host, each in the order of time.
	Shuffled bool

	// OwnCommands gives every event a command line of its own, as where they name temporary files
	// and jobs. The default is a few thousand that come again and again.
	OwnCommands bool
}

func (f Fleet) complete() Fleet {
	if f.Events <= 0 {
		f.Events = 100_000
	}
	if f.Hosts <= 0 {
		f.Hosts = max(1, f.Events/10_000)
	}
	f.Hosts = min(f.Hosts, f.Events)
	if f.Days <= 0 {
		f.Days = 1
	}
	return f
}

// of returns how many events a host has: the first ones take what does not divide.
func (f Fleet) of(host int) int {
	n := f.Events / f.Hosts
	if host < f.Events%f.Hosts {
		n++
	}
	return n
}

// HostName is what a host is called.
func HostName(host int) string { return fmt.Sprintf("host-%06d.example.net", host) }

// Events are process creations as columns; row i of each slice is event i.
type Events struct {
	Host         []int32 // number of the host
	Time         []int64 // nanoseconds since 1970 UTC, distinct within a host
	PID, Parent  []int32
	Image        []int32 // into Images
	ParentImage  []int32 // likewise
	User         []int32 // into Users
	Session      []int32 // logon session
	Argument     []int32 // what tells the command lines of an image apart
	TrueParent   []int32 // event of the same host that is the parent, counted within the host; -1 for none
	rows, filled int
}

func newEvents(n int) *Events {
	e := &Events{rows: n, Time: make([]int64, n)}
	for _, c := range e.columns() {
		*c = make([]int32, n)
	}
	return e
}

func (e *Events) columns() []*[]int32 {
	return []*[]int32{&e.Host, &e.PID, &e.Parent, &e.Image, &e.ParentImage, &e.User, &e.Session, &e.Argument, &e.TrueParent}
}

// Len returns the number of events.
func (e *Events) Len() int { return e.filled }

// OfHost returns one host's events in the order of time.
func (f Fleet) OfHost(host int) *Events {
	f = f.complete()
	e := newEvents(f.of(host))
	newHost(f, host).fill(e)
	return e
}

// All returns the events of every host, host after host or shuffled.
func (f Fleet) All() *Events {
	f = f.complete()
	e := newEvents(f.Events)
	for host := range f.Hosts {
		newHost(f, host).fill(e)
	}
	if f.Shuffled {
		e.shuffle(f.Seed)
	}
	return e
}

func (e *Events) shuffle(seed uint64) {
	random := rand.New(rand.NewPCG(seed, 0x5_1107))
	columns := e.columns()
	random.Shuffle(e.filled, func(i, j int) {
		e.Time[i], e.Time[j] = e.Time[j], e.Time[i]
		for _, c := range columns {
			(*c)[i], (*c)[j] = (*c)[j], (*c)[i]
		}
	})
}

// Frame returns the events as the columns of a Windows 4688 log in Microsoft Sentinel, the
// process ids as numbers; host names are those of the hosts from 0 to hosts-1.
func (e *Events) Frame(hosts int) dataframe.DataFrame {
	names := make([]string, hosts)
	for i := range names {
		names[i] = HostName(i)
	}
	return dataframe.New(
		dataframe.Coded("Computer", e.Host, names),
		dataframe.Nanos("TimeGenerated", e.Time, true),
		numbers("NewProcessId", e.PID),
		dataframe.Coded("NewProcessName", e.Image, Images),
		numbers("ProcessId", e.Parent),
		dataframe.Coded("ParentProcessName", e.ParentImage, Images),
		dataframe.Coded("SubjectUserName", e.User, Users),
		numbers("SubjectLogonId", e.Session),
		commands(commandColumn, e),
	)
}

const commandColumn = "CommandLine"

func numbers(name string, from []int32) dataframe.Column {
	out := make([]int64, len(from))
	for i, v := range from {
		out[i] = int64(v)
	}
	return dataframe.Ints(name, out)
}
