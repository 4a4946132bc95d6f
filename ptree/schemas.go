package ptree

// The schemas that [InferSchema] knows, in the order in which it tries them. The columns are
// those of the logs as Microsoft Sentinel and the named tools write them.

// Windows4688 is the Windows Security event 4688, "A new process has been created".
// https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4688
var Windows4688 = Schema{
	Name:          "windows4688",
	ProcessName:   "NewProcessName",
	ProcessID:     "NewProcessId",
	ParentID:      "ProcessId",
	TimeStamp:     "TimeGenerated",
	ParentName:    "ParentProcessName",
	CommandLine:   "CommandLine",
	UserName:      "SubjectUserName",
	UserID:        "SubjectUserSid",
	LogonID:       "SubjectLogonId",
	TargetLogonID: "TargetLogonId",
	HostName:      "Computer",
	EventIDColumn: "EventID",
	EventID:       "4688",
	PathSeparator: `\`,
}

// Auditd is Linux auditd with the SYSCALL and EXECVE records of an exec merged into one row.
// https://github.com/linux-audit/audit-documentation
var Auditd = Schema{
	Name:          "auditd",
	ProcessName:   "exe",
	ProcessID:     "pid",
	ParentID:      "ppid",
	TimeStamp:     "TimeGenerated",
	CommandLine:   "cmdline",
	UserName:      "acct",
	UserID:        "uid",
	LogonID:       "ses",
	HostName:      "Computer",
	EventIDColumn: "EventType",
	EventID:       "SYSCALL_EXECVE",
	PathSeparator: "/",
}

// Sysmon is Sysmon's event 1, "Process creation".
// https://learn.microsoft.com/sysinternals/downloads/sysmon
var Sysmon = Schema{
	Name:          "sysmon",
	ProcessName:   "Image",
	ProcessID:     "ProcessId",
	ParentID:      "ParentProcessId",
	TimeStamp:     "UtcTime",
	ParentName:    "ParentImage",
	CommandLine:   "CommandLine",
	UserName:      "User",
	LogonID:       "LogonId",
	HostName:      "Computer",
	EventIDColumn: "EventID",
	EventID:       "1",
	PathSeparator: `\`,
}

// OSQuery is osquery's process events with the parent's command line.
// https://osquery.io/schema
var OSQuery = Schema{
	Name:          "osquery",
	ProcessName:   "name",
	ProcessID:     "pid",
	ParentID:      "parent",
	TimeStamp:     "calendarTime",
	ParentName:    "pcmdline",
	CommandLine:   "cmdline",
	UserName:      "username",
	UserID:        "uid",
	PathSeparator: "/",
}

// FireEyeHX is the process event of FireEye (Trellix) Endpoint Security HX.
var FireEyeHX = Schema{
	Name:          "fireeye_hx",
	ProcessName:   "process",
	ProcessID:     "pid",
	ParentID:      "parentpid",
	TimeStamp:     "starttime",
	ParentName:    "parentprocess",
	CommandLine:   "processcmdline",
	UserName:      "username",
	HostName:      "hostname",
	EventIDColumn: "eventtype",
	EventID:       "start",
	PathSeparator: `\`,
}

// Schemas returns the schemas that [InferSchema] knows.
func Schemas() []Schema { return []Schema{Windows4688, Auditd, Sysmon, OSQuery, FireEyeHX, Snapshot} }
