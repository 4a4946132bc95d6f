package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/plotting"
	"github.com/gophertrees/gopherwood/ptree"
)

type plotCommand struct {
	source
	Output string `short:"o" required:"" help:"File to write: .png .tiff .svg .pdf .eps .html, or the tree for other programs: .dot .mmd .graphml .json." placeholder:"OUT"`
	Color  string `help:"Colour the processes by this column." placeholder:"COL"`
	Root   string `help:"Only this process and its descendants." placeholder:"KEY"`
	Table  bool   `help:"A table of the processes beneath."`
	Fold   string `help:"What becomes of repetition: auto gives it one row, off every process its own." enum:"auto,off" default:"auto"`
	DPI    int    `help:"Pixels of an inch of .png and .tiff." default:"96" name:"dpi"`
	Title  string `help:"Title of the picture." placeholder:"T"`
}

func (c plotCommand) Run(io streams) error {
	if err := c.spares(c.Output); err != nil {
		return err
	}
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	options := plotting.Options{LegendCol: c.Color, ShowTable: c.Table, Title: c.Title}
	if c.Fold == "off" {
		options.Fold = ptree.Off
	}
	if c.DPI != 96 {
		options.DPI = c.DPI
	}
	figure := plotting.PlotProcessTree(below(t, c.Root), options)
	if err := figure.Save(c.Output); err != nil {
		return err
	}
	fmt.Fprintln(io.err, c.Output)
	return nil
}
