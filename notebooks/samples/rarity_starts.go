package main

import (
	"fmt"
	"time"
)

// firstStart is a start of Windows as the log shows it from the first process: the roots 11 to
// 14. System, process 4, has no name in the log. It returns the host of the probes, which can be
// filled up with more of them.
func firstStart(h *host, at time.Duration) *process {
	const minute, hour = time.Minute, time.Hour
	kernel := h.running(4, "", nobody)
	sessions := h.start(kernel, at, run("smss.exe", ""))
	h.play(sessions, at+time.Second, run("autochk.exe", ""), run("smss.exe", "", run("csrss.exe", "")))
	manager := h.start(sessions, at+2*time.Second, run("smss.exe", ""))
	beginning := h.start(manager, at+3*time.Second, run("wininit.exe", ""))
	h.play(beginning, at+4*time.Second, run("lsass.exe", `C:\Windows\system32\lsass.exe`))
	services := h.start(beginning, at+5*time.Second, run("services.exe", `C:\Windows\system32\services.exe`).as(system))
	com := h.start(services, at+6*time.Second, svchost("DcomLaunch", "DcomLaunch"))
	h.repeat(com, at+minute, 12*minute, 440, wmiProvider, comServer, broker)
	h.play(services, at+7*time.Second, spooler, vendor)
	h.repeat(services, at+2*minute, hour, 90, licensing, installer, wmiAdapter, shadowCopies)
	scheduler := h.start(services, at+8*time.Second, svchost("netsvcs", "Schedule"))
	h.repeat(scheduler, at+3*minute, 20*minute, 260, rotation, updater, taskHost)
	h.chain(scheduler, at+10*minute, 500, 9*minute)
	health := h.start(services, at+9*time.Second, run(monitor+"HealthService.exe", `"`+monitor+`HealthService.exe"`))
	host := h.start(health, at+10*time.Second, collector)
	h.repeat(host, at+4*minute, 2*minute, 2600, probe)

	h.service(0x488, tools+"PostureScan.exe", at+30*minute, minute, 2, inventory)
	h.service(0x1ec, compiler+"csc.exe", at+40*minute, minute, 1, run(compiler+"cvtres.exe", compiler+`cvtres.exe /NOLOGO /READONLY`))
	h.service(0xeec, monitor+"MonitoringHost.exe", at+50*minute, 40*minute, 130, probe)
	return host
}

// secondStart is a start of Windows whose first minutes are lost: the roots 15 to 30.
func secondStart(h *host, at time.Duration) {
	const minute, hour = time.Minute, time.Hour
	h.service(0x2bc, system32+"svchost.exe", at, 5*minute, 1370, wmiProvider, comServer, broker)
	h.service(0x398, system32+"svchost.exe", at+time.Minute, 25*minute, 300, svchost("LocalService", "W32Time").as(localService))
	h.service(0x540, agents+"WaAppAgent.exe", at+2*minute, hour, 5, guestHealth)
	h.service(0x7f0, agents+`GuestAgent\WindowsAzureGuestAgent.exe`, at+3*minute, minute, 1, logFile)
	scheduler := h.service(0x148, system32+"svchost.exe", at+4*minute, 45*minute, 150, rotation, updater, taskHost)
	h.chain(scheduler, at+5*minute, 838, 6*minute)
	h.service(0x1e8, `C:\Windows\SoftwareDistribution\Download\Install\AM_Delta_Patch_1.405.512.0.exe`, at+6*minute, minute, 1,
		run(defender+"MpSigStub.exe", `MpSigStub.exe /stub 1.1.24010.2001 /payload 1.405.512.0 /program AM_Delta_Patch_1.405.512.0.exe`))
	h.service(0x6fc, defender+"MsMpEng.exe", at+7*minute, 12*hour, 8, idleScan)
	servicesToPlot(h, at+8*minute)
	h.service(0x14c, system32+"svchost.exe", at+20*minute, minute, 1, run("gpupdate.exe", `gpupdate.exe /target:computer`))
	for i, name := range []string{"PostureScan.exe", "PolicyWriter.exe", "BaselineHost.exe", "PostureScan.exe", "PolicyWriter.exe", "BaselineHost.exe", "PostureScan.exe"} {
		from := at + time.Duration(30+20*i)*minute
		h.service(0x1120+0x40*i, fmt.Sprintf(`%sState\%d\%s`, tools, 60+i, name), from, minute, 1+i%3, logFile)
	}
}

// servicesToPlot is root 22: the service manager of a started Windows, with what is common under
// it, what is rare, and one service that does not belong there.
func servicesToPlot(h *host, at time.Duration) {
	const minute, hour = time.Minute, time.Hour
	services := h.running(0x260, system32+"services.exe", system)
	h.repeat(services, at, 3*hour, 8, licensing, svchost("netsvcs", "wuauserv"), serviceInstaller, installer)
	h.play(services, at+10*minute, spooler, vendor)
	h.play(services, at+11*minute, run(monitor+"HealthService.exe", `"`+monitor+`HealthService.exe"`, with(collector, probe, probe, probeCmd, compile)))
	h.play(services, at+2*hour, run(`C:\Windows\PSEXESVC.exe`, `C:\Windows\PSEXESVC.exe`,
		run("cmd.exe", `"cmd.exe"`, console,
			run("ipconfig.exe", `ipconfig  /all`),
			shell(`-nop -w hidden -enc `+encoded(`Write-Output "A sample log: nothing here has ever run."`),
				run("rundll32.exe", `rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 632 C:\Windows\Temp\ö.dmp full`),
				run("reg.exe", `reg save HKLM\SAM C:\Windows\Temp\s.hiv`)),
			run("vssadmin.exe", `vssadmin delete shadows /all /quiet`))))
}

// with is a command that starts these, too.
func with(c command, then ...command) command {
	c.then = append(append([]command{}, c.then...), then...)
	return c
}

// chain is a watchdog that starts itself anew instead of looping: a batch file starts PowerShell,
// which starts the batch file, which … so that the tree is as deep as the watchdog is old.
func (h *host) chain(parent *process, at time.Duration, levels int, every time.Duration) {
	batch := run("cmd.exe", `C:\Windows\system32\cmd.exe /c "`+tools+`watchdog.cmd"`)
	loop := run(powershell, `powershell.exe -NoProfile -File "`+tools+`watchdog.ps1"`)
	for level := range levels {
		c, beside := batch, []command{console, run("reg.exe", `reg query HKLM\Software\Orchard /v Interval`), run("TIMEOUT.EXE", `timeout  /t 300 /nobreak`)}
		if level%2 == 1 {
			c, beside = loop, []command{console, run("sc.exe", `"C:\Windows\system32\sc.exe" query OrchardService`), run("find.exe", `find "RUNNING"`), run("HOSTNAME.EXE", "hostname")}
		}
		parent = h.start(parent, at, c)
		if level < levels-1 {
			h.play(parent, at+h.pause(), beside...)
		}
		at += every
	}
}
