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
// # Windows events
//
// Event logs (evtx), event XML and the JSON of winlogbeat, NXLog, evtx_dump, Velociraptor and
// Get-WinEvent (ConvertTo-Json and Export-Csv) give the same columns. The fields of System are TimeCreated (and the same as
// TimeGenerated, Sentinel's name), EventID, Computer, Channel, Provider, EventRecordID, UserID and
// so on; the process that logged is ExecutionProcessID, so that ProcessId is always the event's
// own. The fields of EventData keep their names: NewProcessName, ProcessGuid, CommandLine. A field
// whose name System has, too, is EventData.Name; values of the same name in one event are Name,
// Name.1, Name.2. Integers and times become such when a column has nothing else; other texts stay,
// so "4.50" is no number.
//
// What a shipper dropped is looked for in the text of Message, and in EventData where that is one
// text of XML or JSON (Sentinel's exports, in CSV, too). Only what is missing is taken, a name
// that Message has twice is not (one may be a command line's), and [dataframe.DataFrame.Notes]
// counts all of it. A time without a zone is taken for UTC unless the record itself shows the
// zone; that is counted as well.
//
// Of an evtx file all chunks are read that have one's first bytes, also where the header does not
// count them (a log copied while it was written). Records in the unused part of a chunk belong to
// an older log: they are counted and not read. A damaged event is a bad record with its place; a
// chunk that does not fit its checksum is noted, since a flipped bit in a text shows nowhere else.
//
// # Snapshots
//
// The lists of running processes of ps, WMI, Volatility and Velociraptor keep their columns, and
// get pid, ppid, name, command_line and start_time in front of them, whatever the tool calls
// these. ps -ef and ps aux give no whole dates, so no start_time: ps -eo pid,ppid,lstart,cmd does.
// Volatility's "N/A" and "-" are nulls.
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
