package main

import (
	"fmt"
	"path/filepath"

	"github.com/gophertrees/gopherwood/dataframe"
)

type buildCommand struct {
	source
	Output string `short:"o" required:"" help:"File to write: .parquet .arrow .csv .jsonl." placeholder:"OUT"`
}

// writers are the formats of tables, by extension.
var writers = map[string]func(dataframe.DataFrame, string) error{
	".parquet": dataframe.DataFrame.WriteParquet,
	".arrow":   dataframe.DataFrame.WriteArrow,
	".csv":     dataframe.DataFrame.WriteCSV,
	".jsonl":   dataframe.DataFrame.WriteJSONL,
}

func (c buildCommand) Run(io streams) error {
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
