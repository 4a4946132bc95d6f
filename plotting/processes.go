package plotting

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// processes is what a picture needs to know of a tree, one slice for each fact, in an order in
// which every process follows its parent and its older siblings' descendants.
type processes struct {
	parent   []int32 // place of the parent, -1 for a root
	level    []int32 // 1 for a forest's root
	size     []int32 // of the subtree, the process included
	name     []string
	path     []string
	pid      []string
	command  []string
	user     []string
	host     []string
	time     []time.Time // zero when not known
	end      []time.Time // zero when not known
	inferred []bool
	weak     []bool  // its link to its parent is a guess
	place    []int32 // in the tree that was given

	alive       []time.Time // the last sign of life: the last creation or end in the subtree
	first, last time.Time   // earliest and latest creation; zero when none is known
}

// processesOf reads a tree. A tree that was sorted or filtered is put back in preorder.
func processesOf(t ptree.Tree) *processes {
	parents, depths := t.Parents(), t.Depths()
	order := preorder(parents)
	n := len(order)
	p := &processes{
		parent: make([]int32, n), level: make([]int32, n), size: make([]int32, n), place: order,
		name: make([]string, n), path: make([]string, n), pid: make([]string, n), command: make([]string, n),
		user: make([]string, n), host: make([]string, n), time: make([]time.Time, n), end: endsOf(t, order), weak: weakLinks(t, order), inferred: make([]bool, n),
	}
	moved := make([]int32, n)
	for i, at := range order {
		moved[at] = int32(i)
	}
	for i, at := range order {
		one := t.At(int(at))
		p.parent[i], p.level[i] = -1, depths[at]+1
		if up := parents[at]; up >= 0 {
			p.parent[i] = moved[up]
		}
		p.name[i], p.path[i], p.pid[i], p.time[i] = one.BaseName(), one.Name, one.PID, one.Time
		p.command[i], p.user[i], p.host[i], p.inferred[i] = one.CommandLine(), one.User(), one.Host(), one.Inferred()
	}
	p.measure()
	p.between()
	return p
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// endColumns are where logs and process lists keep when a process ended.
var endColumns = []string{"ExitTime", "ProcessExitTime", "EndTime", "TerminationTime", "exit_time", "end_time"}

// endsOf returns when processes ended: by a column of their own rows, else by the exits of the
// log; zero where it has neither.
func endsOf(t ptree.Tree, order []int32) []time.Time {
	out := make([]time.Time, len(order))
	exits := t.Ends()
	for i, at := range order {
		out[i] = exits[at]
	}
	for _, name := range endColumns {
		if !t.Has(name) {
			continue
		}
		column := t.Col(name)
		if column.Kind() != dataframe.Time {
			continue
		}
		nanos := column.Nanos()
		for i, at := range order {
			if !column.IsNull(int(at)) && nanos[at] != 0 {
				out[i] = time.Unix(0, nanos[at]).UTC()
			}
		}
		return out
	}
	return out
}

// between finds the first and last time, of all and of every subtree.
func (p *processes) between() {
	p.alive = make([]time.Time, len(p.time))
	for i := len(p.time) - 1; i >= 0; i-- {
		p.alive[i] = latest(p.alive[i], latest(p.time[i], p.end[i]))
		if up := p.parent[i]; up >= 0 {
			p.alive[up] = latest(p.alive[up], p.alive[i])
		}
	}
	for _, when := range p.time {
		switch {
		case when.IsZero():
		case p.first.IsZero():
			p.first, p.last = when, when
		case when.Before(p.first):
			p.first = when
		case when.After(p.last):
			p.last = when
		}
	}
}

// measure counts the subtrees.
func (p *processes) measure() {
	for i := len(p.parent) - 1; i >= 0; i-- {
		p.size[i]++
		if up := p.parent[i]; up >= 0 {
			p.size[up] += p.size[i]
		}
	}
}

// preorder returns the places of a forest's members so that each follows its parent; siblings
// keep their order. It uses no recursion, because trees can be very deep.
func preorder(parents []int32) []int32 {
	n := len(parents)
	next := make([]int32, n)    // sibling before, as the lists are filled from their ends
	first := make([]int32, n+1) // first child; of the forest itself at n
	for i := range first {
		first[i] = -1
	}
	for i := n - 1; i >= 0; i-- {
		up := parents[i]
		if up < 0 {
			up = int32(n)
		}
		next[i], first[up] = first[up], int32(i)
	}
	order := make([]int32, 0, n)
	stack := []int32{first[n]}
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		if i < 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		stack[len(stack)-1] = next[i]
		order = append(order, i)
		stack = append(stack, first[i])
	}
	return order
}
