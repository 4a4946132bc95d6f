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

	ExitEventID:     "4689",
	ExitProcessID:   "ProcessId",
	ExitProcessName: "ProcessName",
}

// Auditd is Linux auditd with the SYSCALL and EXECVE records of an exec merged into one row. Where
// the machine also logs fork, clone, vfork and exit (rows of the type SYSCALL with the columns
// syscall and exit), every process's life is replayed from them.
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

	ForkEventID:   "SYSCALL",
	ExitEventID:   "SYSCALL",
	ExitProcessID: "pid",
	Syscall:       "syscall",
	SyscallResult: "exit",
	CloneFlags:    "clone_flags",
	Architecture:  "arch",
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

	ProcessGUID:       "ProcessGuid",
	ParentGUID:        "ParentProcessGuid",
	ParentCommandLine: "ParentCommandLine",
	ExitEventID:       "5",
	ExitProcessID:     "ProcessId",
	ExitProcessName:   "Image",
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

// Defender is the table DeviceProcessEvents of Microsoft Defender for Endpoint. A process is dated
// by its creation, and by the event (up to a minute later) only where the log has nothing else.
// https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceprocessevents-table
var Defender = Schema{
	Name:          "defender",
	ProcessName:   "FileName",
	ProcessID:     "ProcessId",
	ParentID:      "InitiatingProcessId",
	TimeStamp:     "ProcessCreationTime",
	ParentName:    "InitiatingProcessFileName",
	CommandLine:   "ProcessCommandLine",
	UserName:      "AccountName",
	UserID:        "AccountSid",
	LogonID:       "InitiatingProcessLogonId",
	TargetLogonID: "LogonId",
	HostName:      "DeviceName",
	EventIDColumn: "ActionType",
	EventID:       "ProcessCreated",
	PathSeparator: `\`,

	ProcessGUID:       "ProcessUniqueId",
	ParentGUID:        "InitiatingProcessUniqueId",
	ParentTime:        "InitiatingProcessCreationTime",
	ParentCommandLine: "InitiatingProcessCommandLine",
	EventTime:         "Timestamp",
}

// DefenderInternal is Defender's process events under the names that they have inside Microsoft
// and in msticpy's schema MDE_INT. The parent is the process that asked for the new one
// (InitiatingProcess…), not the one that Windows may have put in its place as the parent.
var DefenderInternal = Schema{
	Name:          "defender_internal",
	ProcessName:   "CreatedProcessName",
	ProcessID:     "CreatedProcessId",
	ParentID:      "InitiatingProcessId",
	TimeStamp:     "CreatedProcessCreationTime",
	ParentName:    "InitiatingProcessName",
	CommandLine:   "CreatedProcessCommandLine",
	UserName:      "CreatedProcessAccountName",
	UserID:        "CreatedProcessAccountSid",
	LogonID:       "InitiatingProcessLogonId",
	TargetLogonID: "LogonId",
	HostName:      "ComputerDnsName",
	PathSeparator: `\`,

	ProcessGUID:       "CreatedProcessStartKey",
	ParentGUID:        "InitiatingProcessStartKey",
	ParentTime:        "InitiatingProcessCreationTime",
	ParentCommandLine: "Process_CommandLine",
}

// defenderByParent reads Defender's internal table where it lacks the process that asked for the
// new one: the parent that Windows recorded serves then.
func defenderByParent() Schema {
	s := DefenderInternal
	s.ParentID, s.ParentName, s.ParentTime = "CreatedProcessParentId", "ParentProcessName", "CreatedProcessParentCreationTimeUtc"
	s.ParentGUID, s.ParentCommandLine = "", ""
	return s
}

// Schemas returns the schemas that [InferSchema] knows.
func Schemas() []Schema {
	return []Schema{Windows4688, Auditd, DefenderInternal, Defender, Sysmon, SysmonLinux, OSQuery, OSQueryEvents, Tetragon, Falco, FireEyeHX, Snapshot}
}
