package ptree_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

type event struct {
	host, pid, name, parent, parentName, logon string
	time                                       int64 // nanoseconds
}

var names = []string{`C:\Windows\a.exe`, `C:\Windows\B.EXE`, `c:\windows\b.exe`, `C:\Temp\c.exe`}

// randomEvents makes logs with few pids, names and times, so that reuse, ties, self-parents,
// cycles and missing parents all happen.
func randomEvents(r *rand.Rand, hosts, n int) []event {
	out := make([]event, n)
	pick := func(k int) int { return r.IntN(k) }
	for i := range out {
		out[i] = event{
			host: fmt.Sprintf("HOST%d", pick(hosts)), pid: fmt.Sprintf("0x%x", 4+4*pick(6)), name: names[pick(len(names))],
			parent: fmt.Sprintf("0x%x", 4+4*pick(6)), parentName: names[pick(len(names))], logon: fmt.Sprintf("0x%x", pick(2)),
			time: int64(pick(n)) * 1_000_000_000,
		}
	}
	return out
}

func frameOfEvents(events []event) dataframe.DataFrame {
	text := func(name string, get func(event) string) dataframe.Column {
		values := make([]string, len(events))
		for i, e := range events {
			values[i] = get(e)
		}
		return dataframe.Strings(name, values)
	}
	times := make([]int64, len(events))
	for i, e := range events {
		times[i] = e.time
	}
	return dataframe.New(
		dataframe.Nanos("TimeGenerated", times, true),
		text("Computer", func(e event) string { return e.host }),
		text("NewProcessId", func(e event) string { return e.pid }),
		text("NewProcessName", func(e event) string { return e.name }),
		text("ProcessId", func(e event) string { return e.parent }),
		text("ParentProcessName", func(e event) string { return e.parentName }),
		text("SubjectLogonId", func(e event) string { return e.logon }))
}

func mustBuild(t testing.TB, df dataframe.DataFrame) ptree.Tree {
	t.Helper()
	tree, err := ptree.BuildProcessTree(df)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestLinkingAgreesWithOracle holds the builder against a plain quadratic reading of the rules.
func TestLinkingAgreesWithOracle(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		events := randomEvents(r, 1+r.IntN(3), 1+r.IntN(40))
		tree := mustBuild(t, frameOfEvents(events))
		want := oracle(events)
		for i := range tree.Len() {
			p := tree.At(i)
			if p.Inferred() {
				continue
			}
			id := p.Host() + "|" + p.Key
			parent := p.Parent()
			got := parent.Host() + "|" + parent.Key
			if w := want[id]; w != "" && got != w {
				t.Fatalf("seed %d: parent of %s = %s, want %s", seed, id, got, w)
			}
		}
		checkShape(t, tree)
	}
}

// oracle returns every process's parent by the as-of rule; "" where a self-parent or a tie
// inside a possible cycle makes the answer the builder's own choice.
func oracle(events []event) map[string]string {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b event) int { return int(a.time - b.time) })
	sorted = dedupe(sorted)
	key := func(e event) string {
		return e.host + "|" + strings.ToLower(e.name) + "|" + e.pid + "|" + time.Unix(0, e.time).UTC().Format("2006-01-02 15:04:05.000000")
	}
	out := map[string]string{}
	for i, e := range sorted {
		if _, done := out[key(e)]; done {
			continue
		}
		best := -1
		for j, p := range sorted {
			if p.host == e.host && p.pid == e.parent && strings.EqualFold(p.name, e.parentName) && p.time <= e.time {
				best = j
			}
		}
		switch {
		case best < 0:
			out[key(e)] = e.host + "|" + strings.ToLower(e.parentName) + "|" + e.parent + "|1970-01-01 00:00:00.000000"
		case best == i || sorted[best].time == e.time:
			out[key(e)] = ""
		default:
			out[key(e)] = key(sorted[best])
		}
	}
	return out
}

func dedupe(events []event) []event {
	seen := map[event]bool{}
	var out []event
	for _, e := range events {
		if !seen[e] {
			out = append(out, e)
		}
		seen[e] = true
	}
	return out
}

// checkShape checks what every forest must be: each process once, parents before children on
// the same host and not later, depths and subtree sizes right.
func checkShape(t *testing.T, tree ptree.Tree) {
	t.Helper()
	wantAllUnderRoots(t, tree)
	paths := tree.Col("path").Strings()
	for i := range tree.Len() {
		p := tree.At(i)
		parent := p.Parent()
		if parent.IsZero() != p.IsRoot() || p.IsRoot() != p.Inferred() {
			t.Fatalf("%s: root %v, inferred %v, parent %v", p.Key, p.IsRoot(), p.Inferred(), parent)
		}
		if p.IsRoot() {
			continue
		}
		if parent.Host() != p.Host() || parent.Depth() != p.Depth()-1 || parent.Time.After(p.Time) {
			t.Fatalf("%s (host %s, depth %d) is under %s (host %s, depth %d)", p.Key, p.Host(), p.Depth(), parent.Key, parent.Host(), parent.Depth())
		}
		under := 0
		for _, path := range paths {
			if path == p.Path() || strings.HasPrefix(path, p.Path()+"/") {
				under++
			}
		}
		if n := ptree.GetDescendents(tree, p).Len(); n != under {
			t.Fatalf("%s has %d processes in its subtree, %d paths are below its own", p.Key, n, under)
		}
	}
}

func wantAllUnderRoots(t *testing.T, tree ptree.Tree) {
	t.Helper()
	n := 0
	roots := ptree.GetRoots(tree)
	for i := range roots.Len() {
		n += ptree.GetDescendents(tree, roots.At(i)).Len()
	}
	if n != tree.Len() {
		t.Fatalf("%d processes under the roots, want %d", n, tree.Len())
	}
}

// TestHostsDoNotMix builds every host alone and all together: the trees must be the same.
func TestHostsDoNotMix(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		events := randomEvents(r, 3, 60)
		all := mustBuild(t, frameOfEvents(events))
		for h := range 3 {
			host := fmt.Sprintf("HOST%d", h)
			var own []event
			for _, e := range events {
				if e.host == host {
					own = append(own, e)
				}
			}
			if own == nil {
				continue
			}
			alone := mustBuild(t, frameOfEvents(own))
			together := all.Where(dataframe.Eq("Computer", host))
			if a, b := alone.Keys(), together.Keys(); !slices.Equal(a, b) {
				t.Fatalf("seed %d, %s: alone\n%s\ntogether\n%s", seed, host, strings.Join(a, "\n"), strings.Join(b, "\n"))
			}
		}
	}
}

// TestOrderOfRowsDoesNotMatter shuffles logs whose times are all different.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 3))
		events := randomEvents(r, 2, 50)
		for i := range events {
			events[i].time = int64(i) * 1_000_000_000
		}
		want := mustBuild(t, frameOfEvents(events)).String()
		r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		if got := mustBuild(t, frameOfEvents(events)).String(); got != want {
			t.Fatalf("seed %d: shuffled\n%s\nwant\n%s", seed, got, want)
		}
	}
}

// TestDeepAndTied builds a chain of one moment and a chain as deep as the log: neither may
// take quadratic time or overflow.
func TestDeepAndTied(t *testing.T) {
	const n = 100_000
	for _, step := range []int64{0, 1_000_000} {
		events := make([]event, n)
		for i := range events {
			events[i] = event{host: "H", pid: fmt.Sprint(i), name: "a", parent: fmt.Sprint((i + n - 1) % n), parentName: "a", logon: "0", time: int64(i) * step}
		}
		tree := mustBuild(t, frameOfEvents(events))
		if d := ptree.GetTreeDepth(tree); d != n+1 {
			t.Errorf("a chain of %d with steps of %d ns has depth %d, want %d", n, step, d, n+1)
		}
	}
}

func TestHostileText(t *testing.T) {
	bad := "<script>alert(1)</script>\x1b[31m\u202egpj.exe\u202c " + strings.Repeat("A", 1<<20)
	df := dataframe.New(
		dataframe.Nanos("TimeGenerated", []int64{1_000_000_000}, true),
		dataframe.Strings("Computer", []string{bad}), dataframe.Strings("NewProcessId", []string{bad}),
		dataframe.Strings("NewProcessName", []string{bad}), dataframe.Strings("ProcessId", []string{bad}),
		dataframe.Strings("ParentProcessName", []string{bad}), dataframe.Strings("CommandLine", []string{bad}))
	tree := mustBuild(t, df)
	p := tree.At(1)
	for what, text := range map[string]string{"String": tree.String(), "HTML": tree.HTML(), "Process.String": p.String(), "Process.HTML": p.HTML(),
		"TreeToText": ptree.TreeToText(tree)} {
		if strings.ContainsAny(text, "\x1b\u202e\u202c") {
			t.Errorf("%s holds raw control characters", what)
		}
		if strings.Contains(what, "HTML") && strings.Contains(text, "<script>") {
			t.Errorf("%s holds a raw script element", what)
		}
		if what != "TreeToText" && len(text) > 50_000 {
			t.Errorf("%s of a megabyte of text takes %d bytes, want it cut", what, len(text))
		}
	}
}
