package ptree

import "github.com/gophertrees/gopherwood/dataframe"

// GetRoots returns the processes without a parent: those that the log does not show being
// created, in the order of their first children.
func GetRoots(t Tree) Tree {
	return t.only(func(p int32) bool { return t.forest.isRoot(p) })
}

// GetRoot returns the root of the tree that the source belongs to. It must be in t.
func GetRoot(t Tree, source any) Process {
	p := t.process(source).position
	for t.forest.parent[p] >= 0 {
		p = t.forest.parent[p]
	}
	if !t.has(p) {
		panic(&dataframe.UsageError{Message: "the root of this process is not in the tree given: ask the whole tree"})
	}
	return t.forest.process(p)
}

// GetRootTree returns all processes of t under the source's root, the root included.
func GetRootTree(t Tree, source any) Tree {
	p := t.process(source).position
	for t.forest.parent[p] >= 0 {
		p = t.forest.parent[p]
	}
	return t.within(p, p+t.forest.size[p])
}
