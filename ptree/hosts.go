package ptree

import "github.com/gophertrees/gopherwood/dataframe"

// Hosts returns the machines of the tree's processes, sorted; "" stands for none named.
func (t Tree) Hosts() []string {
	if t.forest == nil {
		return nil
	}
	x := t.forest.hosts()
	seen := make([]bool, len(x.names))
	for i := range t.Len() {
		seen[t.forest.hostPlace(x, t.position(i))] = true
	}
	var out []string
	for i, name := range x.names {
		if seen[i] {
			out = append(out, name)
		}
	}
	return out
}

// OnHost returns the tree's processes on one machine. A name that the tree does not have is a panic
// with a [*dataframe.KeyError].
func (t Tree) OnHost(host string) Tree {
	if t.forest == nil {
		panic(&dataframe.KeyError{Key: host})
	}
	x := t.forest.hosts()
	place, known := x.place[host]
	var out Tree
	switch {
	case !known:
	case t.rows == nil && t.Len() == len(t.forest.number):
		out = t.forest.pick(x.processes.group(place))
	default:
		out = t.only(func(p int32) bool { return t.forest.hostPlace(x, p) == place })
	}
	if out.Len() == 0 {
		panic(&dataframe.KeyError{Key: host, Have: t.Hosts()})
	}
	return out
}

// FindingsOn returns what building the forest met on one machine. Findings that concern no row are
// those of all machines and not among them.
func (t Tree) FindingsOn(host string) *Findings {
	out := &Findings{}
	if t.forest == nil {
		return out
	}
	x, all := t.forest.hosts(), t.Findings().List
	if place, known := x.place[host]; known {
		for _, i := range x.findingsOf(all, place) {
			out.List = append(out.List, all[i])
		}
	}
	return out
}
