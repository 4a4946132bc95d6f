// Package viewer is the interactive tree: one ES module that draws a process tree in a browser,
// and the Go side that feeds it. It knows pages and columns; it knows nothing of Jupyter.
//
//	ptree.Tree ──► Data ──► Encode ──► the module's model ──► canvas, table, search
//	                                   │
//	                                   └ live in a notebook, in a sandboxed frame, or in a file
//
// The module follows anywidget's contract (https://anywidget.dev/en/afm/): its default export
// has render({model, el}). Whoever shows it gives it a model with these keys:
//
//	key       type         who writes  meaning
//	data      DataView     Go          an encoded [Data]
//	options   object       Go          a [View]
//	selected  int list     both        rows selected, as runs: from, to, from, to, … (to is exclusive), ascending
//	focus     int          both        row whose subtree alone is shown, -1 for all
//	state     object       page        what else a person has set: folds, colouring, sorting, query, scroll
//	theme     text         Go          "light", "dark" or "" for the front end's
//
// Only live, it sends custom messages when it needs values that were not sent at once, and gets
// them as the buffer of the answer:
//
//	{"type": "block", "column": i, "block": j}  ──►  {"type": "block", "column": i, "block": j} + one buffer
//
// Rows are numbered from 0 in the order of [Data].
package viewer
