package ptree_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestHostsOfATree holds what is asked host by host against what all processes and rows say of themselves.
func TestHostsOfATree(t *testing.T) {
	schema := ptree.Windows4688
	schema.CommandLine, schema.UserName, schema.UserID, schema.TargetLogonID = "", "", "", ""
	df := containers(1, 30, 900, true)
	log := df.Col("Computer").Strings()
	tree := mustBuildWith(t, df, schema)
	for name, some := range map[string]ptree.Tree{"all": tree, "some": tree.Head(tree.Len() / 2), "sorted": tree.Sort("NewProcessId")} {
		byHost := map[string][]string{}
		for i := range some.Len() {
			p := some.At(i)
			byHost[p.Host()] = append(byHost[p.Host()], p.Key)
		}
		var hosts []string
		for host, want := range byHost {
			hosts = append(hosts, host)
			if got := some.OnHost(host).Keys(); !slices.Equal(got, want) {
				t.Errorf("%s: OnHost(%q) = %d processes, want %d", name, host, len(got), len(want))
			}
		}
		slices.Sort(hosts)
		if got := some.Hosts(); !slices.Equal(got, hosts) {
			t.Errorf("%s: Hosts() = %q, want %q", name, got, hosts)
		}
	}
	all := 0
	for _, host := range slices.Compact(slices.Sorted(slices.Values(log))) { // those without processes, too
		var want []ptree.Finding
		for _, x := range tree.Findings().List {
			if x.Row >= 0 && log[x.Row] == host {
				want = append(want, x)
			}
		}
		if got := tree.FindingsOn(host).List; !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("FindingsOn(%q) = %d, want %d and some", host, len(got), len(want))
		}
		all += len(want)
	}
	if n := len(tree.Findings().List); all == 0 || all > n {
		t.Errorf("%d findings on hosts of %d", all, n)
	}
	defer func() {
		if _, ok := recover().(*dataframe.KeyError); !ok {
			t.Error("OnHost of a host that has no process: want a panic that names it")
		}
	}()
	tree.OnHost("HOST7")
}

// TestHostsOfALogWithoutHosts has one host, which has no name.
func TestHostsOfALogWithoutHosts(t *testing.T) {
	df := frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 5)), 1, 50)).Drop("Computer")
	tree := mustBuild(t, df)
	if got := tree.Hosts(); !slices.Equal(got, []string{""}) {
		t.Errorf("Hosts() = %q, want one without a name", got)
	}
	if got := tree.OnHost("").Len(); got != tree.Len() {
		t.Errorf("OnHost(\"\") has %d processes, want all %d", got, tree.Len())
	}
	if got, all := tree.FindingsOn("").List, tree.Findings().List; len(got) == 0 || len(got) > len(all) {
		t.Errorf("FindingsOn(\"\") = %d findings of %d", len(got), len(all))
	}
}
