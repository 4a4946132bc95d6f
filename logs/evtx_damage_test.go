package logs

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// decompressed returns a real log without its compression.
func decompressed(t testing.TB, parts ...string) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(readAll(t, sharedFile(t, parts...))))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oneChunk returns the header and the first chunk of a real log, with a chunk's worth of noise.
func oneChunk(t testing.TB) []byte {
	return decompressed(t, "evtx", "cap_procdump_t1003.001_capattack", "Security.evtx.gz")[:evtxHeader+chunkSize]
}

// recordCount counts the records of a log's chunks, by their sizes alone.
func recordCount(data []byte) (n int) {
	for pos := evtxHeader; pos < len(data); pos += chunkSize {
		chunk := data[pos:min(pos+chunkSize, len(data))]
		for at := chunkHeader; ; n++ {
			i, size := nextRecord(chunk, at)
			if i < 0 {
				break
			}
			at = i + size
		}
	}
	return n
}

// TestTruncatedEVTX cuts a log at a hundred places: every whole record is read, and the cut is one
// bad record with its place.
func TestTruncatedEVTX(t *testing.T) {
	data := oneChunk(t)
	end := evtxHeader + int(binary.LittleEndian.Uint32(data[evtxHeader+48:]))
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		cut := evtxHeader + chunkHeader + 4000 + random.IntN(end-evtxHeader-chunkHeader-4000)
		df, err := Read(bytes.NewReader(data[:cut]))
		if err != nil {
			t.Errorf("Read(%d bytes) = %v", cut, err)
			continue
		}
		bad := df.Bad()
		if df.Nrow() != recordCount(data[:cut]) || bad.Total < 1 || bad.Total > 2 || bad.First[0].Offset != evtxHeader || !strings.Contains(bad.First[0].Reason, "truncated") {
			t.Errorf("Read(%d bytes) = %d events, %d bad (%v), want %d and the cut", cut, df.Nrow(), bad.Total, bad.First, recordCount(data[:cut]))
		}
	}
}

// TestFlippedEVTX flips a bit at a hundred places of the part that is used: no event is lost
// without being counted, and whatever was flipped shows by the checksum.
func TestFlippedEVTX(t *testing.T) {
	data := oneChunk(t)
	end := evtxHeader + int(binary.LittleEndian.Uint32(data[evtxHeader+48:]))
	whole := recordCount(data[:end])
	random := rand.New(rand.NewPCG(3, 4))
	bad := 0
	for range 100 {
		at := evtxHeader + chunkHeader + random.IntN(end-evtxHeader-chunkHeader)
		flipped := bytes.Clone(data)
		flipped[at] ^= 1 << random.IntN(8)
		df, err := Read(bytes.NewReader(flipped))
		if err != nil {
			t.Errorf("Read(bit of byte %d flipped) = %v", at, err)
			continue
		}
		_ = shown(df)
		if df.Nrow()+df.Bad().Total < whole {
			t.Errorf("Read(bit of byte %d flipped) = %d events and %d bad, want %d together", at, df.Nrow(), df.Bad().Total, whole)
		}
		if notes := strings.Join(df.Notes(), "\n"); !strings.Contains(notes, "1 chunks do not fit their checksum, the first at byte 4096") {
			t.Errorf("Read(bit of byte %d flipped) has notes %q, want the checksum", at, notes)
		}
		for _, b := range df.Bad().First {
			if b.Offset < evtxHeader || b.Offset >= int64(end) {
				t.Errorf("Read(bit of byte %d flipped) has a bad record at byte %d, beyond the chunk", at, b.Offset)
			}
			bad++
		}
	}
	if bad == 0 {
		t.Error("no flipped bit made a bad record: the test sees none")
	}
}

// TestHostileEVTX writes huge numbers over the places of a log, so over every size in it.
func TestHostileEVTX(t *testing.T) {
	const limit = 64 << 20
	data := oneChunk(t)[:evtxHeader+chunkHeader+12000]
	for k, huge := range [][]byte{{0xff, 0xff, 0xff, 0x7f}, {0xff, 0xff, 0xff, 0xff}, {0x7f}} {
		for at := evtxHeader + k; at+len(huge) <= len(data); at += 29 {
			hostile := bytes.Clone(data)
			copy(hostile[at:], huge)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(bytes.NewReader(hostile))
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > limit {
				t.Errorf("Read with %x at %d took %d MB, %v", huge, at, took>>20, err)
			}
		}
	}
}

// TestUnfoldingEVTX makes a template that is its own value again and again: the event is refused.
func TestUnfoldingEVTX(t *testing.T) {
	data := hostileTemplate()
	if _, err := Read(bytes.NewReader(data)); err == nil || !strings.Contains(err.Error(), "inside each other") {
		t.Errorf("Read(a template in itself) = %v, want an error", err)
	}
}

// hostileTemplate is a log with one event, whose template holds an instance of itself.
func hostileTemplate() []byte {
	data := make([]byte, evtxHeader+chunkSize)
	copy(data, evtxMagic)
	chunk := data[evtxHeader:]
	copy(chunk, chunkMagic)
	const at = chunkHeader
	body := chunk[at+recordHeader:]
	definition := uint32(at + recordHeader + 10)
	instance := binary.LittleEndian.AppendUint32([]byte{tokenTemplate, 1, 0, 0, 0, 0}, definition)
	n := copy(body, instance)
	inner := append(bytes.Clone(instance), 0, 0, 0, 0) // no values
	binary.LittleEndian.PutUint32(body[n+20:], uint32(len(inner)))
	n += 24
	n += copy(body[n:], inner)
	n += 4 // no values
	size := uint32(recordHeader + n + recordEnd)
	copy(chunk[at:], recordMagic)
	binary.LittleEndian.PutUint32(chunk[at+4:], size)
	binary.LittleEndian.PutUint32(chunk[at+int(size)-recordEnd:], size)
	binary.LittleEndian.PutUint32(chunk[48:], at+size)
	return data
}

// FuzzEVTX reads anything as the used part of a chunk; its header is made to fit.
func FuzzEVTX(f *testing.F) {
	f.Add(hostileTemplate()[evtxHeader+chunkHeader:][:200])
	made := madeEVTX()[evtxHeader:]
	f.Add(made[chunkHeader:binary.LittleEndian.Uint32(made[48:])])
	f.Fuzz(func(t *testing.T, records []byte) {
		if len(records) > chunkSize-chunkHeader {
			return
		}
		data := make([]byte, evtxHeader+chunkHeader, evtxHeader+chunkHeader+len(records))
		copy(data, evtxMagic)
		copy(data[evtxHeader:], chunkMagic)
		data = append(data, records...)
		binary.LittleEndian.PutUint32(data[evtxHeader+48:], uint32(len(data)-evtxHeader))
		if df, err := Read(bytes.NewReader(data)); err == nil {
			_ = shown(df)
		}
	})
}

// BenchmarkEVTX reads the nine chunks of a real Sysmon log twenty times over.
func BenchmarkEVTX(b *testing.B) {
	real := decompressed(b, "evtx", "sysmon.evtx.gz")[:evtxHeader+9*chunkSize]
	data := append(bytes.Clone(real[:evtxHeader]), bytes.Repeat(real[evtxHeader:], 20)...)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
	}
}
