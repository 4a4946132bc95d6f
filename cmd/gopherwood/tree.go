package main

import "github.com/gophertrees/gopherwood/ptree"

type treeCommand struct {
	source
	Root  string `help:"Only this process and its descendants." placeholder:"KEY"`
	Depth int    `help:"Only this many levels; 0 is all." placeholder:"N"`
}

func (c treeCommand) Run(io streams) error {
	t, err := c.tree(io)
	if err != nil {
		return err
	}
	return below(t, c.Root).WriteOutline(io.out, ptree.Outline{MaxDepth: c.Depth})
}

// below is the subtree of a key, the whole tree without one.
func below(t ptree.Tree, key string) ptree.Tree {
	if key == "" {
		return t
	}
	return ptree.GetDescendents(t, key)
}
