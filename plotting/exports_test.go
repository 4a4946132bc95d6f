package plotting

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// exported is what other programs must find in a figure's files: texts by row, links as the parent's
// and the child's row and whether the link is a guess.
type exported struct {
	Labels       []string `json:"labels"`
	Processes    []int    `json:"processes"`
	Links        [][]any  `json:"links"`
	Mermaid      []string `json:"mermaid"`
	MermaidLinks [][]any  `json:"mermaidLinks"`
}

// TestExports writes the files that the programs of exporttest read, and trees.json, which says
// what they hold, into the folder that EXPORTS names.
func TestExports(t *testing.T) {
	folder := os.Getenv("EXPORTS")
	if folder == "" {
		t.Skip("EXPORTS names no folder for the files that exporttest reads")
	}
	trees := map[string]exported{}
	for name, f := range map[string]*Figure{
		"one":     PlotProcessTree(treeOf(t, office[:1])),
		"office":  PlotProcessTree(treeOf(t, office)),
		"folded":  PlotProcessTree(treeOf(t, nested(9, 4, 6))),
		"wide":    PlotProcessTree(treeOf(t, broad(3000, 9)), Options{Fold: ptree.Off}),
		"deep":    PlotProcessTree(treeOf(t, chain(200))),
		"hostile": hostileTree(t),
	} {
		for _, format := range []string{"mmd", "graphml", "dot", "json"} {
			if err := os.WriteFile(filepath.Join(folder, name+"."+format), written(t, f, format), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		trees[name] = exportOf(f)
	}
	list, err := json.MarshalIndent(trees, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "trees.json"), list, 0o644); err != nil {
		t.Fatal(err)
	}
}

func exportOf(f *Figure) (out exported) {
	t := f.planned(f.rows(mostRowsText))
	for _, r := range t.plan.rows {
		out.Labels = append(out.Labels, t.rowName(r))
		out.Processes = append(out.Processes, max(1, r.hidden))
	}
	out.Links = t.exportedLinks()
	t = f.planned(f.rows(mostRowsMermaid))
	for _, r := range t.plan.rows {
		out.Mermaid = append(out.Mermaid, strings.Join(t.rowLines(r), "\n"))
	}
	out.MermaidLinks = t.exportedLinks()
	return out
}

func (t *treePicture) exportedLinks() [][]any {
	out := [][]any{}
	for i, r := range t.plan.rows {
		if r.parent >= 0 {
			out = append(out, []any{r.parent, i, t.weakLink(r.process)})
		}
	}
	return out
}
