package logs

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestWindowsLongRecords gives every text format one record of 16 MB, which would be 2 GB as
// well: it ends in one error or bad record, and takes little memory beside the text itself.
func TestWindowsLongRecords(t *testing.T) {
	const size = 16 << 20
	long := strings.Repeat("A", size)
	for name, text := range map[string]string{
		"xml":               "<Event><System><EventID>1</EventID></System><EventData><Data Name='CommandLine'>" + long + "</Data></EventData></Event>",
		"an element's name": "<Event><" + long + "/></Event>", "an attribute": "<Event><EventData><Data Name='" + long + "'/></EventData></Event>",
		"an end": "<Event><EventData>" + long, "winjson": `{"winlog":{"event_id":1,"event_data":{"CommandLine":"` + long + `"}}}`,
		"ps": "PID PPID CMD\n1 0 " + long + "\n", "wmilist": "ProcessId : 1\nName : x\nCommandLine : " + long + "\n",
		"voltext": "PID\tPPID\tImageFileName\tOffset(V)\n1\t0\t" + long + "\t0\n",
	} {
		format := name
		if formatNamed(name) == nil {
			format = "xml"
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		df, err := Read(strings.NewReader(text), Options{Format: format, MaxBytes: 1 << 28})
		runtime.ReadMemStats(&after)
		if err == nil && df.Bad().Total != 1 {
			t.Errorf("Read(%s with a long record) = %d rows and %d bad, want one bad record", name, df.Nrow(), df.Bad().Total)
		}
		// the text grows into memory by doubling, which takes about four times its size
		if took := after.TotalAlloc - before.TotalAlloc; took > 6*size {
			t.Errorf("Read(%s with a long record) took %d MB", name, took>>20)
		}
	}
}

// TestWindowsManyNames gives events ever new names: a table of them would fill the memory.
func TestWindowsManyNames(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("<Events>")
	for i := range 6_000 {
		b.WriteString("<Event><EventData>")
		for k := range 10 {
			fmt.Fprintf(&b, "<Data Name='n%d'>1</Data>", 10*i+k)
		}
		b.WriteString("</EventData></Event>\n")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	df, err := Read(&b, Options{MaxBytes: 1 << 28})
	runtime.ReadMemStats(&after)
	if err != nil || df.Bad().Total == 0 || !strings.Contains(df.Bad().First[0].Reason, "too many for a table") {
		t.Errorf("Read(60,000 names) = %d rows, %v, want bad records", df.Nrow(), err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<30 {
		t.Errorf("Read(60,000 names) took %d MB", took>>20)
	}
}

// TestWindowsBombs are refused in one sentence.
func TestWindowsBombs(t *testing.T) {
	bomb := gzipped(t, append([]byte("ElfFile\x00"), make([]byte, 32<<20)...))
	if _, err := Read(bytes.NewReader(bomb), Options{MaxBytes: 1 << 20}); err == nil || !strings.Contains(err.Error(), "decompresses to more than") {
		t.Errorf("Read(a bomb of evtx) = %v", err)
	}
	empty := append([]byte("ElfFile\x00"), make([]byte, 1<<20)...)
	if _, err := Read(bytes.NewReader(empty)); err == nil || !strings.Contains(err.Error(), "there is no event") {
		t.Errorf("Read(an evtx without events) = %v", err)
	}
	deep := `{"winlog":{"event_id":1,"event_data":` + strings.Repeat(`{"a":`, 200_000) + "1" + strings.Repeat("}", 200_000) + "}}"
	if _, err := Read(strings.NewReader(deep), Options{Format: "winjson"}); err == nil || !strings.Contains(err.Error(), "none of the 1 records could be read") {
		t.Errorf("Read(200,000 levels of JSON) = %v", err)
	}
}
