package logs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

func readAudit(t *testing.T, text string) dataframe.DataFrame {
	t.Helper()
	df, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatalf("Read(%.80q) = %v", text, err)
	}
	if !df.Has("mssg_id") {
		t.Fatalf("Read(%.80q) has the columns %v: not read as an audit log", text, df.Names())
	}
	return df
}

// cellsOf writes the values of a row that are there, by column.
func cellsOf(df dataframe.DataFrame, row int, columns ...string) string {
	var out []string
	for _, name := range columns {
		if c := df.Col(name); !c.IsNull(row) {
			out = append(out, name+"="+c.Text(row))
		}
	}
	return strings.Join(out, " ")
}

const auditHead = "type=SYSCALL msg=audit(1551487424.869:752): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=4 items=2 ppid=1 pid=2 auid=4294967295 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=(none) ses=3 comm=\"sh\" exe=\"/bin/dash\" key=(null)"

// TestAuditEvents reads records in all the ways in which audit logs have them.
func TestAuditEvents(t *testing.T) {
	columns := []string{"Computer", "EventType", "mssg_id", "pid", "exe", "cmdline", "a1", "cwd"}
	execve := func(text string) string {
		return auditHead + "\ntype=EXECVE msg=audit(1551487424.869:752): " + text + "\n"
	}
	for name, c := range map[string]struct{ text, want string }{
		"arguments": {execve(`argc=5 a0="a" a1="b" a2="c" a3="d" a4="e"`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=a b c d e a1=b"},
		"hexadecimal": {execve(`argc=2 a0="echo" a1=C3A9C3A0200A22`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=echo éà \n\" a1=éà \n\""},
		"hexadecimal of no text": {execve(`argc=2 a0="echo" a1=FFFE`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=echo FFFE a1=FFFE"},
		"parts": {execve(`argc=3 a0="x" a1_len=8 a1[0]=C3 a1[1]=A920 a1[2]=41 a2="z"`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x é A z a1=é A"},
		"parts in two records": {execve(`argc=3 a0="x" a1_len=4 a1[0]="ab"`) + "type=EXECVE msg=audit(1551487424.869:752): a1[1]=\"cd\" a2=\"z\"\n",
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x abcd z a1=abcd"},
		"parts out of order": {"type=EXECVE msg=audit(1551487424.869:752): a1[1]=\"cd\" a2=\"z\"\n" + execve(`argc=3 a0="x" a1_len=4 a1[0]="ab"`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x abcd z a1=abcd"},
		"empty argument": {execve(`argc=3 a0="x" a1="" a2="z"`),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x  z a1="},
		"enriched": {strings.ReplaceAll(execve(`argc=1 a0="x"`), "key=(null)", "key=(null)\x1dARCH=x86_64 SYSCALL=execve UID=\"root\""),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x"},
		"node": {"node=host1 " + strings.ReplaceAll(execve(`argc=1 a0="x"`), "\ntype=", "\nnode=host1 type="),
			"Computer=host1 EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x"},
		"syslog": {"Mar  2 00:43:44 h audispd: node=host1 " + strings.ReplaceAll(execve(`argc=1 a0="x"`), "\ntype=", "\nMar  2 00:43:44 h audispd: node=host1 type="),
			"Computer=host1 EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x"},
		"kernel's numbers": {strings.NewReplacer("type=SYSCALL msg=", "[ 1.2] audit: type=1300 ", "type=EXECVE msg=", "[ 1.2] audit: type=1309 ").Replace(execve(`argc=1 a0="x"`)),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x"},
		"ausearch": {"----\ntime->Sat Mar  2 00:43:44 2019\n" + execve(`argc=1 a0="x"`) + "type=PROCTITLE msg=audit(1551487424.869:752): proctitle=\"x\"\ntype=EOE msg=audit(1551487424.869:752): \n----\n",
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=x"},
		"without EXECVE": {auditHead + "\ntype=PROCTITLE msg=audit(1551487424.869:752): proctitle=2F62696E2F7368002D63006C73\n",
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/dash cmdline=/bin/sh -c ls"},
		"deleted program": {strings.ReplaceAll(execve(`argc=1 a0="x"`), `exe="/bin/dash"`, "exe=2F62696E2F7368202864656C6574656429"),
			"EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/bin/sh (deleted) cmdline=x"},
		"interpreted": {`type=PROCTITLE msg=audit(03/02/2019 00:43:44.869:752) : proctitle=sh -c echo a=b
type=CWD msg=audit(03/02/2019 00:43:44.869:752) : cwd=/home/a b
type=EXECVE msg=audit(03/02/2019 00:43:44.869:752) : argc=3 a0=sh a1=-c a2=echo FOO=bar ED
type=SYSCALL msg=audit(03/02/2019 00:43:44.869:752) : arch=x86_64 syscall=execve success=yes exit=0 a0=0x1 items=2 ppid=1 pid=2 auid=unset uid=root comm=my sh exe=/usr/bin/my sh key=(null)
`, "EventType=SYSCALL_EXECVE mssg_id=1551487424.869:752 pid=2 exe=/usr/bin/my sh cmdline=sh -c echo FOO=bar ED a1=-c cwd=/home/a b"},
	} {
		for _, text := range []string{c.text, strings.ReplaceAll(c.text, "\n", "\r\n")} {
			df := readAudit(t, text)
			have := columns[:0:0]
			for _, n := range columns {
				if df.Has(n) {
					have = append(have, n)
				}
			}
			if got := cellsOf(df, 0, have...); df.Nrow() != 1 || got != c.want {
				t.Errorf("%s: Read = %d rows, %q, want %q", name, df.Nrow(), got, c.want)
			}
			if df.Bad().Total != 0 {
				t.Errorf("%s: %v", name, df.Bad().First)
			}
		}
	}
}

// TestAuditMessages reads the fields of messages that programs write.
func TestAuditMessages(t *testing.T) {
	df := readAudit(t, `type=USER_LOGIN msg=audit(1.001:1): pid=7 uid=0 auid=4294967295 ses=4294967295 subj==unconfined msg='op=login acct=28756E6B6E6F776E29 exe="/usr/sbin/sshd" hostname=? res=failed'
type=USER_CMD msg=audit(1.001:2): pid=8 uid=1000 msg='cwd="/home/x" cmd=6C73202D6C uid=0 terminal=pts/0 res=success'
type=AVC msg=audit(1.001:3): avc:  denied  { read } for  pid=9 comm="cat" name="shadow"
type=USER_LOGIN msg=audit(1.001:4): pid=10 msg='op=login id="a b"'
`)
	for i, want := range []string{
		"EventType=USER_LOGIN pid=7 uid=0 auid=-1 acct=(unknown) op=login res=failed",
		"EventType=USER_CMD pid=8 uid=1000 cmd=ls -l res=success",
		"EventType=AVC pid=9 msg=avc:  denied  { read } for",
		"EventType=USER_LOGIN pid=10 id=a b op=login",
	} {
		if got := cellsOf(df, i, "EventType", "pid", "uid", "auid", "acct", "id", "op", "cmd", "msg", "res"); got != want {
			t.Errorf("row %d = %q, want %q", i, got, want)
		}
	}
	if got := df.Col("uid_USER_CMD").Text(1); got != "0" {
		t.Errorf("the second uid of USER_CMD = %q, want it in a column of its own", got)
	}
}

// TestAuditInterleaved reads records of several events among each other, and lines that are none.
func TestAuditInterleaved(t *testing.T) {
	second := strings.NewReplacer(":752", ":753", " pid=2", " pid=3").Replace(auditHead)
	df := readAudit(t, auditHead+"\n"+second+"\nnonsense\ntype=EXECVE msg=audit(1551487424.869:753): argc=1 a0=\"second\"\n\n"+
		"type=EXECVE msg=audit(1551487424.869:752): argc=2 a0=\"first\"\ntype=LOGIN msg=audit(1551487424.868:759): pid=1\n")
	for i, want := range []string{"mssg_id=1551487424.868:759 pid=1", "mssg_id=1551487424.869:752 pid=2 cmdline=first", "mssg_id=1551487424.869:753 pid=3 cmdline=second"} {
		if got := cellsOf(df, i, "mssg_id", "pid", "cmdline"); got != want {
			t.Errorf("row %d = %q, want %q", i, got, want)
		}
	}
	if bad := df.Bad(); bad.Total != 1 || bad.First[0].Line != 3 {
		t.Errorf("bad = %v, want line 3", bad)
	}
	if want := "1 program starts have fewer arguments than argc says: cmdline is not whole"; !slices.Contains(df.Notes(), want) {
		t.Errorf("notes = %q, want %q", df.Notes(), want)
	}
}

// TestAuditDates reads the dates of machines that write the day first: one that can only be so
// decides for all.
func TestAuditDates(t *testing.T) {
	line := "type=LOGIN msg=audit(%s 00:10:05.594:%d) : pid=%[2]d uid=root\n"
	df := readAudit(t, fmt.Sprintf(line, "02/03/2019", 1)+fmt.Sprintf(line, "13/03/2019", 2))
	if got := df.Col("TimeGenerated").Times()[0].Format("2006-01-02"); got != "2019-03-02" {
		t.Errorf("02/03/2019 beside 13/03/2019 = %s, want 2019-03-02", got)
	}
	if got := df.Col("UID").Text(0); got != "root" || df.Has("uid") {
		t.Errorf("uid=root = %q in UID, columns %v", got, df.Names())
	}
}

// TestAuditCalls names system calls by number and architecture.
func TestAuditCalls(t *testing.T) {
	for call, want := range map[string]string{
		"arch=c000003e syscall=57": "fork", "arch=c000003e syscall=435": "clone3", "arch=c000003e syscall=231": "exit_group",
		"arch=40000003 syscall=2": "fork", "arch=40000003 syscall=11": "execve", "arch=40000003 syscall=120": "clone",
		"arch=c00000b7 syscall=220": "clone", "arch=c00000b7 syscall=221": "execve", "arch=c00000b7 syscall=94": "exit_group",
		"arch=c000003e syscall=1073742344": "execve", "arch=x86_64 syscall=vfork": "vfork", "arch=c00000b7 syscall=57": "", "arch=ffffffff syscall=57": "",
	} {
		df := readAudit(t, "type=SYSCALL msg=audit(1.001:1): "+call+" success=yes exit=77 a0=1200011 a1=0 pid=5 ppid=4\n")
		got := ""
		if df.Has("SYSCALL") {
			got = df.Col("SYSCALL").Text(0)
		}
		if got != want {
			t.Errorf("%s = %q, want %q", call, got, want)
		}
		if flags := df.Has("clone_flags"); flags != (want == "clone") {
			t.Errorf("%s has clone_flags: %v", call, flags)
		} else if flags && df.Col("clone_flags").Ints()[0] != 0x1200011 {
			t.Errorf("%s has clone_flags %#x", call, df.Col("clone_flags").Ints()[0])
		}
	}
}

// TestAuditSamples reads logs that lost records, that are out of order, and whose serial begins
// anew, as those of elastic/go-libaudit.
func TestAuditSamples(t *testing.T) {
	for name, want := range map[string]string{
		"normal.log":        "1172 13393 grep --color=auto mapping 13392 cat securitybeat 1229 12992",
		"out_of_order.log":  "1172 13393 grep --color=auto mapping 13392 cat securitybeat 1229 12992",
		"lost_messages.log": "1172 13393 grep --color=auto mapping 13392 cat securitybeat 1229 12992",
		"rollover.log":      "1172 13392 1229 12992 12992",
	} {
		df, err := Open(sharedFile(t, "samples", "libaudit", name))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i := range df.Nrow() {
			got = append(got, df.Col("pid").Text(i))
			if !df.Col("cmdline").IsNull(i) {
				got = append(got, df.Col("cmdline").Text(i))
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s = %s, want %s", name, s, want)
		}
		if lost := slices.ContainsFunc(df.Notes(), func(n string) bool { return strings.Contains(n, "9 serial numbers") }); lost != (name == "lost_messages.log") {
			t.Errorf("%s has the notes %q", name, df.Notes())
		}
	}
}

// TestAuditTruth reads real processes with arguments in any script and of several lines.
func TestAuditTruth(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"audit_execve_only.log.xz":    {"execve": 17494},
		"audit_fork_exec_exit.log.xz": {"execve": 17494, "clone": 18813, "exit_group": 18817},
	} {
		df, err := Open(sharedFile(t, "groundtruth", name))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, call := range df.Col("SYSCALL").Strings() {
			got[call]++
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || df.Bad().Total > 0 {
			t.Errorf("%s has %v and %d bad records, want %v", name, got, df.Bad().Total, want)
		}
		lines, foreign := 0, 0
		for _, s := range df.Col("cmdline").Strings() {
			if strings.Contains(s, "\n") {
				lines++
			}
			if strings.ContainsFunc(s, func(r rune) bool { return r > 127 }) {
				foreign++
			}
		}
		if lines == 0 || foreign == 0 {
			t.Errorf("%s has %d command lines of several lines and %d beyond ASCII", name, lines, foreign)
		}
	}
}

// TestAuditHidden reads a log by any name, compressed, and with the ends of lines of Windows.
func TestAuditHidden(t *testing.T) {
	data := readAll(t, sharedFile(t, "auditd", "auditd_log.txt"))
	want := shown(readAudit(t, string(data)))
	path := filepath.Join(t.TempDir(), "x.csv")
	for name, form := range map[string][]byte{"renamed": data, "CRLF": bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), "gzip": gzipped(t, data)} {
		if err := os.WriteFile(path, form, 0o600); err != nil {
			t.Fatal(err)
		}
		df, err := Open(path)
		if err != nil || shown(df) != want {
			t.Errorf("%s: %v, or another frame", name, err)
		}
	}
}

// TestAuditCrowded reads ever new fields: there are no more columns than a log of this size may
// have, and a note says what was dropped.
func TestAuditCrowded(t *testing.T) {
	var b strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&b, "type=T%d msg=audit(1.001:%d): f%d=x pid=%d\n", i, i, i, i)
	}
	df := readAudit(t, b.String())
	if df.Ncol() > maxFieldColumns || df.Nrow() != 1200 || df.Col("pid").Nulls() > 0 {
		t.Errorf("%d rows, %d columns", df.Nrow(), df.Ncol())
	}
	if !slices.ContainsFunc(df.Notes(), func(n string) bool {
		return strings.Contains(n, "fields were dropped: the log has more than 1000 kinds")
	}) {
		t.Errorf("notes = %q", df.Notes())
	}
	if got := columnLimit(10_000_000, 400<<20); got > 100 {
		t.Errorf("ten million short records may have %d columns", got)
	}
}
