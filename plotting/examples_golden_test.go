package plotting_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// TestExamplesAreGolden runs the examples and compares the pictures that they save, as gonum's
// plotters do.
func TestExamplesAreGolden(t *testing.T) {
	for name, example := range map[string]func(){
		"tree": ExamplePlotProcessTree, "show": ExampleBuildAndShowProcessTree, "graph": ExamplePlotGraph,
		"timeline": ExamplePlotTimeline, "icicle": ExamplePlotIcicle, "radial": ExamplePlotRadial, "arcs": ExamplePlotArcs,
		"hosts": ExamplePlotHosts, "overview": ExamplePlotOverview, "poster": ExamplePlotPoster, "layered": ExamplePlotGraph_layered, "force": ExamplePlotGraph_force,
	} {
		example()
		path, golden := filepath.Join(os.TempDir(), "example_"+name+".svg"), "testdata/example_"+name+".svg"
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if flag.Lookup("update").Value.String() == "true" {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s: look at both, then run the tests with -update", path, golden)
		}
	}
}
