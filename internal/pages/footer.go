package pages

import (
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// Properties are those of a footer that describes the encoder's chunks; delta names the columns of
// integers.
func Properties(delta []string) *parquet.WriterProperties {
	all := []parquet.WriterProperty{
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithVersion(parquet.V2_LATEST),
	}
	for _, column := range delta {
		all = append(all, parquet.WithEncodingFor(column, parquet.Encodings.DeltaBinaryPacked),
			parquet.WithCompressionFor(column, compress.Codecs.Uncompressed))
	}
	return parquet.NewWriterProperties(all...)
}

// Describe tells a footer of the chunk; offset is where the encoder's data begins in the file.
func (c *Chunk) Describe(to *metadata.ColumnChunkMetaDataBuilder, offset int64) error {
	to.SetStats(c.Statistics)
	info := metadata.ChunkMetaInfo{
		NumValues:        int64(c.rows),
		IndexPageOffset:  -1,
		DataPageOffset:   offset + int64(c.data),
		CompressedSize:   int64(c.compressed),
		UncompressedSize: int64(c.uncompressed),
	}
	stats := metadata.EncodingStats{DataEncodingStats: map[parquet.Encoding]int32{c.Encoding: c.pages}}
	if c.coded {
		info.DictPageOffset = offset + int64(c.start)
		stats.DictEncodingStats = map[parquet.Encoding]int32{parquet.Encodings.Plain: 1}
	}
	return to.Finish(info, c.coded, false, stats)
}
