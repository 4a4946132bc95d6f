package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/plotting"
)

type plotCommand struct {
	source
	Output string `short:"o" required:"" help:"File to write: .png .svg .pdf .html." placeholder:"OUT"`
	Color  string `help:"Colour the processes by this column." placeholder:"COL"`
	Root   string `help:"Only this process and its descendants." placeholder:"KEY"`
	Table  bool   `help:"A table of the processes beneath."`
	Title  string `help:"Title of the picture." placeholder:"T"`
}

func (c plotCommand) Run(io streams) error {
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	figure := plotting.PlotProcessTree(below(t, c.Root), plotting.Options{LegendCol: c.Color, ShowTable: c.Table, Title: c.Title})
	if err := figure.Save(c.Output); err != nil {
		return err
	}
	fmt.Fprintln(io.err, c.Output)
	return nil
}
