package ptree_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

func openTree(t testing.TB, path string) *ptree.ParquetTree {
	t.Helper()
	p, err := ptree.OpenParquetTree(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// shownLines are processes as a person sees them, which must not depend on where they come from.
func shownLines(tree ptree.Tree) []string {
	var out []string
	depths, inferred := tree.Depths(), tree.Inferred()
	for i := range tree.Len() {
		p := tree.At(i)
		out = append(out, fmt.Sprint(p.Key, " ", p.PID, " ", p.Name, " ", p.Time, " ", depths[i], " ", inferred[i], " ", p.Host(), " ", p.Link().Kind,
			" ", p.Parent().Key, " ", p.CommandLine()))
	}
	return out
}

// TestParquetQueriesAreTheInMemoryOnes asks both about every process.
func TestParquetQueriesAreTheInMemoryOnes(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 31))
		df := frameOfEvents(randomEvents(r, 3, 120))
		path, _ := buildParquet(t, writeParquet(t, df, 1000), ptree.ParquetOptions{})
		file := openTree(t, path)
		for h := range 3 {
			host := fmt.Sprintf("HOST%d", h)
			memory := mustBuild(t, df.Where(dataframe.Eq("Computer", host)))
			whole, err := file.Host(host)
			if err != nil {
				t.Fatal(err)
			}
			sameRows(t, "host", shownLines(whole), shownLines(memory))
			if a, b := ptree.GetSummaryInfo(whole), ptree.GetSummaryInfo(memory); a.Processes != b.Processes || a.LargestTreeDepth != b.LargestTreeDepth {
				t.Errorf("summary = %v, want %v", a, b)
			}
			for i := range memory.Len() {
				p := memory.At(i)
				below, err := file.Root(host, fmt.Sprint(i))
				if err != nil {
					t.Fatal(err)
				}
				sameRows(t, "below "+p.Key, shownLines(below), shownLines(ptree.GetDescendents(memory, p)))
				above, err := file.Ancestors(host, fmt.Sprint(i))
				if err != nil {
					t.Fatal(err)
				}
				sameRows(t, "above "+p.Key, shownLines(above), shownLines(ptree.GetAncestors(memory, p)))
				if below.String() == "" || below.DataFrame().Nrow() != below.Len() || above.HTML() == "" {
					t.Errorf("the trees around %s cannot be shown", p.Key)
				}
				byKey, err := file.Root(host, p.Key)
				if err != nil && !strings.Contains(err.Error(), "2 processes") {
					t.Fatal(err)
				}
				if err == nil {
					sameRows(t, "by key "+p.Key, shownLines(byKey), shownLines(below))
				}
			}
		}
	}
}

func TestParquetQueryFindsTheHost(t *testing.T) {
	df := frameOfEvents([]event{
		{"A", "1", "a.exe", "0", "init", "0", 1e9}, {"A", "2", "b.exe", "1", "a.exe", "0", 2e9},
		{"B", "1", "a.exe", "0", "init", "0", 1e9}, {"B", "3", "c.exe", "1", "a.exe", "0", 2e9}, {"", "9", "n.exe", "1", "a.exe", "0", 2e9}})
	path, _ := buildParquet(t, writeParquet(t, df, 10), ptree.ParquetOptions{})
	file := openTree(t, path)
	tree, err := file.Root(ptree.AnyHost, "c.exe|3|1970-01-01 00:00:02.000000")
	if err != nil || tree.Len() != 1 || tree.At(0).Host() != "B" {
		t.Errorf("Root(AnyHost, c.exe) = %v, %v", tree, err)
	}
	if tree, err := file.Host(""); err != nil || tree.Len() != 2 {
		t.Errorf("Host of no name = %v, %v, want 2 processes", tree, err)
	}
	for _, c := range []struct{ host, key, want string }{
		{ptree.AnyHost, "a.exe|1|1970-01-01 00:00:01.000000", "several hosts"},
		{ptree.AnyHost, "0", "name the one"},
		{"C", "0", "no process is of the host"},
		{"A", "x", "no process \"x\" on host \"A\""},
		{"A", "7", "has 3 processes"},
	} {
		if _, err := file.Root(c.host, c.key); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Root(%q, %q) = %v, want %q", c.host, c.key, err, c.want)
		}
	}
}

// TestParquetQueryReadsLittle counts bytes: a query reads the footer and its host's row groups.
func TestParquetQueryReadsLittle(t *testing.T) {
	path, _ := buildParquet(t, writeParquet(t, manyHosts(), 1<<20), ptree.ParquetOptions{})
	file := openTree(t, path)
	footer := file.BytesRead()
	if footer > file.Size()/20 {
		t.Errorf("opening reads %d of %d bytes", footer, file.Size())
	}
	tree, err := file.Root("HOST0", "5")
	if err != nil {
		t.Fatal(err)
	}
	if host := tree.Hosts(); !slices.Equal(host, []string{"HOST0"}) {
		t.Errorf("Root(HOST0) is of %v", host)
	}
	if read := file.BytesRead() - footer; read > file.Size()*9/10 {
		t.Errorf("a query reads %d of %d bytes, want no more than one of two row groups", read, file.Size())
	}
}

func TestOpenParquetTreeRefusesOtherFiles(t *testing.T) {
	log := filepath.Join(writeParquet(t, frameOfEvents(randomEvents(rand.New(rand.NewPCG(1, 1)), 1, 5)), 10), "part-0000.parquet")
	text := filepath.Join(t.TempDir(), "text.parquet")
	if err := os.WriteFile(text, []byte("this is no Parquet file at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{log: "holds no trees", text: "cannot be read as Parquet"} {
		if _, err := ptree.OpenParquetTree(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("OpenParquetTree(%s) = %v, want %q", path, err, want)
		}
	}
}
