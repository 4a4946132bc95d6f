package ptree

import (
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// Hosts returns the machines of the tree's processes, sorted; "" stands for none named.
func (t Tree) Hosts() []string {
	seen := map[string]bool{}
	var out []string
	for i := range t.Len() {
		if h := t.forest.host(t.position(i)); !seen[h] {
			seen[h] = true
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return out
}

// OnHost returns the tree's processes on one machine. A name that the tree does not have is a panic
// with a [*dataframe.KeyError].
func (t Tree) OnHost(host string) Tree {
	out := t.only(func(p int32) bool { return t.forest.host(p) == host })
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
	hosts := dataframe.Column{}
	if t.forest.schema.HostName != "" {
		hosts = asText(t.forest.log.Col(t.forest.schema.HostName))
	}
	for _, x := range t.Findings().List {
		if x.Row >= 0 && (hosts.Len() == 0 && host == "" || hosts.Len() > 0 && hosts.Text(x.Row) == host) {
			out.List = append(out.List, x)
		}
	}
	return out
}
