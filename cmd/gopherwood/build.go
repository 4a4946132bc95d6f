package main

import (
	"errors"
	"fmt"
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
	}
	write, ok := writers[filepath.Ext(c.Output)]
	if !ok {
		return usageError{fmt.Errorf("%s: end the file's name with .parquet, .arrow, .csv or .jsonl", c.Output)}
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
