package ptree

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

// TestWordTable adds words and finds them, among them many that are alike.
func TestWordTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	var table wordTable
	place := map[string]int32{}
	for round := range 3 {
		for range 5000 {
			word := strings.Repeat("a", r.IntN(3)) + fmt.Sprint(r.IntN(2000))
			want, known := place[word]
			n, hash := table.find(word)
			if known && n != want || !known && n >= 0 {
				t.Fatalf("round %d: %q has the number %d, want %d (%v)", round, word, n, want, known)
			}
			if !known {
				want = int32(len(place))
				place[word] = want
				if n = table.add(word, hash); n != want {
					t.Fatalf("round %d: %q gets the number %d, want %d", round, word, n, want)
				}
			}
			if table.words[n] != word || table.code(word) != n {
				t.Fatalf("round %d: number %d is %q, want %q", round, n, table.words[n], word)
			}
		}
		table.forget()
		table.words, place = table.words[:0], map[string]int32{}
		if n, _ := table.find("1"); n >= 0 {
			t.Fatalf("round %d: a forgotten word has the number %d", round, n)
		}
	}
}

// TestWordTableOfEqualHashes has two words of one hash.
func TestWordTableOfEqualHashes(t *testing.T) {
	var table wordTable
	_, hash := table.find("b")
	table.add("a", hash)
	if n, _ := table.find("b"); n != -1 {
		t.Fatalf("a word that only shares another's hash has the number %d", n)
	}
	if table.add("b", hash); table.code("b") != 1 {
		t.Errorf("it gets the number %d, want 1", table.code("b"))
	}
}

func TestTextArena(t *testing.T) {
	var a textArena
	texts := []string{"", "a", strings.Repeat("b", arenaBytes-1), "cc", strings.Repeat("d", 3*arenaBytes), "e", ""}
	kept := make([]string, len(texts))
	for i, text := range texts {
		kept[i] = a.keep(text)
	}
	for i, text := range texts {
		if kept[i] != text {
			t.Errorf("text %d is kept as %s, want %s", i, dataframe.Clip(kept[i]), dataframe.Clip(text))
		}
	}
}

// logOfCommands has rows of some hosts that repeat others in all columns, or in all but the command
// line. The first row groups have few command lines, the next many.
func logOfCommands(rows int) dataframe.DataFrame {
	r := rand.New(rand.NewPCG(2, 5))
	at, pid, parent, image := make([]int64, rows), make([]int64, rows), make([]int64, rows), make([]int32, rows)
	host, commands, told := make([]int32, rows), make([]string, rows), make([]bool, rows)
	for i := range rows {
		if k := i - 1 - r.IntN(20); k >= 0 && r.IntN(8) == 0 {
			at[i], pid[i], parent[i], image[i], host[i], commands[i], told[i] = at[k], pid[k], parent[k], image[k], host[k], commands[k], told[k]
			if r.IntN(2) == 0 {
				commands[i] += " again"
			}
			continue
		}
		at[i], pid[i], parent[i] = int64(i)*1e7, int64(r.IntN(50)), int64(r.IntN(50))
		image[i], host[i] = int32(r.IntN(4))-1, int32(i*3/rows)
		told[i] = r.IntN(20) > 0
		switch kind := r.IntN(10); {
		case kind == 0:
		case kind == 1:
			commands[i] = fmt.Sprintf("\xff%d\xfe <script>", i%3)
		case i < rows/2:
			commands[i] = fmt.Sprint("common ", r.IntN(100))
		default:
			commands[i] = fmt.Sprintf("rare %d %s", i, strings.Repeat("x", r.IntN(60)))
		}
	}
	names := []string{`c:\a.exe`, `C:\B.exe`, `c:\b.exe`}
	return dataframe.New(dataframe.Nanos("TimeGenerated", at, true), dataframe.Coded("Computer", host, []string{"one", "two", "three"}),
		dataframe.Ints("NewProcessId", pid), dataframe.Coded("NewProcessName", image, names), dataframe.Ints("ProcessId", parent),
		dataframe.Coded("ParentProcessName", image, names), dataframe.Strings("CommandLine", commands, told))
}

// TestWordsThatAreNotLookedUp builds the same bytes whether equal texts are found or not.
func TestWordsThatAreNotLookedUp(t *testing.T) {
	const rows = 150_000
	df := logOfCommands(rows)
	log := filepath.Join(t.TempDir(), "log.parquet")
	if err := df.WriteParquet(log); err != nil {
		t.Fatal(err)
	}
	build := func(memory int64) (string, string) {
		out := filepath.Join(t.TempDir(), "tree.parquet")
		sum, err := BuildParquet(context.Background(), []string{log}, out, ParquetOptions{Memory: memory})
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		sum.Spilled = 0
		return string(data), sum.String()
	}
	want, told := build(1 << 30)
	defer func(many int) { manyWords = many }(manyWords)
	for _, many := range []int{1, 1000} {
		manyWords = many
		for _, memory := range []int64{1 << 30, 24 << 20} {
			got, sum := build(memory)
			if sum != told {
				t.Errorf("with %d words in %d MB: %s, want %s", many, memory>>20, sum, told)
			}
			if got != want {
				t.Errorf("with %d words in %d MB: the output differs", many, memory>>20)
			}
		}
	}
	if !strings.Contains(told, "exact duplicate") || !strings.Contains(told, "with the key of an earlier one") {
		t.Errorf("the log has no rows that repeat others: %s", told)
	}
}
