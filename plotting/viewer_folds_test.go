package plotting

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestViewerHasThePicturesFolds checks that the page's rows stand for the same processes as those of
// the picture, in a tree in preorder, one that was sorted otherwise, and one of a real log's size.
func TestViewerHasThePicturesFolds(t *testing.T) {
	trees := map[string]ptree.Tree{"nested": treeOf(t, nested(9, 4, 6)), "office": treeOf(t, office)}
	trees["sorted"] = trees["nested"].Sort(dataframe.Desc("TimeGenerated"))
	const log = "../../shared/data/golden/rarity/input.jsonl.gz"
	if _, err := os.Stat(log); err == nil && !testing.Short() {
		if trees["rarity"], err = ptree.BuildProcessTree(goldenInput(t, log)); err != nil {
			t.Fatal(err)
		}
	}
	for name, tree := range trees {
		d := viewerData(tree, processesOf(tree), Options{}.complete())
		count, rows := map[int32]int{}, tree.Fold()
		for row, stands := range d.Fold {
			if count[stands]++; stands > int32(row) || d.Fold[stands] != stands {
				t.Fatalf("%s: row %d is stood for by row %d, want one before it that stands for itself", name, row, stands)
			}
		}
		folded, chains := 0, 0
		for _, r := range rows {
			if r.Folded() {
				folded++
			}
			if r.Cycle != nil {
				chains += 2 + len(r.Cycle)
			}
		}
		if folded == 0 && d.Fold != nil || folded > 0 && len(count) != len(rows) || len(d.Chains) != chains {
			t.Errorf("%s: the page has %d rows, %d numbers of chains, want %d and %d", name, len(count), len(d.Chains), len(rows), chains)
		}
		if off := viewerData(tree, processesOf(tree), Options{Fold: ptree.Off}.complete()); off.Fold != nil || off.Chains != nil {
			t.Errorf("%s: with Off the page folds", name)
		}
		sizes := func(of map[int32]int) []int { return slices.Sorted(maps.Values(of)) }
		want := map[int32]int{}
		for i, r := range rows {
			want[int32(i)] = len(r.Processes)
		}
		if folded > 0 && !slices.Equal(sizes(count), sizes(want)) {
			t.Errorf("%s: the page's rows stand for other numbers of processes than the picture's", name)
		}
	}
}
