package ptree

import (
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
)

// A log that has forks and exits beside the creations needs no guess at who started whom: the
// lives of all process ids are replayed in order. A fork begins a life, an exec changes its
// image, an exit ends it. https://man7.org/linux/man-pages/man2/fork.2.html

// telling is what a replay knows of an event's parent.
type telling struct {
	parent int32 // row of the log that is the parent, -1 when that is not in it
	kind   LinkKind
}

// life is one use of a process id.
type life struct {
	fork    int32 // the row that began it, -1 when the log does not have it
	creator int32 // the row that stood for the creator when it did so, -1 when unknown
	image   int32 // the row that stands for it now: its latest exec, or its fork once that is kept; -1 for none
}

type place struct{ host, pid int32 }

// replayer goes over the rows of a log once.
type replayer struct {
	host, pid, parent, child []int32        // per row; pid and parent are the schema's columns, child a fork's result
	ended                    []int32        // per row, the exit's process id
	failed                   map[int32]bool // codes of results that are errors
	lives                    map[place]*life
	told                     []telling // per row
	kept                     []int32   // forks that stand for a process of their own
}

// replay decides which rows are processes: every exec, and every fork whose child left a trace of
// its own before it had an image. It returns them in time order and keeps what it learned of
// their parents. A fork without any trace of its child (threads are cloned, too) is a finding.
func (c *lifecycle) replay(log dataframe.DataFrame, creations []int32, s Schema, found *Findings) []int32 {
	r := newReplayer(log, s)
	isFork, isExit := make([]bool, log.Nrow()), make([]bool, log.Nrow())
	for _, row := range c.forks {
		isFork[row] = true
	}
	for _, row := range c.exits {
		isExit[row] = true
	}
	starts := make([]int32, 0, len(creations))
	all := slices.Concat(creations, c.forks, c.exits)
	slices.Sort(all) // rows of one moment happen in the log's order
	byTime(all, c.stamps)
	for _, row := range all {
		switch {
		case isFork[row]:
			r.fork(row)
		case isExit[row]:
			r.exit(row)
		case r.child != nil && r.failed[r.child[row]]:
			// the call returned an error: the image stayed
			found.add(OtherEvent, row, -1)
			continue
		default:
			r.exec(row)
			starts = append(starts, row)
		}
	}
	for _, row := range c.forks {
		if r.told[row].kind == NoLink {
			found.add(UntracedFork, row, -1)
		}
	}
	starts = append(starts, r.kept...)
	slices.Sort(starts)
	byTime(starts, c.stamps)
	c.told = make([]telling, len(starts))
	for i, row := range starts {
		c.told[i] = r.told[row]
	}
	c.forks = r.kept
	return starts
}

func newReplayer(log dataframe.DataFrame, s Schema) *replayer {
	r := &replayer{lives: map[place]*life{}, told: make([]telling, log.Nrow()), host: make([]int32, log.Nrow())}
	var d dictionary
	codes := func(column string) []int32 {
		if column == "" {
			return nil
		}
		coded := d.coding(log.Col(column), -1)
		return coded.all(log.Nrow())
	}
	r.pid, r.parent, r.child, r.ended = codes(s.ProcessID), codes(s.ParentID), codes(s.SyscallResult), codes(s.ExitProcessID)
	r.failed = map[int32]bool{}
	for c, text := range d.words {
		r.failed[int32(c)] = strings.HasPrefix(text, "-")
	}
	if s.HostName != "" {
		r.host, _ = asText(log.Col(s.HostName)).Codes()
	}
	return r
}

// fork begins the child's life. In auditd the row is the parent's and the call returns the
// child; elsewhere the row is the child's.
func (r *replayer) fork(row int32) {
	parent, child := r.parent[row], r.pid[row]
	if r.child != nil {
		parent, child = r.pid[row], r.child[row]
	}
	if child < 0 || r.failed[child] {
		return
	}
	creator := r.lives[place{r.host[row], parent}]
	began := &life{fork: row, creator: -1, image: -1}
	if creator != nil {
		began.creator = r.seen(creator)
	}
	r.lives[place{r.host[row], child}] = began
}

// seen returns the row that stands for a life, and keeps its fork when nothing else does.
func (r *replayer) seen(l *life) int32 {
	if l.image < 0 && l.fork >= 0 {
		l.image = l.fork
		r.kept = append(r.kept, l.fork)
		r.told[l.fork] = telling{l.creator, ByFork}
	}
	return l.image
}

func (r *replayer) exec(row int32) {
	at := place{r.host[row], r.pid[row]}
	l := r.lives[at]
	switch {
	case l == nil:
		l = &life{fork: -1, creator: -1, image: -1}
		r.lives[at] = l
		// the fork was before the log: the parent is the life that has the parent's id now
		if p := r.lives[place{r.host[row], r.parent[row]}]; p != nil && p != l {
			l.creator = r.seen(p)
		}
		r.told[row] = telling{l.creator, ByProcessID}
	case l.image >= 0:
		r.told[row] = telling{l.image, ExecInPlace}
	default:
		r.told[row] = telling{l.creator, ByFork}
		r.told[l.fork] = telling{row, ByFork} // the exec stands for it
	}
	l.image = row
}

func (r *replayer) exit(row int32) {
	at := place{r.host[row], r.ended[row]}
	if l := r.lives[at]; l != nil {
		r.seen(l)
		delete(r.lives, at)
	}
}

// rename gives the forks that stand for a process the child's process id and, as their parent's,
// the one that the row is about.
func (c *lifecycle) rename(events *creations, s Schema) {
	if s.SyscallResult == "" {
		return
	}
	isFork := make(map[int32]bool, len(c.forks))
	for _, row := range c.forks {
		isFork[row] = true
	}
	pid, child := asText(events.log.Col(s.ProcessID)), asText(events.log.Col(s.SyscallResult))
	renamed := func(name string, source dataframe.Column) dataframe.Column {
		own := events.Col(name)
		return texts(name, own.Len(), func(k int) (string, bool) {
			if row := events.entries[k].row; isFork[row] {
				return source.Text(int(row)), !source.IsNull(int(row))
			}
			return own.Text(k), !own.IsNull(k)
		})
	}
	events.replace(renamed(s.ProcessID, child), renamed(s.ParentID, pid))
}
