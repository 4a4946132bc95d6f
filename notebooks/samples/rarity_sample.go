package main

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

const day = 24 * time.Hour

// raritySample is procs_with_cluster: two weeks of a Windows server in 22,961 events, each with
// its rarity. The server starts twice; the log sees the first start from its first process and
// misses the beginning of the second. Eight events were sent twice.
func raritySample() dataframe.DataFrame {
	h := &host{random: &generator{state: 20240506}, tick: 10 * time.Microsecond}
	beforeTheLog(h)
	probes := firstStart(h, 5*day+3*time.Hour)
	secondStart(h, 9*day+2*time.Hour)
	h.fill(probes, 6*day, 8*day+23*time.Hour, 22_961, probe)
	h.numberWindows(7000)
	df := windowsFrame(h, machine{
		opening: time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC), name: "ORCHARD-SRV01",
		tenant: h.random.guid(), id: h.random.guid(), lag: 1480 * time.Microsecond,
	})
	return withRarity(dataframe.Concat(df, df.Sample(8)))
}

// service is a program that runs already, with what it does every so often.
func (h *host) service(pid int, image string, first, every time.Duration, count int, does ...command) *process {
	p := h.running(pid, image, system)
	h.repeat(p, first, every, count, does...)
	return p
}

// beforeTheLog is what ran already when the log began: the roots 0 to 10.
func beforeTheLog(h *host) {
	const minute, hour = time.Minute, time.Hour
	h.service(0x2360, monitor+"MonitoringHost.exe", minute, 7*hour, 12, probeCmd, compile)
	h.service(0x1994, agents+"WaAppAgent.exe", 2*minute, 70*minute, 100, guestHealth, guestHealth, guestLogs)
	scheduler := h.service(0x4d8, system32+"svchost.exe", 3*minute, 31*minute, 220, rotation, updater, taskHost, defrag, inventory)
	h.repeat(scheduler, 20*hour, day, 5, nightly)
	h.play(scheduler, 3*day+20*hour+13*time.Minute, task)
	com := h.service(0x2b8, system32+"svchost.exe", 4*minute, 14*minute, 480, wmiProvider, comServer, broker)
	h.play(com, 3*day+19*hour, lateral)
	h.service(0x268, system32+"services.exe", 5*minute, 70*minute, 100, svchost("netsvcs", "wuauserv"), licensing, serviceInstaller, installer, shadowCopies)
	h.service(0xa10, system32+"svchost.exe", 6*minute, 11*hour, 10, run("gpupdate.exe", "gpupdate.exe /target:computer", console))
	h.service(0xe4c, tools+"PostureScan.exe", 7*minute, minute, 2, inventory)
	h.service(0x9e8, defender+"MsMpEng.exe", 8*minute, 8*hour, 14, signatures, idleScan)
	h.service(0x850, monitor+"MonitoringHost.exe", 9*minute, 225*time.Second, 1850, probe)
	desk := h.running(0x1e5c, `C:\Windows\explorer.exe`, clerk)
	h.repeat(desk, 8*hour, day, 5, run(`C:\Program Files\Mozilla Firefox\firefox.exe`, `"C:\Program Files\Mozilla Firefox\firefox.exe"`,
		run(`C:\Program Files\Mozilla Firefox\firefox.exe`, `"C:\Program Files\Mozilla Firefox\firefox.exe" -contentproc --channel={n} -childID 1`)))
	h.play(desk, 2*day+9*hour, phishing)
	h.service(0x2f0, system32+"winlogon.exe", 8*hour+minute, day, 3, run("LogonUI.exe", `"LogonUI.exe" /flags:0x2 /state0:0xa3e8d055`))
}
