// Package viewer is the interactive tree: one ES module that draws a process tree in a browser,
// and the Go side that feeds it. It knows pages and columns; it knows nothing of Jupyter.
//
//	ptree.Tree ──► Data ──► Encode ──► the module's model ──► canvas, table, search
//	                                   │
//	                                   └ live in a notebook, in a sandboxed frame, or in a file
//
// The module follows anywidget's contract (https://anywidget.dev/en/afm/): its default export
// has initialize({model}) and render({model, el}). Whoever shows it gives it a model with these
// keys:
//
//	key       type         who writes  meaning
//	data      DataView     Go          an encoded [Data], by [Data.Encode] or [Data.EncodeFor]
//	options   object       Go          a [View], its fields by their Go names
//	mount     text         Go          where initialize shows the tree: in every element of the page with this data-gopherwood
//	selected  int list     both        rows selected, as runs: from, to, from, to, … (to is exclusive), ascending
//	focus     int          both        row whose subtree alone is shown, -1 for all
//	state     object       page        what else a person has set: folds, colouring, sorting, query, scroll
//	theme     text         Go          "light", "dark" or "" for the front end's
//
// Only live, it sends custom messages when it needs values that were not sent at once, and gets
// them as the buffer of the answer, what [Data.Block] returns:
//
//	{"type": "block", "column": i, "block": j}  ──►  {"type": "block", "column": i, "block": j} + one buffer
//
// With a mount, no widget is displayed: the output is what [Frame] returns, which every saved
// notebook shows, and the module, which anywidget runs when the comm opens, finds it in the
// notebook's page, hides what is in it and draws there. When the model goes, the tree that is
// drawn stays and can still be read.
//
// Rows are numbered from 0 in the order of [Data].
//
// A page that no kernel answers gives a selection as a token, which ptree.FromToken reads: base64
// (of URLs, without padding) of the bytes 1; the four of Fingerprint, which is eight hexadecimal
// digits; unsigned varints, gap and length in turn for each run of places in the forest; and the
// sum of all bytes before, modulo 256.
package viewer
