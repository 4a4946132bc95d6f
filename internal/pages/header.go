package pages

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/apache/arrow-go/v18/parquet"
)

// header is what stands before a page, the struct PageHeader of parquet.thrift.
type header struct {
	dictionary               bool
	values                   int
	encoding                 parquet.Encoding
	uncompressed, compressed int // bytes
}

var errPageSize = errors.New("a page of 2 GiB or more: the format counts its bytes by 31 bits")

// Types of pages, and of fields in the Thrift compact protocol.
const (
	dataPage, dictionaryPage = 0, 2
	typeInt32, typeStruct    = 5, 12
)

func (h header) append(out []byte) ([]byte, error) {
	if max(h.uncompressed, h.compressed) > math.MaxInt32 {
		return nil, errPageSize
	}
	kind, description := dataPage, 5
	if h.dictionary {
		kind, description = dictionaryPage, 7
	}
	out = appendInt32(out, 1, kind)
	out = appendInt32(out, 1, h.uncompressed)
	out = appendInt32(out, 1, h.compressed)
	out = append(out, byte(description-3)<<4|typeStruct)
	out = appendInt32(out, 1, h.values)
	out = appendInt32(out, 1, int(h.encoding))
	if !h.dictionary {
		out = appendInt32(out, 1, int(parquet.Encodings.RLE)) // of definition levels
		out = appendInt32(out, 1, int(parquet.Encodings.RLE)) // of repetition levels, which there are none of
	}
	return append(out, 0, 0), nil // both structs end
}

// appendInt32 appends a field: how much its number is above the one before, its type, its value.
func appendInt32(out []byte, step, value int) []byte {
	return binary.AppendVarint(append(out, byte(step)<<4|typeInt32), int64(value))
}
