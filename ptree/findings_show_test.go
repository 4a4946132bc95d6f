package ptree_test

import (
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

func TestFindingsAreListed(t *testing.T) {
	tree := linked(t, flat, lines(t, `
		1 start 10 a 4 s
		1.5 other 99 a
		2 exit 10 a
		9 exit 77 z
		60 start 30 c 10 a`))
	df := tree.Findings().DataFrame()
	var got []string
	for i := range df.Nrow() {
		r := df.At(i)
		got = append(got, strings.TrimSpace(strings.Join([]string{r.Str("what"), df.Col("row").Text(i), df.Col("other").Text(i)}, "/")))
	}
	for _, want := range []string{"rows of other events dropped/1/", "exits of processes whose start is not in the log/3/", "links refused because the process had ended/4/0"} {
		if !strings.Contains(strings.Join(got, "|")+"|", want+"|") {
			t.Errorf("the findings are %v, want %s among them", got, want)
		}
	}
	if x := tree.Findings().Of(ptree.ParentEnded); len(x) != 1 || x[0].Row != 4 || x[0].Other != 0 {
		t.Errorf("Of(ParentEnded) = %+v, want row 4 by row 0", x)
	}
	if h := tree.HTML(); !strings.Contains(h, "links refused because the process had ended") || !strings.Contains(h, "row 4") {
		t.Errorf("the findings are not shown under the tree:\n%s", h)
	}
	if h := tree.Head(2).HTML(); strings.Contains(h, "findings") {
		t.Errorf("a part of the tree shows the findings of all")
	}
}
