package logs

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/gophertrees/gopherwood/dataframe"
)

// evtxFormat is the binary event log of Windows since Vista. Its reader is our own: of the Go
// packages one kills the process on a corrupt file (0xrawsec/golang-evtx) and one loses the
// last digit of times and takes bytes beyond the end for zeros (www.velocidex.com/golang/evtx).
//
// A file is a header and chunks of 64 KiB, each complete in itself. Every chunk with the right
// first bytes is read, whatever the header counts: that of a log which was copied while it was
// written ("dirty") counts too few. What lies behind the end that a chunk names for itself is
// left from an older log; it is counted, and not read, because it is no part of this one.
var evtxFormat = &format{
	Format: Format{"evtx", "Windows event log: Security, Sysmon and all others",
		[]string{".evtx"}, "https://github.com/libyal/libevtx/tree/main/documentation"},
	matches: func(s *source) bool {
		return bytes.HasPrefix(s.data, evtxMagic) || len(s.data) > evtxHeader && bytes.HasPrefix(s.data[evtxHeader:], chunkMagic)
	},
	decode: readEVTX,
	binary: true,
}

var (
	evtxMagic   = []byte("ElfFile\x00")
	chunkMagic  = []byte("ElfChnk\x00")
	recordMagic = []byte("**\x00\x00")
)

const (
	evtxHeader   = 4096
	chunkSize    = 1 << 16
	chunkHeader  = 512
	recordHeader = 24
	recordEnd    = 4 // the size once more
)

// evtxReader reads the chunks of a file.
type evtxReader struct {
	source *source
	table  *eventTable
	xml    binaryXML
	old    int // records in the unused parts of chunks
	failed int // chunks whose checksum does not fit
	first  int // where the first of them is
	room   int // parts behind the last chunk that hold neither events nor zeros
}

func readEVTX(s *source) (dataframe.DataFrame, error) {
	t := newEventTable(s)
	r := &evtxReader{source: s, table: t, xml: binaryXML{elements: elements{table: t}, words: map[string]string{}, names: map[uint32]string{}}}
	for pos := evtxHeader; pos < len(s.data); pos += chunkSize {
		r.chunk(pos, min(pos+chunkSize, len(s.data)))
		if err := s.decoded(pos, len(s.data)); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	r.note()
	return t.frame()
}

// note says what was met beside the events.
func (r *evtxReader) note() {
	add := func(format string, args ...any) { r.table.notes = append(r.table.notes, fmt.Sprintf(format, args...)) }
	if !bytes.HasPrefix(r.source.data, evtxMagic) {
		add("the file's header is damaged: its chunks were read all the same")
	}
	if r.failed > 0 {
		add("%d chunks do not fit their checksum, the first at byte %d: their events may be damaged", r.failed, r.first)
	}
	if r.old > 0 {
		add("%d records of an older log lie in the unused parts of chunks: not read", r.old)
	}
	if r.room > 0 {
		add("%d parts of 64 KiB behind the last chunk hold no event: room that was not used yet", r.room)
	}
	if r.xml.surrogates > 0 {
		add("%d texts are not sound UTF-16: what is no character became U+FFFD", r.xml.surrogates)
	}
}

// reject counts data[from:] as one bad record.
func (r *evtxReader) reject(from int, reason string, args ...any) {
	r.source.reject(&r.table.bad, 0, from, from, reason, args...)
}

// chunk reads the records of data[from:to].
func (r *evtxReader) chunk(from, to int) {
	data := r.source.data[from:to]
	if len(data) < chunkHeader {
		r.reject(from, "the chunk ends after %d bytes: the file is truncated", len(data))
		return
	}
	end := len(data)
	if !bytes.HasPrefix(data, chunkMagic) {
		if at, _ := nextRecord(data, chunkHeader); at < 0 {
			r.unused(from, data)
			return
		}
		r.reject(from, "the chunk's first bytes are damaged: its events were looked for")
	} else if end = int(binary.LittleEndian.Uint32(data[48:])); end < chunkHeader || end > chunkSize {
		end = len(data)
		r.reject(from, "the chunk's header is damaged: its events were looked for")
	}
	if end > len(data) {
		r.reject(from, "the chunk ends after %d of its %d bytes: the file is truncated", len(data), end)
		end = len(data)
	}
	r.check(from, data, end)
	r.xml.open(data[:end])
	r.records(from, data[:end])
	r.slack(data, end)
}

// unused counts 64 KiB without any record: room for chunks that Windows made in advance, which
// may hold anything, or a chunk that is lost when the header counts it.
func (r *evtxReader) unused(from int, data []byte) {
	if counted := int(binary.LittleEndian.Uint16(r.source.data[42:])); (from-evtxHeader)/chunkSize < counted {
		r.reject(from, "a chunk of the log is damaged: it holds no event any more")
	} else if len(bytes.Trim(data, "\x00")) > 0 {
		r.room++
	}
}

// slack counts the records behind the end of a chunk.
func (r *evtxReader) slack(data []byte, end int) {
	for pos := end; pos < len(data); {
		at, size := nextRecord(data, pos)
		if at < 0 {
			return
		}
		r.old++
		pos = at + size
	}
}

// records reads the records of a chunk.
func (r *evtxReader) records(base int, data []byte) {
	for pos := chunkHeader; pos < len(data); {
		at, size := nextRecord(data, pos)
		if at != pos {
			r.gap(base, data, pos, at)
		}
		if at < 0 {
			return
		}
		if err := r.xml.event(at+recordHeader, at+size-recordEnd); err != nil {
			r.table.drop()
			r.reject(base+at, "record %d: %v", binary.LittleEndian.Uint64(data[at+8:]), err)
		} else {
			r.table.keep()
		}
		pos = at + size
	}
}

// gap counts what lies between two records and is none; a few zeros fill up.
func (r *evtxReader) gap(base int, data []byte, from, to int) {
	if to < 0 {
		to = len(data)
	}
	if len(bytes.Trim(data[from:to], "\x00")) > 0 {
		r.reject(base+from, "%d bytes are not a whole record", to-from)
	}
}

// nextRecord finds the first whole record of data[from:]: one whose size stands at its
// beginning and at its end. at is -1 when there is none.
func nextRecord(data []byte, from int) (at, size int) {
	for pos := from; pos+recordHeader+recordEnd <= len(data); pos++ {
		i := bytes.Index(data[pos:], recordMagic)
		if i < 0 {
			return -1, 0
		}
		pos += i
		if pos+recordHeader+recordEnd > len(data) {
			return -1, 0
		}
		n := binary.LittleEndian.Uint32(data[pos+4:])
		if n >= recordHeader+recordEnd && uint64(pos)+uint64(n) <= uint64(len(data)) &&
			binary.LittleEndian.Uint32(data[pos+int(n)-recordEnd:]) == n {
			return pos, int(n)
		}
	}
	return -1, 0
}
