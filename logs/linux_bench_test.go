package logs

import (
	"bytes"
	"fmt"
	"testing"
)

// auditLog makes a log of so many lines, six an event: as many different processes and arguments
// as a busy machine has.
func auditLog(lines int) []byte {
	var b bytes.Buffer
	for i := range lines / 6 {
		id := fmt.Sprintf("msg=audit(%d.%03d:%d):", 1_700_000_000+i/50, i*20%1000, 1000+i)
		fmt.Fprintf(&b, "type=SYSCALL %s arch=c000003e syscall=59 success=yes exit=0 a0=55dc13c7%04x a1=55dc13c78fe0 a2=55dc13c78fe0 a3=8 items=2 ppid=%d pid=%d auid=1000 uid=%d gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=%d comm=\"program%d\" exe=\"/usr/bin/program%[8]d\" subj=unconfined key=\"exec\"\x1dARCH=x86_64 SYSCALL=execve AUID=\"user\" UID=\"root\"\n",
			id, i%65536, 1000+i/7%30000, 1000+i%32000, i%11, i%97, 0, i%231)
		fmt.Fprintf(&b, "type=EXECVE %s argc=4 a0=\"program%d\" a1=\"-c\" a2=6563686F20%x a3=\"/tmp/%x.txt\"\n", id, i%231, fmt.Sprint(i), i*i)
		fmt.Fprintf(&b, "type=CWD %s cwd=\"/home/user%d\"\n", id, i%97)
		for item := range 2 {
			fmt.Fprintf(&b, "type=PATH %s item=%d name=\"/usr/bin/program%d\" inode=%d dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0\x1dOUID=\"root\" OGID=\"root\"\n", id, item, i%231, i%231+1000)
		}
		fmt.Fprintf(&b, "type=PROCTITLE %s proctitle=2F7573722F62696E2F70726F6772616D%x002D63\n", id, fmt.Sprint(i%231))
	}
	return b.Bytes()
}

func BenchmarkAuditd(b *testing.B) {
	data := auditLog(120_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		df, err := Read(bytes.NewReader(data))
		if err != nil || df.Nrow() != 20_000 {
			b.Fatalf("Read = %d rows, %v", df.Nrow(), err)
		}
	}
}

// tetragonLine makes one event of a busy cluster.
func tetragonLine(i int) string {
	at := fmt.Sprintf("2026-12-01T%02d:%02d:%02d.%06dZ", i/3_600_000%24, i/60_000%60, i/1000%60, i%1_000_000)
	pod := fmt.Sprintf(`"pod":{"namespace":"team%d","name":"web-%d","container":{"id":"containerd://%064x","name":"web","image":{"id":"example.org/web@sha256:%064x","name":"example.org/web:1.2"},"start_time":"2026-12-01T00:00:00Z","pid":%d},"pod_labels":{"app":"web"},"workload":"web"}`,
		i%7, i%91, i%91, i%13, i%300)
	process := func(id, parent int, binary string) string {
		return fmt.Sprintf(`{"exec_id":"bm9kZTE6%012d","pid":%d,"uid":0,"cwd":"/","binary":"%s","arguments":"-c \"job %d\"","flags":"execve clone","start_time":"%s",%s,"auid":4294967295,"parent_exec_id":"bm9kZTE6%012d","tid":%[2]d}`,
			id, id%32768, binary, id%5000, at, pod, parent)
	}
	return fmt.Sprintf(`{"process_exec":{"process":%s,"parent":%s},"node_name":"node%d","time":"%s"}`+"\n",
		process(i, i/3, "/usr/bin/program"+fmt.Sprint(i%231)), process(i/3, i/9, "/bin/bash"), i%5, at)
}

func BenchmarkTetragon(b *testing.B) {
	var data bytes.Buffer
	for i := range 10_000 {
		data.WriteString(tetragonLine(i))
	}
	b.SetBytes(int64(data.Len()))
	b.ReportAllocs()
	for b.Loop() {
		df, err := Read(bytes.NewReader(data.Bytes()))
		if err != nil || df.Nrow() != 10_000 {
			b.Fatalf("Read = %d rows, %v", df.Nrow(), err)
		}
	}
}
