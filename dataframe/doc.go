// Package dataframe is the table that people hold in a notebook: typed columns with real
// nulls, a row index, UTC nanosecond times, and tables that show themselves.
//
// # Data model
//
//	DataFrame   an immutable value; its zero value is an empty frame
//	  Column    a name, a Kind and an Arrow array (dictionary-coded text, nulls as bits)
//	  index     one more column, the rows' labels: 0, 1, 2 … or a key such as proc_key
//
// Every verb returns a new frame that shares what it can with the old one; running a cell
// twice gives the same result. gota is the frame that people exchange: every function that
// takes a frame takes a [Frame], which a gota DataFrame is too, and [DataFrame.Gota] gives
// one back.
//
// # Mistakes
//
// What depends on the world (a file, a disk) is reported as an error. What is a mistake in
// the caller's own code (an unknown column, text compared with a number) is a panic with a
// typed value that names what is wrong and the nearest right names: a [*ColumnError], a
// [*KeyError] or a [*UsageError]. A notebook kernel prints them as one line.
package dataframe
