// Package pages encodes column chunks of Parquet files from slices, and decodes them: of integers, numbers, flags, and
// texts that are coded already. It exists because a general writer takes Arrow arrays, looks every
// text up in a map again, and allocates anew for every chunk: for a build of process trees that is
// most of the work. For the same reason it decodes what most logs are: texts coded by a dictionary, whose
// codes a general reader looks up and copies several times, and integers. Other columns are left to that.
//
// What it writes is the oldest and plainest part of the format, so that every reader knows it: data
// pages of version 1, definition levels of at most 1 (columns are flat), zstd for all but integers,
// which their encoding has made small already. The sections that comments name are those of the
// format's specification:
//
//   - Encodings: https://parquet.apache.org/docs/file-format/data-pages/encodings/
//   - Page headers, statistics: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
//   - Thrift compact protocol: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
//
// The same input gives the same bytes, whatever an [Encoder] has encoded before.
package pages
