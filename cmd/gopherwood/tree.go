package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/ptree"
)

type treeCommand struct {
	source
	Root  string `help:"Only this process and its descendants." placeholder:"KEY"`
	Fold  bool   `help:"Repetition becomes one line with its count."`
	Depth int    `help:"Only this many levels; 0 is all." placeholder:"N"`
}

func (c treeCommand) Run(io streams) error {
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	t = below(t, c.Root)
	hosts := t.Hosts()
	if len(hosts) < 2 {
		return t.WriteOutline(io.out, ptree.Outline{MaxDepth: c.Depth, Fold: c.Fold})
	}
	for i, host := range hosts {
		one := t.OnHost(host)
		if i > 0 {
			fmt.Fprintln(io.out)
		}
		fmt.Fprintf(io.out, "%s: %d processes\n", hostLabel(host), one.Len())
		if err := one.WriteOutline(io.out, ptree.Outline{MaxDepth: c.Depth, Fold: c.Fold}); err != nil {
			return err
		}
	}
	return nil
}

// below is the subtree of a key, the whole tree without one.
func below(t ptree.Tree, key string) ptree.Tree {
	if key == "" {
		return t
	}
	return ptree.GetDescendents(t, key)
}
