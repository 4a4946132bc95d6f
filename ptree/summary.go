package ptree

import "fmt"

// Summary counts the processes of a tree. A root has no parent; a leaf started nothing; a
// branch has both parent and children; an isolated process is root and leaf.
type Summary struct {
	Processes         int
	RootProcesses     int
	LeafProcesses     int
	BranchProcesses   int
	IsolatedProcesses int
	LargestTreeDepth  int // levels of the deepest tree, 1 for roots alone
}

// String prints the summary as msticpy's tutorial does.
func (s Summary) String() string {
	return fmt.Sprintf("{'Processes': %d, 'RootProcesses': %d, 'LeafProcesses': %d, 'BranchProcesses': %d, 'IsolatedProcesses': %d, 'LargestTreeDepth': %d}",
		s.Processes, s.RootProcesses, s.LeafProcesses, s.BranchProcesses, s.IsolatedProcesses, s.LargestTreeDepth)
}

// GetSummaryInfo counts the processes of a tree by their role.
func GetSummaryInfo(t Tree) Summary {
	s := Summary{Processes: t.Len(), LargestTreeDepth: GetTreeDepth(t)}
	for i := range t.Len() {
		root, leaf := t.forest.isRoot(t.position(i)), t.forest.isLeaf(t.position(i))
		switch {
		case root && leaf:
			s.RootProcesses++
			s.LeafProcesses++
			s.IsolatedProcesses++
		case root:
			s.RootProcesses++
		case leaf:
			s.LeafProcesses++
		default:
			s.BranchProcesses++
		}
	}
	return s
}

// GetTreeDepth returns the number of levels of the tree given, from its highest process to its
// deepest: 4 for a process with great-grandchildren, 0 for an empty tree.
func GetTreeDepth(t Tree) int {
	if t.Len() == 0 {
		return 0
	}
	least, most := t.forest.depth[t.position(0)], int32(0)
	for i := range t.Len() {
		d := t.forest.depth[t.position(i)]
		least, most = min(least, d), max(most, d)
	}
	return int(most-least) + 1
}
