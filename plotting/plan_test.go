package plotting

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"
	"time"
)

// randomForest is a forest of n processes with few names.
func randomForest(seed uint64, n int) *processes {
	random := rand.New(rand.NewPCG(seed, 7))
	parents := make([]int32, n)
	for i := range parents {
		switch parents[i] = -1; {
		case i > 0 && random.IntN(10) < 4:
			parents[i] = int32(i) - 1
		case i > 0 && random.IntN(10) > 0:
			parents[i] = int32(random.IntN(i))
		}
	}
	order := preorder(parents)
	moved := make([]int32, n)
	for i, at := range order {
		moved[at] = int32(i)
	}
	p := &processes{parent: make([]int32, n), size: make([]int32, n), name: make([]string, n)}
	for i, at := range order {
		p.parent[i], p.name[i] = -1, []string{"a", "b", "conhost.exe"}[random.IntN(3)]
		if parents[at] >= 0 {
			p.parent[i] = moved[parents[at]]
		}
	}
	p.measure()
	return p
}

// TestPlanLosesNothing checks that every process is drawn or counted, once, within the rows.
func TestPlanLosesNothing(t *testing.T) {
	for seed := range uint64(300) {
		n := 1 + int(seed*seed)%900
		p := randomForest(seed, n)
		for _, most := range []int{0, 1, 2, 5, 17, 60, 400} {
			got := planRows(p, nil, most)
			if got.drawn+got.folded != n {
				t.Fatalf("planRows(%d processes, %d) drew %d and folded %d", n, most, got.drawn, got.folded)
			}
			if most > 0 && len(got.rows) > most {
				t.Fatalf("planRows(%d processes, %d) = %d rows", n, most, len(got.rows))
			}
			if most > 0 && n > most && len(got.rows) < most/3 {
				t.Errorf("planRows(%d processes, %d) = %d rows only", n, most, len(got.rows))
			}
			checkRows(t, p, got)
		}
	}
}

// checkRows checks that rows follow their parents, in the order of the tree, with the right sums.
func checkRows(t *testing.T, p *processes, got plan) {
	t.Helper()
	drawn, folded := 0, 0
	for i, r := range got.rows {
		if r.parent >= i {
			t.Fatalf("row %d has the later row %d as parent", i, r.parent)
		}
		want := int32(-1)
		if r.parent >= 0 {
			want = got.rows[r.parent].process
		}
		if p.parent[r.process] != want {
			t.Fatalf("row %d is under process %d, want %d", i, want, p.parent[r.process])
		}
		if i > 0 && r.process <= got.rows[i-1].process && r.hidden == 0 {
			t.Fatalf("row %d (process %d) comes after process %d", i, r.process, got.rows[i-1].process)
		}
		if folded += r.hidden; r.hidden == 0 {
			drawn++
		}
	}
	if drawn != got.drawn || folded != got.folded {
		t.Fatalf("the rows draw %d and fold %d, the plan says %d and %d", drawn, folded, got.drawn, got.folded)
	}
}

// TestRepetitionIsFoldedFirst checks that alike siblings give way before anything else.
func TestRepetitionIsFoldedFirst(t *testing.T) {
	events := append([]event{}, office...)
	for i := range 42 {
		events = append(events, event{500 + i, 103, `C:\Windows\System32\ping.exe`, "ping", "ann", 10e9})
	}
	tree := treeOf(t, events)
	got := planRows(processesOf(tree), nil, 10)
	if got.drawn != 7 || got.folded != 42 || len(got.rows) != 8 {
		t.Fatalf("planRows = %d rows, %d drawn, %d folded, want 8, 7, 42", len(got.rows), got.drawn, got.folded)
	}
	for _, r := range got.rows {
		if r.hidden > 0 && len(r.alike) != 42 {
			t.Errorf("the folded row stands for %d alike processes, want 42", len(r.alike))
		}
	}
}

// nested is a forest of repetition within repetition: shells with equal tools, each of them with
// equal helpers.
func nested(shells, tools, helpers int) []event {
	var out []event
	add := func(parent int, name string) int {
		pid := 1000 + len(out)
		out = append(out, event{pid: pid, parent: parent, name: `C:\bin\` + name, command: name, user: "ann", at: time.Duration(len(out)) * time.Second})
		return pid
	}
	root := add(0, "root.exe")
	for range shells {
		shell := add(root, "shell.exe")
		for range tools {
			tool := add(shell, "tool.exe")
			for range helpers {
				add(tool, "helper.exe")
			}
		}
		add(shell, "odd.exe")
	}
	return out
}

// TestNestedRepetition checks that groups within groups are counted once, the outer one first.
func TestNestedRepetition(t *testing.T) {
	p := processesOf(treeOf(t, nested(5, 4, 6)))
	for most := 1; most < 180; most++ {
		got := planRows(p, nil, most)
		if got.drawn+got.folded != len(p.parent) || len(got.rows) > most {
			t.Fatalf("planRows(%d) drew %d, folded %d of %d in %d rows", most, got.drawn, got.folded, len(p.parent), len(got.rows))
		}
		checkRows(t, p, got)
		if again := planRows(p, nil, most); !reflect.DeepEqual(got, again) {
			t.Fatalf("planRows(%d) differs from one call to the next", most)
		}
	}
	// two roots, the first shell with its 30 processes, and one row for the four others
	if got := planRows(p, nil, 33); len(got.rows) != 33 || got.folded != 4*30 {
		t.Errorf("planRows(33) = %d rows and %d folded, want 33 and 120", len(got.rows), got.folded)
	}
}

// TestEqualGroupsFoldInOrder checks that of groups that save as much, the first ones fold first.
func TestEqualGroupsFoldInOrder(t *testing.T) {
	events := []event{{pid: 1, name: `C:\root.exe`}}
	for i := range 30 {
		events = append(events, event{pid: 100 + i, parent: 1, name: `C:\` + strconv.Itoa(i%10) + ".exe", at: time.Duration(i) * time.Second})
	}
	p := processesOf(treeOf(t, events))
	for range 20 {
		var names []string
		for _, r := range planRows(p, nil, 26).rows {
			if r.hidden > 0 {
				names = append(names, p.name[r.process])
			}
		}
		if want := []string{"0.exe", "1.exe", "2.exe"}; !reflect.DeepEqual(names, want) {
			t.Fatalf("planRows folds %v, want %v", names, want)
		}
	}
}

// TestDeepAndBroadTrees has shapes that would take hours if their time grew with the square of
// their size: a chain, one parent of all, and pairs that look alike in many ways.
func TestDeepAndBroadTrees(t *testing.T) {
	const n = 200_000
	for name, parent := range map[string]func(i int) int32{
		"chain": func(i int) int32 { return int32(i) - 1 },
		"broad": func(i int) int32 { return min(int32(i), 1) - 1 },
		"comb":  func(i int) int32 { return int32(i-1) / 2 * 2 },
	} {
		parents := make([]int32, n)
		for i := range parents {
			parents[i] = parent(i)
		}
		parents[0] = -1
		p := &processes{parent: parents, size: make([]int32, n), name: make([]string, n)}
		for i := range p.name {
			p.name[i] = strconv.Itoa(i % 1000)
		}
		p.measure()
		got := planRows(p, nil, 400)
		if got.drawn+got.folded != n || len(got.rows) > 400 {
			t.Errorf("planRows(%s of %d) drew %d and folded %d in %d rows", name, n, got.drawn, got.folded, len(got.rows))
		}
	}
}
