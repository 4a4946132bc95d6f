package main

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// windowsSample is win_proc_test: a day of a Windows server in 1,000 events. The roots appear in
// the order in which they are listed here; the third is the task scheduler, which an intruder used.
func windowsSample() dataframe.DataFrame {
	const total, hour = 1000, time.Hour
	h := &host{random: &generator{state: 20240311}, tick: time.Millisecond}

	com := h.running(0x2b8, system32+"svchost.exe", system)
	h.repeat(com, 2*time.Minute, 8*time.Minute, 160, wmiProvider, comServer, wmiProvider, broker, wmiProvider)
	h.play(com, 19*hour+52*time.Minute, lateral)

	h.play(h.running(0x7a4, agents+"CollectGuestLogs.exe", system), 9*time.Minute, logFile)

	scheduler := h.running(0x4d8, system32+"svchost.exe", system)
	h.repeat(scheduler, 11*time.Minute, 3*hour, 6, taskHost, updater, defrag)
	h.repeat(scheduler, 40*time.Minute, 12*hour, 1, rotation)
	h.repeat(scheduler, 3*hour, 5*hour, 3, updater.as(clerk), taskHost.as(clerk), updater.as(admin))
	h.play(scheduler, 19*hour, nightly)
	h.play(scheduler, 20*hour+13*time.Minute, task)

	services := h.running(0x268, system32+"services.exe", system)
	h.repeat(services, 21*time.Minute, hour, 23, svchost("netsvcs", "wuauserv"), serviceInstaller, licensing,
		svchost("LocalService", "W32Time").as(localService), wmiAdapter, shadowCopies)

	monitoring := h.running(0x8c4, monitor+"HealthService.exe", system)
	h.play(monitoring, 24*time.Minute, collector)

	h.play(h.running(0x1c30, agents+"CollectGuestLogs.exe", system), 33*time.Minute, logFile)

	desk := h.running(0x1e5c, `C:\Windows\explorer.exe`, admin)
	h.play(desk, 50*time.Minute, run("mmc.exe", `"C:\Windows\system32\mmc.exe" C:\Windows\system32\eventvwr.msc`),
		run("notepad.exe", `"C:\Windows\system32\NOTEPAD.EXE" C:\Scripts\Übergabe.txt`),
		run("cmd.exe", `"C:\Windows\system32\cmd.exe"`, console, run("ipconfig.exe", `ipconfig`), run("qwinsta.exe", `qwinsta`)))

	agent := h.running(0x5f8, agents+"WaAppAgent.exe", system)
	h.repeat(agent, time.Hour, 56*time.Minute, 24, guestHealth, guestHealth, guestHealth, guestLogs)

	h.repeat(h.running(0x9e8, defender+"MsMpEng.exe", system), 66*time.Minute, 7*hour, 4, signatures, idleScan)

	policy := h.running(0xa10, system32+"svchost.exe", system)
	h.play(policy, 70*time.Minute, run("gpupdate.exe", `gpupdate.exe /target:computer`, console))

	host := h.start(monitoring, 71*time.Minute, collector)
	h.repeat(host, 72*time.Minute, 2*hour, 11, compile, probeCmd)
	h.fill(host, 75*time.Minute, 23*hour+50*time.Minute, total, probe)

	h.numberWindows(560)
	return windowsFrame(h, machine{
		opening: time.Date(2024, 3, 11, 6, 0, 0, 0, time.UTC), name: "ORCHARD-SRV01",
		tenant: h.random.guid(), id: h.random.guid(),
	})
}
