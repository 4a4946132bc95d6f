// Package dataframe is the table that people hold in a notebook: typed columns with real
// nulls, a row index, UTC nanosecond times, and tables that show themselves.
//
// # Data model
//
//	DataFrame   an immutable value; its zero value is an empty frame
//	  Column    a name, a Kind and an Arrow array (dictionary-coded text, nulls as bits)
//	  index     one more column, the rows' labels: 0, 1, 2 … or a key such as proc_key
//
// # Verbs
//
//	rows        Head Tail Sample Slice Take, Where Filter Sort, At Loc
//	columns     Select Drop Rename With, Col Columns, WithIndex ResetIndex
//	summaries   GroupBy Describe, and a column's Mean Sum Min Max Unique ValueCounts …
//	frames      Join Concat
//	in          New FromMaps FromStructs FromGota FromArrow
//	out         WriteCSV WriteJSONL WriteParquet WriteArrow (to a file), ToCSV … (to a writer),
//	            Gota, Arrow, String, HTML
//
// Every verb returns a new frame that shares what it can with the old one; running a cell
// twice gives the same result. gota is the frame that people exchange: every function that
// takes a frame takes a [Frame], which a gota DataFrame is too, and [DataFrame.Gota] gives
// one back.
//
// # Null
//
// A value that is not there is null in every kind; it is shown as pandas shows it, None for
// text, NaN for numbers, NaT for times. NaN among floats is a value to [Column.IsNull], but
// counts as null wherever values are compared, sorted, grouped or summed up.
//
//	Where     no comparison matches null, except Ne; Not turns its predicate round
//	Sort      null comes last, up or down
//	GroupBy   null is a key of its own, the last
//	Join      null equals nothing
//	Mean …    null is left out
//
// # Text from logs
//
// What a frame holds was often written by an attacker. [Printable] makes it safe for
// terminals, pages and pictures; String and HTML use it and are bounded whatever the size.
//
// # Mistakes
//
// What depends on the world (a file, a disk) is reported as an error. What is a mistake in
// the caller's own code (an unknown column, text compared with a number) is a panic with a
// typed value that names what is wrong and the nearest right names: a [*ColumnError], a
// [*KeyError] or a [*UsageError]. A notebook kernel prints them as one line.
package dataframe
