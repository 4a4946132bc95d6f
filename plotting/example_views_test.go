package plotting_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
)

// saved writes a figure where TestExamplesAreGolden looks for it, and says what it shows.
func saved(figure *plotting.Figure, name string) {
	if err := figure.Save(filepath.Join(os.TempDir(), "example_"+name+".svg")); err != nil {
		panic(err)
	}
	fmt.Println(figure)
}

// invoiceTree is the tree of the log of a document that starts a shell.
func invoiceTree() ptree.Tree {
	tree, err := ptree.BuildProcessTree(invoice())
	if err != nil {
		panic(err)
	}
	return tree
}

func ExamplePlotTimeline() {
	saved(plotting.PlotTimeline(invoiceTree(), plotting.ViewOptions{LegendCol: "SubjectUserName"}), "timeline")
	// Output: Timeline of 4 processes
}

func ExamplePlotIcicle() {
	saved(plotting.PlotIcicle(invoiceTree(), plotting.IcicleOptions{Flame: true, Measure: plotting.ByTime}), "icicle")
	// Output: Icicle of 4 processes
}

func ExamplePlotRadial() {
	saved(plotting.PlotRadial(invoiceTree()), "radial")
	// Output: Radial tree of 4 processes
}

func ExamplePlotArcs() {
	saved(plotting.PlotArcs(invoiceTree(), plotting.ViewOptions{Filter: "PC1", Source: "Security.evtx"}), "arcs")
	// Output: Time and depth of 4 processes
}

func ExamplePlotHosts() {
	saved(plotting.PlotHosts(invoiceTree(), plotting.ViewOptions{LegendCol: "SubjectUserName"}), "hosts")
	// Output: Hosts of 4 processes
}

func ExamplePlotOverview() {
	saved(plotting.PlotOverview(invoiceTree(), plotting.ViewOptions{Dark: true}), "overview")
	// Output: Overview of 4 processes
}

func ExamplePlotPoster() {
	poster := plotting.PosterOptions{Paper: plotting.A4, Landscape: true}
	poster.LegendCol, poster.Source = "SubjectUserName", "Security.evtx"
	saved(plotting.PlotPoster(invoiceTree(), poster), "poster")
	// Output: Process tree of 4 processes
}

func ExamplePlotGraph_layered() {
	saved(plotting.PlotGraph(invoiceTree(), plotting.GraphOptions{Layout: plotting.Layered}), "layered")
	// Output: ProcessGraph of 4 processes
}

func ExamplePlotGraph_force() {
	saved(plotting.PlotGraph(invoiceTree(), plotting.GraphOptions{Layout: plotting.Force}), "force")
	// Output: ProcessGraph of 4 processes
}
