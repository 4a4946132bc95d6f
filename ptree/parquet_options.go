package ptree

import (
	"runtime"
)

// A log of many machines needs no memory of its size: machines are independent of each other,
// so that [BuildParquet] builds one after another and writes each before the next. Of a machine that does
// not fit as a whole, only what linking reads is in memory, and the rest goes through files. Its output is a
// table of all processes, a row each, sorted by host and within the host by position: a process
// stands before its descendants, which follow it without a gap. The columns are those of the
// log that play a role in the schema, those that were asked for, and the tree's:
//
//	position    place within the host, from 0
//	parent      position of the parent within the host; null for a root
//	size        processes in the subtree, this one included: rows position to position+size-1
//	depth       0 for a root
//	inferred    the process is in no row of the log; a child tells of it
//	link        what the link to the parent rests on, see [LinkKind]
//	source_row  row of the input, files in the order of their names; null for an inferred process
//
// A column of the log with one of these names gets "_log" behind its own. Rows that are equal in
// all columns that are read count once, as in [BuildProcessTree]. A host's rows are the same bytes
// whatever else is in the build, however much memory and however many workers it has.

// ParquetOptions of [BuildParquet] and [BuildStream]; the zero value is the default.
type ParquetOptions struct {
	Schema       Schema   // default: inferred from the columns
	Columns      []string // further columns of the log to carry into the output
	Memory       int64    // bytes that the build may use; default 1 GiB; what does not fit is spilled
	Folder       string   // where hosts are spilled; default: a folder beside the output, removed at the end
	Workers      int      // hosts built at once; default: the number of processors
	Resume       bool     // go on from what an earlier build of the same output has kept, if there is any
	ShowProgress bool     // a progress bar in the notebook or on the terminal
}

const defaultMemory = 1 << 30

func (o ParquetOptions) complete() ParquetOptions {
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}
