package viewer

// Data is a process tree as the module reads it: columns, no objects. Rows are in preorder, so
// that a row's descendants are the rows that follow it. src/data.ts names this struct.
type Data struct {
	Title       string // plain text
	Subtitle    string // what the tree is: counts, the filter that made it
	Fingerprint string // of the forest, part of every selection token

	Parent []int32 // row of the parent, -1 for a root of what is shown
	Depth  []int32 // ancestors in the whole forest, so that a subtree's first row may be deep

	// Position is each row's place in the forest, ascending, which tokens are made of; nil when
	// row i has place i.
	Position []int32

	Flags []Flag // by row; nil when no row has any

	Start []int64 // creation, nanoseconds since 1970 UTC; Unknown when not known
	End   []int64 // end, likewise; nil when no end is known

	// Fold is, for each row, the one that stands for it and for all others with the same while
	// repetition is folded: itself where it has a row of its own, never a later one. nil when nothing
	// repeats. Below a row that stands for several stand the rows of what these started.
	Fold []int32

	// Chains are the rows of Fold that stand for chains, each followed by how many rows a turn of the
	// chain has, and these rows, by whose names the chain is called.
	Chains []int32

	Columns []Column // every column that the hover card and the table show, in their order
	Roles   Roles

	// Total is the number of processes of the tree when it has more than were put in here: the
	// page says how many are left out. 0 when none is.
	Total int

	// Picture is a PNG of the tree for readers whose browser runs no scripts; a page of its own has
	// it. nil when there is none.
	Picture []byte

	encoding encoding
}

// Flag is what is special about one row.
type Flag uint8

// The flags; a row may have several.
const (
	Inferred Flag = 1 << iota // the log does not have the process: it was inferred from its children
	Weak                      // the link to the parent is a guess
	Ended                     // the end of the process is in the log
)

// Unknown is a time that is not known.
const Unknown = -1 << 63

// Roles names the columns that play a part in the picture; "" when there is none.
type Roles struct {
	Key, Name, PID, CommandLine, User, Host string
}

// View says how the tree is first shown.
type View struct {
	ColorBy    string // column that colours the rows; "" colours them by level
	HideLegend bool
	ShowTable  bool
	Height     int // pixels in a notebook; a page of its own uses the window

	// Source is the Go expression of the tree, for copying a query as Go code; default "tree".
	Source string

	// Selected are the rows that are selected at first, as runs: from, to, from, to, … (to is
	// exclusive). Focus is the row whose subtree alone is shown at first; nil for all.
	Selected []int
	Focus    *int
}
