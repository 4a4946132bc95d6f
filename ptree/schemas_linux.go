package ptree

// Tetragon is Cilium Tetragon's event process_exec. exec_id is an identity, so links do not rest on
// process ids where the parent's is there.
// https://tetragon.io/docs/reference/grpc-api
var Tetragon = Schema{
	Name:          "tetragon",
	ProcessName:   "binary",
	ProcessID:     "pid",
	ParentID:      "parent_pid",
	TimeStamp:     "start_time",
	ParentName:    "parent_binary",
	CommandLine:   "arguments",
	UserID:        "uid",
	HostName:      "node_name",
	EventIDColumn: "event_type",
	EventID:       "process_exec",
	PathSeparator: "/",

	ProcessGUID:     "exec_id",
	ParentGUID:      "parent_exec_id",
	ParentTime:      "parent_start_time",
	EventTime:       "time",
	ExitEventID:     "process_exit",
	ExitProcessID:   "pid",
	ExitProcessName: "binary",
}

// Falco is Falco's alerts about execve. A rule's output must hold the fields proc.exepath, proc.pid
// and proc.ppid; only processes that a rule matched are there.
// https://falco.org/docs/reference/rules/supported-fields
var Falco = Schema{
	Name:          "falco",
	ProcessName:   "proc.exepath",
	ProcessID:     "proc.pid",
	ParentID:      "proc.ppid",
	TimeStamp:     "time",
	CommandLine:   "proc.cmdline",
	UserName:      "user.name",
	HostName:      "hostname",
	EventIDColumn: "evt.type",
	EventID:       "execve",
	PathSeparator: "/",
}

// OSQueryEvents is osquery's table process_events, which has the image's path and the time of the
// start itself; [OSQuery] is its table processes joined with itself.
// https://osquery.io/schema#process_events
var OSQueryEvents = Schema{
	Name:          "osquery_events",
	ProcessName:   "path",
	ProcessID:     "pid",
	ParentID:      "parent",
	TimeStamp:     "time",
	CommandLine:   "cmdline",
	UserID:        "uid",
	HostName:      "hostIdentifier",
	EventIDColumn: "action",
	EventID:       "added",
	PathSeparator: "/",
}

// SysmonLinux is the event 1 of Sysmon for Linux, which has the columns of [Sysmon]: the column
// Provider tells which of the two wrote an event.
// https://github.com/microsoft/SysmonForLinux
var SysmonLinux = onLinux(Sysmon)

func onLinux(s Schema) Schema {
	s.Name, s.PathSeparator = s.Name+"_linux", "/"
	return s
}
