package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// tell says what reading and linking met that a person should know.
func (s source) tell(io streams, df dataframe.DataFrame, t ptree.Tree) {
	for _, n := range df.Notes() {
		fmt.Fprintln(io.err, "note:", n)
	}
	if bad := df.Bad(); bad.Total > 0 {
		fmt.Fprintf(io.err, "note: %d bad records, the first: %s\n", bad.Total, bad.First[0])
	}
	hosts := t.Hosts()
	if len(hosts) < 2 {
		if f := t.Findings(); len(f.List) > 0 {
			fmt.Fprint(io.err, f)
		}
		return
	}
	if len(hosts) > hostsTold {
		fmt.Fprint(io.err, findingsOf(t, hosts))
	} else {
		tellEach(io, t, hosts)
	}
	if f := ofNoRow(t); len(f.List) > 0 {
		fmt.Fprint(io.err, f)
	}
}

func tellEach(io streams, t ptree.Tree, hosts []string) {
	for _, host := range hosts {
		f := t.FindingsOn(host)
		if len(f.List) == 0 {
			continue
		}
		for line := range strings.Lines(f.String()) {
			fmt.Fprintf(io.err, "%s: %s", hostLabel(host), line)
		}
	}
}

// hostsTold is of how many hosts each is told of by itself; of more, nobody would read it.
const hostsTold = 10

// findingsOf tells of each kind of finding how many hosts have some, and which has most.
func findingsOf(t ptree.Tree, hosts []string) string {
	type count struct {
		all, most, hosts int
		host             string
	}
	counts := map[ptree.FindingKind]*count{}
	for _, host := range hosts {
		own := map[ptree.FindingKind]int{}
		for _, x := range t.FindingsOn(host).List {
			own[x.Kind]++
		}
		for kind, n := range own {
			c := counts[kind]
			if c == nil {
				c = &count{}
				counts[kind] = c
			}
			c.all, c.hosts = c.all+n, c.hosts+1
			if n > c.most {
				c.most, c.host = n, host
			}
		}
	}
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		c := counts[kind]
		fmt.Fprintf(&b, "%d %s: on %d of %d hosts, %d at most (%s)\n", c.all, kind, c.hosts, len(hosts), c.most, hostLabel(c.host))
	}
	return b.String()
}

// ofNoRow are the findings that are not of a host.
func ofNoRow(t ptree.Tree) *ptree.Findings {
	out := &ptree.Findings{}
	for _, x := range t.Findings().List {
		if x.Row < 0 {
			out.List = append(out.List, x)
		}
	}
	return out
}

// hostLabel is a host's name as people are shown it.
func hostLabel(host string) string {
	if host == "" {
		return "no host named"
	}
	return dataframe.Printable(host, 80)
}
