package plotting_test

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
)

// invoice is the log of a document that starts a shell.
func invoice() dataframe.DataFrame {
	begin := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	return dataframe.New(
		dataframe.Ints("EventID", []int64{4688, 4688, 4688}),
		dataframe.Times("TimeGenerated", []time.Time{begin, begin.Add(5 * time.Second), begin.Add(6 * time.Second)}),
		dataframe.Strings("Computer", []string{"PC1", "PC1", "PC1"}),
		dataframe.Strings("SubjectUserSid", []string{"S-1-5-21-7", "S-1-5-21-7", "S-1-5-18"}),
		dataframe.Strings("SubjectUserName", []string{"ann", "ann", "SYSTEM"}),
		dataframe.Strings("SubjectLogonId", []string{"0x7", "0x7", "0x7"}),
		dataframe.Strings("TargetLogonId", []string{"0x0", "0x0", "0x0"}),
		dataframe.Strings("NewProcessId", []string{"0x64", "0x65", "0x66"}),
		dataframe.Strings("NewProcessName", []string{`C:\Office\winword.exe`, `C:\Windows\cmd.exe`, `C:\Windows\whoami.exe`}),
		dataframe.Strings("ProcessId", []string{"0x10", "0x64", "0x65"}),
		dataframe.Strings("ParentProcessName", []string{`C:\Windows\explorer.exe`, `C:\Office\winword.exe`, `C:\Windows\cmd.exe`}),
		dataframe.Strings("CommandLine", []string{"winword.exe invoice.docm", "cmd.exe /c whoami", "whoami /all"}),
	)
}

func ExamplePlotProcessTree() {
	tree, err := ptree.BuildProcessTree(invoice())
	if err != nil {
		panic(err)
	}
	figure := plotting.PlotProcessTree(tree, plotting.Options{LegendCol: "SubjectUserName", PIDFormat: plotting.Decimal})
	if err := figure.Save(filepath.Join(os.TempDir(), "example_tree.svg")); err != nil {
		panic(err)
	}
	fmt.Println(figure)
	// Output: ProcessTree of 4 processes
}

func ExampleBuildAndShowProcessTree() {
	figure, err := plotting.BuildAndShowProcessTree(invoice(), plotting.Options{Title: "Invoice", ShowTable: true})
	if err != nil {
		panic(err)
	}
	if err := figure.Save(filepath.Join(os.TempDir(), "example_show.svg")); err != nil {
		panic(err)
	}
	fmt.Println(figure)
	// Output: Invoice of 4 processes
}

func ExamplePlotGraph() {
	tree, err := ptree.BuildProcessTree(invoice())
	if err != nil {
		panic(err)
	}
	figure := plotting.PlotGraph(tree)
	if err := figure.Save(filepath.Join(os.TempDir(), "example_graph.svg")); err != nil {
		panic(err)
	}
	fmt.Println(figure)
	// Output: ProcessGraph of 4 processes
}
