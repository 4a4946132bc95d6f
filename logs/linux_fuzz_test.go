package logs

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
)

func FuzzAuditd(f *testing.F) {
	execve := auditHead + "\ntype=EXECVE msg=audit(1551487424.869:752): argc=3 a0=\"x\" a1_len=8 a1[0]=C3 a1[1]=A920 a2=\"z\"\n"
	fuzzFormat(f, "auditd", []byte(execve), []byte("node=h "+execve), []byte("----\ntime->x\n"+execve),
		[]byte("type=EXECVE msg=audit(03/02/2019 00:43:44.869:752) : argc=3 a0=sh a1=-c a2=echo FOO=bar ED"),
		[]byte("type=USER_LOGIN msg=audit(1.1:18446744073709551615): pid=x msg='op=login acct=2861 res=failed'\x1dUID=\"root\"\ntype=AVC msg=audit(9223372036.9:1): avc:  denied  { read } for  pid=9"),
		[]byte("audit: type=1300 audit(1.1:1): arch=c000003e syscall=59 success=yes\xff\nx\r\n"))
}

// linuxSeed is the first record of a format's sample, and half of it. More would keep the fuzzer
// busy with making inputs small.
func linuxSeed(f *testing.F, name string) [][]byte {
	data, _, _ := bytes.Cut(readAll(f, filepath.Join("testdata", "linux", name)), []byte("\n"))
	return [][]byte{data, data[:len(data)/2]}
}

func FuzzTetragon(f *testing.F) { fuzzFormat(f, "tetragon", linuxSeed(f, "tetragon.json")...) }
func FuzzFalco(f *testing.F)    { fuzzFormat(f, "falco", linuxSeed(f, "falco.json")...) }

func FuzzOsquery(f *testing.F) {
	fuzzFormat(f, "osquery", append(linuxSeed(f, "osquery.log"), []byte(`[{"name":"q","hostIdentifier":"h","columns":{"query":1,"time":"9e9","pid":-1,"action":{}}}]`))...)
}

func FuzzSysmonLinux(f *testing.F) {
	fuzzFormat(f, "sysmonlinux", append(linuxSeed(f, "sysmonlinux.log"), []byte("<Event><Event><A B='>' C=\"&#x110000;&lt\"/><Data Name='x'>&amp;&#xD800;</Event>"))...)
}

// FuzzAuditRecords reads anything as the records of an event in a cell.
func FuzzAuditRecords(f *testing.F) {
	f.Add("[{'SYSCALL': ['pid=1', \"a='\"]}, {'EXECVE': ['a0=\\x41\\'\\\\']}]")
	f.Add(`[{"PATH": ["name=\"\\u00e9\""]}, ]`)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		df, err := ExtractEventsToDF(dataframe.New(dataframe.Strings("mssg_id", []string{"1.5:1"}), dataframe.Strings("AuditdMessage", []string{text})))
		if err == nil {
			_ = shown(df)
		}
	})
}
