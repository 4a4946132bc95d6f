// Package logs reads event logs into data frames.
//
//	df, err := logs.Open("win.pkl")
//	df, err := logs.Open("events.csv.gz", logs.Options{Progress: true})
//	df, err := logs.Read(os.Stdin)
//	df, err := logs.OpenFiles([]string{"audit.log", "audit.log.1"})
//
// # Formats
//
// [Formats] lists what can be read. The format is found from the bytes, never from the name
// alone, so a file may be called anything; [Options] can name one instead. Any of them may be
// compressed by gzip, zstd, xz or zip, which is found from the bytes as well.
//
// Logs of Linux become one row of each event, not of each line or record: the records of an audit
// event are found wherever they stand (auditd); nested JSON becomes columns (tetragon, falco);
// each row of a query's result is a row (osquery); and Sysmon for Linux has the columns of Sysmon
// on Windows (sysmonlinux). [OpenFiles] reads the parts of a rotated log as one, and
// [ExtractEventsToDF] the audit events that Microsoft Sentinel keeps in a table's cells.
//
// # Types
//
// Formats with types (Parquet, Arrow, pickle) keep them. JSON keeps its numbers, texts and
// booleans. CSV has only text: a column becomes integers, numbers, booleans or times when all
// its values are, and stays text otherwise ("007" and "+5" are text: a number would lose them).
// Texts that are date-times of ISO 8601 in every row of a column become times in CSV and JSON.
// Text means what it says: "NA", "None" and "null" are text, not nulls.
//
// # Bad records
//
// A record that cannot be read (a row that is too short, a broken JSON line, bytes that are not
// UTF-8) does not end the reading. It is counted and kept with its place, see
// [dataframe.DataFrame.Bad]. Only when nothing at all could be read is it an error.
//
// # Hostile files
//
// A log is its writer's text, and the writer may be the attacker. No size in a file is trusted,
// nothing in a pickle is ever run, and a small file that decompresses to a huge one is refused
// (see [Options]).
package logs
