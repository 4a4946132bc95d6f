package ptree

// Snapshot is a list of the processes that run at one moment, as ps, WMI, Velociraptor and
// Volatility give it and package logs reads it. Every process in it is alive, so a process that
// is named as a parent and is not in the list has ended.
var Snapshot = Schema{
	Name:          "snapshot",
	ProcessName:   "name",
	ProcessID:     "pid",
	ParentID:      "ppid",
	TimeStamp:     "start_time",
	CommandLine:   "command_line",
	PathSeparator: "/",
}
