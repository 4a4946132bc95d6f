package pages

import (
	"encoding/binary"
	"math/bits"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/klauspost/compress/zstd"
)

// Encoder writes column chunks, one after another. It keeps its buffers, so that one that is used
// again allocates little; one goroutine uses it at a time.
type Encoder struct {
	Data []byte // the chunks so far

	body []byte // of the page at work, before compression
	zstd *zstd.Encoder
}

// Rows says which rows of a column have a value.
type Rows struct {
	Count    int
	Required bool    // the schema says that all have one
	Levels   []uint8 // by row: 0 for null, else 1; nil when none is null
}

// Chunk is what a footer says of a column chunk.
type Chunk struct {
	Encoding   parquet.Encoding // of the data pages
	Statistics metadata.EncodedStatistics

	rows                     int
	pages                    int32 // of data
	coded                    bool  // by a dictionary page
	start, data              int   // where in Data the chunk and its first data page begin
	compressed, uncompressed int
}

// Reset forgets the chunks. Data is written over from then on.
func (e *Encoder) Reset() { e.Data = e.Data[:0] }

// Int64s encodes the values of the rows that have one.
func (e *Encoder) Int64s(rows Rows, values []int64) (*Chunk, error) {
	c := e.begin(rows, parquet.Encodings.DeltaBinaryPacked, integerStatistics(values, 8))
	e.body = appendDelta(e.levels(rows), values)
	return c, e.page(c, rows.Count)
}

// Int32s does the same for integers of 32 bits.
func (e *Encoder) Int32s(rows Rows, values []int32) (*Chunk, error) {
	c := e.begin(rows, parquet.Encodings.DeltaBinaryPacked, integerStatistics(values, 4))
	e.body = appendDelta(e.levels(rows), values)
	return c, e.page(c, rows.Count)
}

// Floats encodes numbers.
func (e *Encoder) Floats(rows Rows, values []float64) (*Chunk, error) {
	c := e.begin(rows, parquet.Encodings.Plain, floatStatistics(values))
	e.body = appendFloats(e.levels(rows), values)
	return c, e.page(c, rows.Count)
}

// Flags encodes booleans: 0 or 1.
func (e *Encoder) Flags(rows Rows, values []uint8) (*Chunk, error) {
	c := e.begin(rows, parquet.Encodings.Plain, integerStatistics(values, 1))
	e.body = appendPacked(e.levels(rows), values, 1)
	return c, e.page(c, rows.Count)
}

// begin starts a chunk.
func (e *Encoder) begin(rows Rows, encoding parquet.Encoding, s metadata.EncodedStatistics) *Chunk {
	c := &Chunk{rows: rows.Count, Encoding: encoding, Statistics: s, start: len(e.Data), data: len(e.Data)}
	c.Statistics.SetNullCount(int64(rows.Count - rows.present()))
	return c
}

// levels begins the body of a data page: its definition levels, with their length before them.
func (e *Encoder) levels(rows Rows) []byte {
	e.body = e.body[:0]
	if rows.Required {
		return e.body
	}
	const length = 4
	e.body = append(e.body, make([]byte, length)...)
	if rows.Levels != nil {
		e.body = appendHybrid(e.body, rows.Levels, 1)
	} else {
		e.body = append(binary.AppendUvarint(e.body, uint64(rows.Count)<<1), 1)
	}
	binary.LittleEndian.PutUint32(e.body, uint32(len(e.body)-length))
	return e.body
}

// page ends a data page of so many rows.
func (e *Encoder) page(c *Chunk, rows int) error {
	c.pages++
	return e.write(c, header{values: rows, encoding: c.Encoding})
}

// write puts the body behind its header, compressed unless it is of integers.
func (e *Encoder) write(c *Chunk, h header) error {
	if h.encoding == parquet.Encodings.DeltaBinaryPacked {
		return e.store(c, h)
	}
	if e.zstd == nil {
		var err error
		if e.zstd, err = newCompressor(); err != nil {
			return err
		}
	}
	const room = 64 // more than a header takes, which is known only when the body is compressed
	start := len(e.Data)
	e.Data = append(e.Data, make([]byte, room)...)
	e.Data = e.zstd.EncodeAll(e.body, e.Data)
	h.uncompressed, h.compressed = len(e.body), len(e.Data)-start-room
	head, err := h.append(make([]byte, 0, room))
	if err != nil {
		return err
	}
	copy(e.Data[start:], head)
	e.Data = append(e.Data[:start+len(head)], e.Data[start+room:]...)
	c.compressed += len(head) + h.compressed
	c.uncompressed += len(head) + h.uncompressed
	return nil
}

// store puts the body there as it is. Of integers, the differences take as few bits as they need: in logs
// that were measured, zstd found nothing in them but for positions, which are hardly anything.
func (e *Encoder) store(c *Chunk, h header) error {
	h.uncompressed, h.compressed = len(e.body), len(e.body)
	start := len(e.Data)
	var err error
	if e.Data, err = h.append(e.Data); err != nil {
		return err
	}
	e.Data = append(e.Data, e.body...)
	c.compressed += len(e.Data) - start
	c.uncompressed += len(e.Data) - start
	return nil
}

// newCompressor makes one whose memory fits pages.
func newCompressor() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(pageBytes), zstd.WithZeroFrames(true))
}

// widthOf is how many bits tell so many codes apart, at least one: some readers know no width of 0.
func widthOf(codes int) int { return max(1, bits.Len(uint(max(0, codes-1)))) }
