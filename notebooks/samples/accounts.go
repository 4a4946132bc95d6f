package main

// Accounts of the Windows hosts. A number other than 0 as uid marks a person, whose token has no
// administrator's rights.
var (
	system         = account{domain: "WORKGROUP", name: "ORCHARD-SRV01$", sid: "S-1-5-18", logon: "0x3e7"}
	networkService = account{domain: "WORKGROUP", name: "ORCHARD-SRV01$", sid: "S-1-5-20", logon: "0x3e4"}
	localService   = account{domain: "NT AUTHORITY", name: "LOCAL SERVICE", sid: "S-1-5-19", logon: "0x3e5"}
	nobody         = account{domain: "-", name: "-", sid: "S-1-5-18", logon: "0x3e7"} // before anyone can log on
	admin          = account{domain: "ORCHARD-SRV01", name: "mlindqvist", sid: orchard + "1001", logon: "0x4c1a7e2"}
	clerk          = account{domain: "ORCHARD-SRV01", name: "jörg.müller", sid: orchard + "1004", logon: "0x51b03d9", uid: 1}
	backup         = account{domain: "ORCHARD-SRV01", name: "svc_backup", sid: orchard + "1010", logon: "0x6e90f41"}
)

const orchard = "S-1-5-21-1804289383-846930886-1681692777-"

// Accounts of the Linux host. The login user id and the session are -1 for what no login began.
var (
	root    = account{loginUID: -1, session: -1}
	web     = account{uid: 33, gid: 33, loginUID: -1, session: -1}
	metrics = account{uid: 998, gid: 998, loginUID: -1, session: -1}
)
