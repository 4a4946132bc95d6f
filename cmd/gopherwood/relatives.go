package main

import "github.com/gophertrees/gopherwood/ptree"

// The subcommands on one process of a log or of a file of trees.

type descendentsCommand struct {
	source
	shown
	Root string `required:"" help:"The process: its key name|pid|time, or on a file of trees its position." placeholder:"KEY"`
}

func (c descendentsCommand) Run(io streams) error {
	t, err := c.ofStored(io,
		func(file *ptree.ParquetTree) (ptree.Tree, error) {
			return file.Descendents(c.hostAsked(), c.Root, c.query())
		},
		func(t ptree.Tree) ptree.Tree { return ptree.GetDescendents(t, c.Root, c.query()) })
	if err != nil {
		return err
	}
	return c.print(io.out, t)
}

type ancestorsCommand struct {
	source
	As   string `enum:"text,table,json" default:"text" help:"Print an outline (text), a table, or a JSON object a line."`
	Root string `required:"" help:"The process: its key name|pid|time, or on a file of trees its position." placeholder:"KEY"`
}

func (c ancestorsCommand) Run(io streams) error {
	t, err := c.ofStored(io,
		func(file *ptree.ParquetTree) (ptree.Tree, error) { return file.Ancestors(c.hostAsked(), c.Root) },
		func(t ptree.Tree) ptree.Tree { return ptree.GetAncestors(t, c.Root) })
	if err != nil {
		return err
	}
	return shown{As: c.As}.print(io.out, t)
}
