package main

// What a Windows server does all day. Vendors' programs are invented; those of Windows and of
// Azure's agents stand where they really stand.

const (
	agents   = `C:\WindowsAzure\GuestAgent_2.7.41491.1107_2024-02-12_071503\`
	monitor  = `C:\Program Files\Microsoft Monitoring Agent\Agent\`
	defender = `C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24010.12-0\`
	tools    = `C:\Program Files\Orchard Tools\`
	compiler = `C:\Windows\Microsoft.NET\Framework64\v4.0.30319\`
)

func svchost(group, service string, then ...command) command {
	return run("svchost.exe", `C:\Windows\system32\svchost.exe -k `+group+` -p -s `+service, then...)
}

// script is a batch file with its console.
func script(path string, then ...command) command {
	return run("cmd.exe", `C:\Windows\system32\cmd.exe /c "`+path+`"`, append([]command{console}, then...)...)
}

// shell is PowerShell with its console.
func shell(arguments string, then ...command) command {
	return run(powershell, "powershell.exe "+arguments, append([]command{console}, then...)...)
}

var (
	wmiProvider = run(system32+`wbem\WmiPrvSE.exe`, `C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding`).as(networkService)
	comServer   = run("dllhost.exe", `C:\Windows\system32\DllHost.exe /Processid:{{guid}}`)
	broker      = run("RuntimeBroker.exe", `C:\Windows\System32\RuntimeBroker.exe -Embedding`)

	collector = run(monitor+"MonitoringHost.exe", `"`+monitor+`MonitoringHost.exe" -Embedding`)
	probe     = run("cscript.exe", `"C:\Windows\system32\cscript.exe" /nologo "DiskHealth.vbs" {n} 0 true`, console)
	probeCmd  = run("cmd.exe", `"C:\Windows\system32\cmd.exe" /C typeperf "\Processor(_Total)\% Processor Time" -sc 1`,
		console, run("typeperf.exe", `typeperf  "\Processor(_Total)\% Processor Time" -sc 1`))
	compile = shell(`-NoLogo -NonInteractive -File "ServiceState.ps1"`,
		run(compiler+"csc.exe", `"`+compiler+`csc.exe" /noconfig /fullpaths @"C:\Windows\TEMP\{hex}.cmdline"`,
			run(compiler+"cvtres.exe", compiler+`cvtres.exe /NOLOGO /READONLY /MACHINE:IX86 "/OUT:C:\Windows\TEMP\RES{hex}.tmp"`)))

	guestHealth = run(agents+"WaSecAgentProv.exe", `"`+agents+`WaSecAgentProv.exe" heartbeat -seq {n}`, console)
	guestLogs   = run(agents+"CollectGuestLogs.exe", `"CollectGuestLogs.exe" -Mode:ga -FileName:C:\WindowsAzure\{guid}.zip`,
		console,
		run("cmd.exe", `"C:\Windows\system32\cmd.exe" /c ipconfig /all`, run("ipconfig.exe", `ipconfig  /all`)),
		run("cmd.exe", `"C:\Windows\system32\cmd.exe" /c route print`, run("ROUTE.EXE", `route  print`)))
	logFile = run("netsh.exe", `netsh advfirewall firewall show rule name=all`, console)

	signatures = run(defender+"MpCmdRun.exe", `"`+defender+`MpCmdRun.exe" SignatureUpdate -ScheduleJob -RestrictPrivileges -Reinvoke`,
		console, run(defender+"MpSigStub.exe", `MpSigStub.exe /stub 1.1.24010.{n} /payload 1.405.{n}.0`,
			run("wevtutil.exe", `wevtutil.exe install-manifest C:\Windows\TEMP\{hex}\mp.man`, console)))
	idleScan = run(defender+"MpCmdRun.exe", `"`+defender+`MpCmdRun.exe" Scan -ScheduleJob -ScanTrigger 54 -IdleScheduledJob`, console)

	taskHost = run("taskhostw.exe", `taskhostw.exe`)
	defrag   = run("Defrag.exe", `C:\Windows\system32\defrag.exe -c -h -o -$`, console)
	updater  = run(tools+"OrchardUpdate.exe", `"`+tools+`OrchardUpdate.exe" /ua /source scheduler`,
		run(tools+"OrchardUpdate.exe", `"`+tools+`OrchardUpdate.exe" /ping {guid}`))
	rotation = script(`C:\Scripts\rotate-logs.cmd`,
		run("forfiles.exe", `forfiles /p C:\inetpub\logs /m *.log /d -30 /c "cmd /c del @path"`,
			run("cmd.exe", `cmd /c del "u_ex24{n}.log"`)),
		shell(`-NoProfile -Command "Compress-Archive C:\inetpub\logs\*.log C:\Archive\{n}.zip"`))
	nightly = shell(`-NoProfile -ExecutionPolicy RemoteSigned -File C:\Scripts\nightly-backup.ps1`,
		run("vssadmin.exe", `vssadmin list shadows`),
		run("Robocopy.exe", `robocopy D:\Shares\Verträge E:\Backup\Verträge /MIR /R:2 /LOG:E:\Backup\{n}.log`),
		run(tools+`7z.exe`, `7z.exe a -mx=5 E:\Backup\{n}.7z E:\Backup\Verträge`)).as(backup)
	inventory = script(`C:\Scripts\inventory.cmd`,
		run("systeminfo.exe", `systeminfo /fo csv`),
		run("tasklist.exe", `tasklist /svc /fo csv`),
		run("find.exe", `find /c ","`),
		run("PING.EXE", `ping  -n 2 fileserver.orchard.example`))

	serviceInstaller = run(`C:\Windows\servicing\TrustedInstaller.exe`, ``)
	licensing        = run("sppsvc.exe", ``).as(networkService)
	wmiAdapter       = run(system32+`wbem\WmiApSrv.exe`, ``)
	shadowCopies     = run("VSSVC.exe", `C:\Windows\system32\vssvc.exe`)
	spooler          = run("spoolsv.exe", `C:\Windows\System32\spoolsv.exe`)
	vendor           = run(tools+"OrchardService.exe", `"`+tools+`OrchardService.exe"`, run("cmd.exe", `cmd /c ver`, console))
	installer        = run("msiexec.exe", `C:\Windows\system32\msiexec.exe /V`,
		run("msiexec.exe", `C:\Windows\System32\MsiExec.exe -Embedding {hex}{hex}{hex}{hex} E Global\MSI0000`))
)
