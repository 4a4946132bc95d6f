package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/ptree"
)

type treeCommand struct {
	source
	shown
	Root string `help:"Only this process and its descendants: its key name|pid|time, or on a file of trees its position." placeholder:"KEY"`
}

func (c treeCommand) Run(io streams) error {
	t, err := c.ofStored(io, c.ask, func(t ptree.Tree) ptree.Tree { return below(t, c.Root) })
	if err != nil {
		return err
	}
	hosts := t.Hosts()
	if len(hosts) < 2 || c.As != "text" {
		return c.print(io.out, t)
	}
	for i, host := range hosts {
		one := t.OnHost(host)
		if i > 0 {
			fmt.Fprintln(io.out)
		}
		fmt.Fprintf(io.out, "%s: %d processes\n", hostLabel(host), one.Len())
		if err := c.print(io.out, one); err != nil {
			return err
		}
	}
	return nil
}

func (c treeCommand) ask(file *ptree.ParquetTree) (ptree.Tree, error) {
	if c.Root == "" {
		return file.Host(c.hostAsked())
	}
	return file.Root(c.hostAsked(), c.Root)
}

// below is the subtree of a key, the whole tree without one.
func below(t ptree.Tree, key string) ptree.Tree {
	if key == "" {
		return t
	}
	return ptree.GetDescendents(t, key)
}
