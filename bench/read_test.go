package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	libaudit "github.com/elastic/go-libaudit/v2"
	"github.com/elastic/go-libaudit/v2/aucoalesce"
	"github.com/elastic/go-libaudit/v2/auparse"

	"github.com/gophertrees/gopherwood/logs"
)

// sample reads a sample of logs again and again, so many times, with what old says replaced by what
// fresh makes of the count.
func sample(b *testing.B, name string, times int, fresh func(i int) *strings.Replacer) []byte {
	b.Helper()
	data, err := os.ReadFile(filepath.Join("..", "logs", "testdata", "linux", name))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	for i := range times {
		if _, err := fresh(i).WriteString(&out, string(data)); err != nil {
			b.Fatal(err)
		}
	}
	return out.Bytes()
}

// auditLog is an audit log of five events a second, with or without what elastic's library refuses.
func auditLog(b *testing.B, node bool) []byte {
	return sample(b, "auditd.log", 10_000, func(i int) *strings.Replacer {
		words := []string{"(1796115600.", fmt.Sprintf("(%d.", 1796115600+i), "pid=41", fmt.Sprintf("pid=%d", i%300)}
		for serial := 100; serial < 105; serial++ {
			words = append(words, fmt.Sprintf(":%d)", serial), fmt.Sprintf(":%d)", serial+5*i))
		}
		if !node {
			words = append(words, "node=web01 ", "")
		}
		return strings.NewReplacer(words...)
	})
}

func tetragonLog(b *testing.B) []byte {
	return sample(b, "tetragon.json", 10_000, func(i int) *strings.Replacer {
		return strings.NewReplacer("bm9kZTE6M", fmt.Sprintf("bm9k%08d", i), `"pid": 41`, fmt.Sprintf(`"pid": %d`, 1+i%300), "12-01T09:", fmt.Sprintf("12-01T%02d:", i%24))
	})
}

// BenchmarkReadAudit reads an audit log: into a frame, by elastic's parser alone, by its parser and
// coalescer (one event at a time, thrown away), and the lines alone.
func BenchmarkReadAudit(b *testing.B) {
	data := auditLog(b, false)
	run(b, "frame", data, func() (int, error) {
		df, err := logs.Read(bytes.NewReader(data))
		return df.Nrow(), err
	})
	run(b, "elastic parse", data, func() (int, error) { return auparsed(data) })
	run(b, "elastic coalesce", data, func() (int, error) { return coalesced(data) })
	run(b, "bytes", data, func() (int, error) { return lines(data) })
}

// BenchmarkReadTetragon reads nested JSON: into a frame, by encoding/json into maps that are thrown
// away, and the lines alone.
func BenchmarkReadTetragon(b *testing.B) {
	data := tetragonLog(b)
	run(b, "frame", data, func() (int, error) {
		df, err := logs.Read(bytes.NewReader(data))
		return df.Nrow(), err
	})
	run(b, "encoding json", data, func() (n int, err error) {
		for d := json.NewDecoder(bytes.NewReader(data)); d.More(); n++ {
			var record map[string]any
			if err := d.Decode(&record); err != nil {
				return n, err
			}
		}
		return n, nil
	})
	run(b, "bytes", data, func() (int, error) { return lines(data) })
}

func run(b *testing.B, name string, data []byte, read func() (int, error)) {
	b.Run(name, func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		rows := 0
		for b.Loop() {
			n, err := read()
			if err != nil || n == 0 {
				b.Fatalf("%s: %d rows, %v", name, n, err)
			}
			rows = n
		}
		b.ReportMetric(float64(rows), "rows")
	})
}

func lines(data []byte) (n int, err error) {
	s := bufio.NewScanner(bytes.NewReader(data))
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		n++
	}
	return n, s.Err()
}

// auparsed parses each line and its fields.
func auparsed(data []byte) (n int, err error) {
	for line := range bytes.Lines(data) {
		m, err := auparse.ParseLogLine(string(bytes.TrimSpace(line)))
		if err != nil {
			return n, err
		}
		if _, err := m.Data(); err != nil && m.RecordType != auparse.AUDIT_EOE {
			continue // it refuses some records' fields
		}
		n++
	}
	return n, nil
}

// stream takes events as the reassembler makes them.
type stream struct{ events int }

func (s *stream) ReassemblyComplete(messages []*auparse.AuditMessage) {
	if _, err := aucoalesce.CoalesceMessages(messages); err == nil {
		s.events++
	}
}

func (s *stream) EventsLost(int) {}

func coalesced(data []byte) (int, error) {
	var s stream
	r, err := libaudit.NewReassembler(50, 2*time.Second, &s)
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(data) {
		m, err := auparse.ParseLogLine(string(bytes.TrimSpace(line)))
		if err != nil {
			return s.events, err
		}
		r.PushMessage(m)
	}
	return s.events, r.Close()
}

// TestElastic tells where elastic's library, as it comes, does not read what we do. Should it read
// these one day, our own scanner has lost a reason.
func TestElastic(t *testing.T) {
	if _, err := auparse.ParseLogLine(`node=web01 type=CWD msg=audit(1796115600.101:101): cwd="/root"`); err == nil {
		t.Error("elastic reads node= now")
	}
	m, err := auparse.ParseLogLine(`type=EXECVE msg=audit(1796115600.102:102): argc=3 a0="sh" a1="-c" a2_len=24 a2[0]=6563686F20 a2[1]=410A6C730A2020`)
	if err != nil {
		t.Fatal(err)
	}
	fields, err := m.Data()
	if err == nil && strings.Contains(fmt.Sprint(fields), "echo A") {
		t.Error("elastic joins the parts of an argument now")
	}
}
