package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gophertrees/gopherwood/dataframe"
)

type buildCommand struct {
	source
	Output  string   `short:"o" help:"File to write: .parquet .arrow .csv .jsonl." placeholder:"OUT"`
	Memory  size     `help:"Build host by host from Parquet files and folders to Parquet, within so much memory, such as 2GB." placeholder:"SIZE"`
	Columns []string `help:"With --memory or --stream: further columns of the log to carry into the output." placeholder:"COL,…"`
	Folder  string   `help:"With --memory: where to spill what does not fit; default: beside the output." placeholder:"DIR"`
	Resume  bool     `help:"Go on from what an earlier build of the same output has kept."`
	Workers int      `help:"With --memory or --stream: hosts built at once; default: the number of processors." placeholder:"N"`
	Stream  bool     `help:"Read an Arrow IPC stream of whole hosts from standard input and write one to standard output, for engines."`
}

// writers are the formats of tables, by extension.
var writers = map[string]func(dataframe.DataFrame, string) error{
	".parquet": dataframe.DataFrame.WriteParquet,
	".arrow":   dataframe.DataFrame.WriteArrow,
	".csv":     dataframe.DataFrame.WriteCSV,
	".jsonl":   dataframe.DataFrame.WriteJSONL,
}

func (c buildCommand) Run(io streams) error {
	switch {
	case c.Stream:
		return c.stream(io)
	case len(c.File) == 0 || c.Output == "":
		return usageError{errors.New("build needs a FILE and --output=OUT, or --stream")}
	case c.large():
		return c.parquet(io)
	case c.Workers != 0:
		return usageError{errors.New("--workers goes with --memory or --stream")}
	}
	write, ok := writers[filepath.Ext(c.Output)]
	if !ok {
		return usageError{fmt.Errorf("%s: end the file's name with .parquet, .arrow, .csv or .jsonl", c.Output)}
	}
	if err := c.spares(c.Output); err != nil {
		return err
	}
	if !c.Quiet && c.suitsMemory() {
		fmt.Fprintln(io.err, "note: with --memory=2GB, Parquet files are built host by host within that memory, which is much faster for large ones; "+
			"the output then has position, parent, size and depth in place of proc_key, path and the like")
	}
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	if err := write(t.DataFrame(), c.Output); err != nil {
		return err
	}
	fmt.Fprintf(io.err, "%s: %d processes\n", c.Output, t.Len())
	return nil
}

// largeBytes is the size of Parquet files of some million rows.
const largeBytes = 64 << 20

// suitsMemory reports whether the build could go host by host, and would be better for it.
func (c buildCommand) suitsMemory() bool {
	paths, err := c.paths()
	if err != nil || filepath.Ext(c.Output) != ".parquet" || c.Host != "" || len(c.Witness) > 0 || c.Format != "" {
		return false
	}
	bytes := int64(0)
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || filepath.Ext(path) != ".parquet" {
			return false
		}
		bytes += info.Size()
	}
	return bytes >= largeBytes
}
