package viewer

// Live is a tree that a front end shows while the program runs, with what both sides change.
type Live struct {
	// Name is made of what is shown: two trees that look the same have the same.
	Name string
	Data *Data
	View View

	// Now returns what is selected, as runs of rows, and the row whose subtree alone is shown, -1 for all.
	Now func() (runs []int, focus int)
	// Changed is told what a person selected, as runs of rows: from, to, from, to, … (to is
	// exclusive), ascending. It may be called while a cell runs. Runs that the tree cannot have
	// are an error; they come from a page.
	Changed func(runs []int) error
	// Settled is called after Changed, when no cell runs: it may write to variables of cells.
	Settled func()
	// Focused is told which row's subtree alone is shown, -1 for all.
	Focused func(row int)
}

// Page is the far side of a Live.
type Page interface {
	// Mount is the text by which the module finds the outputs that show the tree; see [FrameOptions].
	Mount() string
	// Show is called whenever an output with the mount goes out, first or again.
	Show()
	// Set changes the selection, as runs, and the row whose subtree alone is shown, -1 for all.
	Set(runs []int, focus int)
}

// Open is the door for programs with a front end, such as notebook kernels: they set it to what
// shows a tree live. Where it is nil figures have the frame alone.
var Open func(*Live) Page
