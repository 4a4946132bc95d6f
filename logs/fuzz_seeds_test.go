package logs

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// hostileSeeds are what has broken readers of logs: names that become equal when bytes that are no
// text are replaced, names that a reader itself would make, sizes and places from the input, times
// at the ends of what 64 bits hold. Each runs as a test, too.
var hostileSeeds = map[string][]string{
	"csv": {
		"a\xff,a\xfe,a\ufffd,\xff\n1,2,3,4\n", "Unnamed: 1,,,a,a,a.1\n1,2,3,4,5,6\n",
		"t,u\n1677-09-21T00:12:43Z,0001-01-01 00:00\n2262-04-11T23:47:16.854775808Z,9999-12-31T23:59:59.999999999+14:00\n",
		"Id,ProviderName,LogName,MachineName,EventID,ProcessId,Message,TimeCreated\n1,Sysmon,l,m,2,3,\"x:\nProcessId: 4\nEventID: 5\",1/1/0001 12:00:00 AM\n2,p,l,m,,,,31/12/9999 23:59:59\n",
		"EventID,EventData,EventData.EventID,Data,Data.1\n1,\"<EventData><Data>a</Data><Data>b</Data><Data Name='EventID'>c</Data></EventData>\",d,e,f\n2,\"{\"\"EventID\"\":{\"\"a\"\":[1]}}\",,,\n",
		"PID,PPID,Name,pid,start_time,CreationDate\n1,0,x,2,3,99991231235959.999999+999\n",
	},
	"jsonl": {
		"{\"\\ud800\":1,\"\\udfff\":2,\"\ufffd\":3}\n{\"a\":1}\n", "{\"t\":-9223372036854775808}\n{\"t\":9223372036854775808}\n{\"t\":1e400}\n{\"t\":-0}\n",
		"{\"t\":\"2262-04-11T23:47:16.854775807Z\"}\n{\"t\":\"2262-04-11T23:47:16.854775808Z\"}\n", "{\"a\":{\"a\":{\"a\":[]}},\"a\":1}\n[\n]\n",
		"{\"Pid\":1,\"PPid\":0,\"Name\":\"x\",\"name\":2,\"CreateTime\":1e300}\n{}\n",
	},
	"json": {
		`{"columns":["a","a",{"name":"a"},1,null],"rows":[[1,2,3,4,5,6],[]]}`, `{"a":{"-1":1,"9223372036854775808":2,"x":3},"b":{"0":1}}`,
		`{"schema":{"fields":[{"name":"a"},{"name":"a"}]},"data":[{"a":1}]}`, `[[1,2],["a"]]`, `{"index":[0,0],"columns":["\ud800","\udfff"],"data":[[1,2],[3]]}`,
	},
	"winjson": {
		"Record 1\n{\"Event\":{\"System\":{\"EventID\":{\"#text\":1,\"#attributes\":{\"Qualifiers\":2}}},\"EventData\":{\"Data\":[1,{\"#text\":2,\"#attributes\":{\"Name\":\"\"}}],\"Data.1\":3}}}\nRecord 2\n{\nRecord 18446744073709551616\n{}",
		`{"Id":1,"ProviderName":"Sysmon","LogName":"l","MachineName":"m","UserId":{"Value":{"Value":1}},"TimeCreated":"/Date(-9223372036854775808)/","Message":"ProcessId: 1\nProcessId: 2"}`,
		`{"Id":1,"ProviderName":"p","LogName":"l","MachineName":"m","TimeCreated":99999999999,"EventID":3,"\ud800":1,"\udfff":2}`,
		`{"EventID":1,"SourceName":"s","Hostname":"h","EventTime":"0001-01-01 00:00:00","EventReceivedTime":"2262-04-11 23:47:16","@timestamp":"1677-09-21T00:12:44Z"}`,
		`{"winlog":{"event_data":{"EventID":1,"EventData.EventID":2},"event_id":3,"api":{"a":{"b":{"c":{"d":{"e":1}}}}}},"winlog.event_id":4}`,
	},
	"xml": {
		"<Event><System><TimeCreated SystemTime='9999-12-31T23:59:59.9999999Z'/><EventID Qualifiers='x'>99999999999999999999</EventID></System><EventData><Data Name='EventID'>1</Data><Data Name='EventData.EventID'>2</Data><Data Name='&#xD800;'>3</Data><Data Name='&#xDFFF;'>4</Data></EventData></Event>",
		"<Event><EventData>" + strings.Repeat("<Data Name='a'/>", 50) + "</EventData></Event><Event/><Event", "<Event><UserData><a xmlns='\xff'><a\xff>1</a\xff></a></UserData></Event>",
	},
	"auditd": {
		"type=\xff msg=audit(1.1:1): a\xff=1 a\xfe=2 a=3 pid=99999999999999999999\ntype=\xfe msg=audit(1.1:1): a=4\n",
		"type=SYSCALL msg=audit(9223372035.999999999:9999999999999999999): syscall=59 success=yes argc=-1\ntype=EXECVE msg=audit(9223372035.999999999:9999999999999999999): argc=4294967295 a0_len=18446744073709551615 a0[0]=41 a0[4294967295]=42 a9999999999=x\n",
		"type=A msg=audit(1.1:1): x=1 x_A=2\ntype=B msg=audit(1.1:1): x=3 x_B=4 x_A=5\n", "type=LOGIN msg=audit(31/12/9999 23:59:59.999:1) : a=1\ntype=LOGIN msg=audit(12/31/9999 23:59:59.999:2) : a=1\n",
		"type=EOE msg=audit(1.1:1): \ntype=EOE msg=audit(1.1:1048577): \ntype=DAEMON_START msg=audit(1.1:18446744073709551615): a='\n",
	},
	"ps": {
		"PID PPID A\xff A\xfe A\ufffd CMD\n1 0 2 3 4 5\n", "UID PID PPID C STIME TTY TIME CMD\nr 99999999999999999999 -1 0 Feb30 ? 9999999999-99:99:99 x\n",
		"PID PPID STARTED CMD\n1 0 Thu Jan  1 00:00:00 1 x\n2 1 Fri Dec 31 23:59:59 9999 y\n", "PID PID PPID PPID CMD CMD\n1 2 3 4 5 6\n", "PID PPID CMD\n1\n\n2 1\n",
	},
	"wmilist": {
		"A\xff : 1\nA\xfe : 2\nProcessId : 3\nParentProcessId : 0\nName : x\n\nA\ufffd : 4\n", "ProcessId=1\nProcessId=2\nParentProcessId=0\nName=\nCreationDate=00010101000000.000000-999\n",
		"ProcessId : 1\nParentProcessId : 0\nName : x\nCreationDate : 1/1/0001 12:00:00 AM\n", " : \n : : \nProcessId :\n", "CreationDate : 99991231235959.999999+999\nProcessId : 1\nParentProcessId : 0\nName : x\n",
	},
	"volatility": {
		`[{"PID":1,"PPID":0,"ImageFileName":"x","CreateTime":"9999-12-31T23:59:59","__children":[{"PID":2,"__children":[{}]}]}]`, `[{"PID":1,"PPID":1,"ImageFileName":null,"__children":{"PID":2}}]`,
		`[{"PID":1,"PPID":0,"ImageFileName":"x","pid":3,"\ud800":4,"\udfff":5,"__children":[1,null,[]]}]`, "[" + strings.Repeat(`{"PID":1,"__children":[`, 40), `{"PID":1,"PPID":0,"ImageFileName":"x"}`,
	},
	"voltext": {
		"Volatility 3 Framework 2.0\n\nPID\tPPID\tA\xff\tA\xfe\n1\t0\t2\t3\n", "PID\tPPID\tImageFileName\tCreateTime\n*****\t1\t0\tx\n* 99999999999999999999\t-1\ty\t9999-12-31 23:59:59.000000 UTC\n",
		"Name Pid PPid Thds Hnds Time\n---- ---- ----\n. 0x1:x 1 0 1 - 1970-01-01 00:00:00 UTC+0000\n........ 0x2:y\n", "Offset(V) Name PID PPID\n----\n0x1\n", "PID\tPID\tPPID\n1\t2\t3\n",
	},
	"tetragon": {
		`{"process_exec":{"process":{"exec_id":"a","pid":1,"parent":{"pid":2},"parent_pid":3,"start_time":"9999-12-31T23:59:59.999999999Z"},"parent":{"pid":4}},"time":"0001-01-01T00:00:00Z","event_type":"x"}`,
		`{"process_exec":{"process":{"exec_id":1,"\ud800":1,"\udfff":2}}}`, `{"process_exit":{"process":{"exec_id":"a"},"signal":"x","status":-1},"process_exec":{"process":{}}}`, `{"process_exec":{"process":{"exec_id":"a","pod":` + strings.Repeat(`{"a":`, 20) + `1` + strings.Repeat("}", 20) + `}}}`,
	},
	"falco": {
		`{"output_fields":{"proc.pid":1,"time":"x","evt.time":9223372036854775807,"output":2},"rule":"r","output":"o","time":"9999-12-31T23:59:59Z","priority":"p"}`,
		`{"output_fields":{"\ud800":1,"\udfff":2,"evt.time":-1},"rule":"r","output":"o","time":1,"priority":"p"}`, `{"output_fields":[],"rule":"r","output":"o","time":"x","priority":"p"}`,
	},
	"osquery": {
		`{"name":"q","hostIdentifier":"h","unixTime":9223372036854775807,"columns":{"name":"x","pid":"1","time":"-9223372036854775808","hostIdentifier":"y"},"action":"added"}`,
		`{"name":"q","hostIdentifier":"h","snapshot":[{"a":1},null,[],{"\ud800":1,"\udfff":2}],"action":"snapshot"}`, `{"name":"q","hostIdentifier":"h","diffResults":{"added":[{"a":"1"}],"removed":{}},"unixTime":1e300}`,
	},
	"sysmonlinux": {
		"x <Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><EventID>2</EventID></System><EventData><Data Name=\"EventID\">3</Data><Data Name=\"a\xff\">4</Data><Data Name=\"a\xfe\">5</Data></EventData></Event>\n",
		"<Event><System><Provider Name=\"Linux-Sysmon\"/><TimeCreated SystemTime=\"9999-12-31T23:59:59.999999999Z\"/></System></Event><Event><Event></Event></Event>", "<Event></Event><Event><A><B></A></B></Event> Name=\"Linux-Sysmon\"",
	},
}

// seedsOf adds a format's hostile seeds.
func seedsOf(format string) (out [][]byte) {
	for _, seed := range hostileSeeds[format] {
		out = append(out, []byte(seed))
	}
	return out
}

// TestHostileSeeds reads each as its format and as what its bytes say.
func TestHostileSeeds(t *testing.T) {
	for format, seeds := range hostileSeeds {
		for _, seed := range seeds {
			for _, name := range []string{format, ""} {
				df, err := Read(strings.NewReader(seed), Options{Format: name, MaxBytes: fuzzBytes})
				if err == nil {
					_, _, _ = shown(df), df.String(), df.HTML()
				}
			}
		}
	}
}

// FuzzStreamed reads anything whole and a little at a time: both must give the same. The format is
// named, since so little does not show it.
func FuzzStreamed(f *testing.F) {
	for _, name := range []string{"linux/auditd.log", "linux/tetragon.json", "windows/shippers.jsonl"} {
		data := readAll(f, filepath.Join("testdata", filepath.FromSlash(name)))
		line, _, _ := bytes.Cut(data, []byte("\n"))
		f.Add(bytes.Repeat(append(line[:min(len(line), 100)], '\n'), 30))
	}
	f.Add([]byte(strings.Repeat("{\"a\":1}\n", 200)))
	f.Add([]byte(strings.Repeat("type=A msg=audit(02/01/2026 00:00:00.1:1) : a=1\n", 40) + "type=A msg=audit(13/01/2026 00:00:00.1:1) : a=1\n\xff\n"))
	f.Add([]byte("\xef\xbb\xbf" + strings.Repeat("{}\n\n \n", 100)))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []string{"jsonl", "auditd"} {
			o := Options{Format: format, MaxBytes: fuzzBytes}
			whole, err := Read(bytes.NewReader(data), o)
			df, _, streamErr := readWindow(bytes.NewReader(data), 256, o)
			if (err == nil) != (streamErr == nil) {
				t.Fatalf("as %q: whole %v, streamed %v", format, err, streamErr)
			}
			if err != nil {
				continue
			}
			if got, want := shown(df), shown(whole); got != want {
				t.Errorf("as %q: %s\nwant %s", format, got, want)
			}
			if got, want := fmt.Sprintf("%#v %q", df.Bad(), df.Notes()), fmt.Sprintf("%#v %q", whole.Bad(), whole.Notes()); got != want {
				t.Errorf("as %q: %s\nwant %s", format, got, want)
			}
		}
	})
}
