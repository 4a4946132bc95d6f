package logs

import (
	"encoding/binary"
	"hash/crc32"
)

// check compares a chunk with its two checksums: of the header, and of the records. A damaged
// text still reads as a text; only this shows that it may be damaged.
func (r *evtxReader) check(base int, data []byte, end int) {
	header := crc32.ChecksumIEEE(data[:120])
	header = crc32.Update(header, crc32.IEEETable, data[128:chunkHeader])
	if crc32.ChecksumIEEE(data[chunkHeader:end]) == binary.LittleEndian.Uint32(data[52:]) && header == binary.LittleEndian.Uint32(data[124:]) {
		return
	}
	if r.failed == 0 {
		r.first = base
	}
	r.failed++
}
