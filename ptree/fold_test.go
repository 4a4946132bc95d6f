package ptree_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// commandsOf is a log of processes with a parent each, -1 for one that is not in the log, named
// and started as the texts say: "image command".
func commandsOf(t testing.TB, parents []int, texts []string) ptree.Tree {
	t.Helper()
	events := make([]event, len(texts))
	commands := make([]string, len(texts))
	image := func(i int) string { name, _, _ := strings.Cut(texts[i], " "); return `C:\` + name }
	for i := range texts {
		e := event{host: "PC", pid: fmt.Sprint(100 + i), name: image(i), parent: "4", parentName: `C:\root.exe`, logon: "0x1", time: int64(i+1) * 1e9}
		if up := parents[i]; up >= 0 {
			e.parent, e.parentName = fmt.Sprint(100+up), image(up)
		}
		events[i] = e
		_, commands[i], _ = strings.Cut(texts[i], " ")
	}
	return mustBuild(t, frameOfEvents(events).With("CommandLine", dataframe.Strings("CommandLine", commands)))
}

// described writes rows down as "parent's row: images ×repeats (processes)".
func described(t ptree.Tree, rows []ptree.FoldRow) []string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%d: %s ×%d (%d)", r.Parent, t.Images(r), r.Repeats(), len(r.Processes)))
	}
	return out
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name    string
		parents []int
		texts   []string
		want    []string
	}{
		{"siblings that differ in numbers only", []int{-1, -1, -1, -1, -1},
			[]string{"a job 1", "a job 22", "b job 1", "a job 333", "a job 0x4f"},
			[]string{"-1: root.exe ×1 (1)", "0: a ×4 (4)", "0: b ×1 (1)"}},
		{"too few", []int{-1, -1, -1}, []string{"a job 1", "a job 2", "a job 3"},
			[]string{"-1: root.exe ×1 (1)", "0: a ×1 (1)", "0: a ×1 (1)", "0: a ×1 (1)"}},
		{"the odd one stays open", []int{-1, -1, -1, -1, -1}, []string{"a x 1", "a x 2", "a y 3", "a x 4", "a x 5"},
			[]string{"-1: root.exe ×1 (1)", "0: a ×4 (4)", "0: a ×1 (1)"}},
		{"children share rows, and those of one are counted together", []int{-1, -1, -1, -1, 0, 0, 1, 1, 2, 2, 3, 3},
			[]string{"a", "a", "a", "a", "b 1", "b 2", "b 1", "b 2", "b 1", "b 2", "b 1", "b 2"},
			[]string{"-1: root.exe ×1 (1)", "0: a ×4 (4)", "1: b ×8 (8)"}},
		{"a chain with what each turn started, and what follows", []int{-1, 0, 0, 2, 3, 3, 5, 6, 6, 8, 9, 9, 11, 12},
			[]string{"p", "h", "c", "p", "h", "c", "p", "h", "c", "p", "h", "c", "x", "y"},
			[]string{"-1: root.exe ×1 (1)", "0: p → c ×4 (8)", "1: h ×4 (4)", "1: x ×1 (1)", "3: y ×1 (1)"}},
	} {
		tree := commandsOf(t, c.parents, c.texts)
		if got := described(tree, tree.Fold()); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: Fold() =\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if got := tree.Fold(ptree.FoldOptions{Fold: ptree.Off}); len(got) != tree.Len() {
			t.Errorf("%s: Fold(Off) has %d rows, want %d", c.name, len(got), tree.Len())
		}
	}
}

// TestFoldedCountsAddUp checks on random trees that every process is in one row, below the row of
// its parent, and that those in a row are alike.
func TestFoldedCountsAddUp(t *testing.T) {
	folded := 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		n := 1 + r.IntN(120)
		parents, texts := make([]int, n), make([]string, n)
		for i := range parents {
			texts[i] = fmt.Sprintf("%s job %d", []string{"a", "b", "c"}[r.IntN(1+int(seed%3))], r.IntN(1000))
			switch parents[i] = r.IntN(i+1) - 1; {
			case seed%4 == 0:
				parents[i] = i - 1
			case seed%4 == 1:
				parents[i] = (i - 1) / 5
			}
		}
		parents[0] = -1
		tree := commandsOf(t, parents, texts)
		rows := tree.Fold()
		rowOf := make([]int, tree.Len())
		for i := range rowOf {
			rowOf[i] = -1
		}
		for i, row := range rows {
			if row.Folded() {
				folded++
			}
			for _, p := range row.Processes {
				if rowOf[p] >= 0 {
					t.Fatalf("seed %d: process %d is in rows %d and %d", seed, p, rowOf[p], i)
				}
				rowOf[p] = i
			}
		}
		up := tree.Parents()
		for p, row := range rowOf {
			if row < 0 {
				t.Fatalf("seed %d: process %d is in no row", seed, p)
			}
			want := -1
			if up[p] >= 0 {
				want = rowOf[up[p]]
			}
			if want != row && want != rows[row].Parent {
				t.Fatalf("seed %d: process %d is in row %d below %d, its parent in row %d", seed, p, row, rows[row].Parent, want)
			}
			if first := tree.At(int(rows[row].Processes[0])); rows[row].Cycle == nil && first.Name != tree.At(p).Name {
				t.Fatalf("seed %d: row %d holds %s and %s", seed, row, first.Name, tree.At(p).Name)
			}
		}
	}
	if folded < 500 {
		t.Errorf("500 random trees have %d folded rows: the test looks at too little", folded)
	}
}

// TestFoldOfDeepAndBroadTrees checks that neither a long chain nor a crowd of siblings is slow or deep.
func TestFoldOfDeepAndBroadTrees(t *testing.T) {
	const n = 60_000
	deep, broad, texts := make([]int, n), make([]int, n), make([]string, n)
	for i := range texts {
		deep[i], broad[i], texts[i] = i-1, -1, []string{"powershell.exe -File x 12", "cmd.exe /c y"}[i%2]
	}
	tree := commandsOf(t, deep, texts)
	if got, want := described(tree, tree.Fold()), []string{"-1: root.exe ×1 (1)", "0: powershell.exe → cmd.exe ×30000 (60000)"}; !slices.Equal(got, want) {
		t.Errorf("Fold(a chain) = %v, want %v", got, want)
	}
	tree = commandsOf(t, broad, texts)
	want := []string{"-1: root.exe ×1 (1)", "0: powershell.exe ×30000 (30000)", "0: cmd.exe ×30000 (30000)"}
	if got := described(tree, tree.Fold()); !slices.Equal(got, want) {
		t.Errorf("Fold(a crowd) = %v, want %v", got, want)
	}
}

func TestFoldedOutline(t *testing.T) {
	tree := commandsOf(t, []int{-1, -1, -1, -1, -1, 4}, []string{"a job 1", "a job 22", "a job 333", "a job 4444", "b x", "\x1b[2J y"})
	var b strings.Builder
	if err := tree.WriteOutline(&b, ptree.Outline{Fold: true}); err != nil {
		t.Fatal(err)
	}
	want := `root.exe  4  before the log
├─ a ×4  1970-01-01 00:00:01 – 1970-01-01 00:00:04  such as job 1
└─ b  104  1970-01-01 00:00:05  x
   └─ \x1b[2J  105  1970-01-01 00:00:06  y
7 processes in 4 lines
`
	if b.String() != want {
		t.Errorf("WriteOutline(Fold) =\n%s\nwant\n%s", b.String(), want)
	}
}

// TestRealLogsFold folds the logs that people have, and checks the sums.
func TestRealLogsFold(t *testing.T) {
	for set, most := range map[string]int{"rarity": 3700, "win": 560, "linux": 700} {
		tree := mustBuild(t, readGolden(t, set).Input)
		sum, rows := 0, tree.Fold()
		for _, r := range rows {
			sum += len(r.Processes)
		}
		if sum != tree.Len() || len(rows) > most {
			t.Errorf("%s: %d rows hold %d processes, want %d in at most %d rows", set, len(rows), sum, tree.Len(), most)
		}
	}
}
