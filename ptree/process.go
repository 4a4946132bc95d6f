package ptree

import (
	"fmt"
	"strings"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Process is one process of a forest. Its zero value is no process, see [Process.IsZero]; the
// parent of a root is one.
type Process struct {
	Key  string    // name|pid|time, unique within its host
	PID  string    // process id as the log writes it: "0x1f4", "500"
	Name string    // image path as the log writes it; "unknown" when nothing tells it
	Time time.Time // creation in UTC; the zero time when not known, as for an inferred process

	forest   *Forest
	position int32
}

func (f *Forest) process(p int32) Process {
	if p < 0 {
		return Process{}
	}
	pid, known := f.pid(p)
	if !known {
		pid = ""
	}
	return Process{Key: f.key(p), PID: pid, Name: f.image(p), Time: f.created(p), forest: f, position: p}
}

// IsZero reports whether this is no process: the parent of a root.
func (p Process) IsZero() bool { return p.forest == nil }

// BaseName returns the last part of the image path.
func (p Process) BaseName() string {
	if p.IsZero() {
		return ""
	}
	return p.Name[strings.LastIndex(p.Name, p.forest.schema.separator())+1:]
}

// CommandLine returns the command line, "" when the log has none.
func (p Process) CommandLine() string { return p.text(p.schema().CommandLine) }

// User returns the account name, "" when the log has none.
func (p Process) User() string { return p.text(p.schema().UserName) }

// Host returns the machine's name, "" when the log has none.
func (p Process) Host() string {
	if p.IsZero() {
		return ""
	}
	return p.forest.host(p.position)
}

func (p Process) schema() Schema {
	if p.IsZero() {
		return Schema{}
	}
	return p.forest.schema
}

// text returns a column of the log, "" where an inferred process has none.
func (p Process) text(column string) string {
	if column == "" || p.IsZero() || p.Inferred() {
		return ""
	}
	return p.forest.events.Col(column).Text(int(p.forest.number[p.position]))
}

// Inferred reports whether the process is not in the log and known from its children only.
func (p Process) Inferred() bool { return !p.IsZero() && p.forest.inferred(p.position) }

// IsRoot reports whether the process has no parent.
func (p Process) IsRoot() bool { return !p.IsZero() && p.forest.isRoot(p.position) }

// IsLeaf reports whether no process names this one as its parent.
func (p Process) IsLeaf() bool { return !p.IsZero() && p.forest.isLeaf(p.position) }

// IsBranch reports whether the process has a parent and children.
func (p Process) IsBranch() bool { return !p.IsZero() && !p.IsRoot() && !p.IsLeaf() }

// Depth returns the number of ancestors, 0 for a root.
func (p Process) Depth() int {
	if p.IsZero() {
		return 0
	}
	return int(p.forest.depth[p.position])
}

// SourceIndex returns the process's number in the order of creation; inferred parents follow
// all logged processes. Paths are made of these numbers.
func (p Process) SourceIndex() int {
	if p.IsZero() {
		return -1
	}
	return int(p.forest.rank(p.position))
}

// Parent returns the parent, the zero Process for a root.
func (p Process) Parent() Process {
	if p.IsZero() {
		return p
	}
	return p.forest.process(p.forest.parent[p.position])
}

// Children returns the processes that this one started, in the order of their creation.
func (p Process) Children() Tree {
	if p.IsZero() {
		return Tree{}
	}
	return GetChildren(p.forest.tree(), p, Query{ExcludeSource: true})
}

// Path returns the numbers of the ancestors and of the process itself, root first, as msticpy
// writes it: "01000/00007/00012".
func (p Process) Path() string {
	if p.IsZero() {
		return ""
	}
	return p.forest.path(p.position)
}

// Get returns a value of the process's row in the tree's table, nil when it is null.
func (p Process) Get(column string) any {
	if p.IsZero() {
		return nil
	}
	return p.forest.span(p.position, p.position+1).Col(column).Value(0)
}

// Row returns the process's row in the forest's table.
func (p Process) Row() dataframe.Row {
	if p.IsZero() {
		panic(&dataframe.UsageError{Message: "this is no process (the parent of a root): ask IsZero first"})
	}
	return p.forest.frame().At(int(p.position))
}

// String shows the process in one line; the log's text is escaped.
func (p Process) String() string {
	if p.IsZero() {
		return "no process"
	}
	when := "before the log"
	if !p.Time.IsZero() {
		when = p.Time.Format("2006-01-02 15:04:05.000")
	}
	line := fmt.Sprintf("%s (PID %s, %s)", dataframe.Printable(p.Name, 200), dataframe.Printable(p.PID, 40), when)
	if c := p.CommandLine(); c != "" {
		line += ": " + dataframe.Printable(c, 500)
	}
	return line
}

// HTML shows the process's row as a table.
func (p Process) HTML() string {
	if p.IsZero() {
		return "<i>no process</i>"
	}
	return p.Row().HTML()
}
