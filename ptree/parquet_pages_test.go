package ptree

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// TestPagesAndRecords: columns that are read from their pages have what Arrow's reader reads.
func TestPagesAndRecords(t *testing.T) {
	for _, c := range []struct {
		name    string
		unit    arrow.TimeUnit
		far     bool // a moment that nanoseconds cannot tell
		options []parquet.WriterProperty
		direct  int // columns that are read from pages
	}{
		{"coded", arrow.Microsecond, false, []parquet.WriterProperty{parquet.WithDictionaryDefault(true)}, 7},
		{"plain", arrow.Nanosecond, false, nil, 7},
		{"version 2", arrow.Millisecond, false, []parquet.WriterProperty{parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithDictionaryDefault(true)}, 7},
		{"differences", arrow.Microsecond, false, []parquet.WriterProperty{parquet.WithEncodingFor("NewProcessId", parquet.Encodings.DeltaBinaryPacked)}, 6},
		{"far away", arrow.Microsecond, true, nil, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "log.parquet")
			writeRecord(t, path, mixedRecord(5000, c.unit, c.far), c.options...)
			pages, direct, failure := scanned(t, path, true)
			records, none, want := scanned(t, path, false)
			if direct != c.direct || none != 0 {
				t.Errorf("%d columns are read from pages, want %d; %d, want none", direct, c.direct, none)
			}
			if (failure != nil) != c.far || fmt.Sprint(failure) != fmt.Sprint(want) {
				t.Errorf("from pages: %v; from records: %v", failure, want)
			}
			if !slices.Equal(pages, records) {
				t.Error("pages read otherwise than records")
			}
			if !c.far && !strings.Contains(pages[0], "1700000000000000000 true") {
				t.Errorf("the first moment is not in %s", pages[0])
			}
			if !c.far && len(pages) != 5000 {
				t.Errorf("%d rows, want 5000", len(pages))
			}
		})
	}
}

// mixedRecord is a log with nulls in all columns but that of the times.
func mixedRecord(rows int, unit arrow.TimeUnit, far bool) arrow.RecordBatch {
	var fields []arrow.Field
	var arrays []arrow.Array
	add := func(name string, a arrow.Array) {
		fields, arrays = append(fields, arrow.Field{Name: name, Type: a.DataType(), Nullable: true}), append(arrays, a)
	}
	stamps := array.NewTimestampBuilder(memory.DefaultAllocator, &arrow.TimestampType{Unit: unit, TimeZone: "UTC"})
	for i := range rows {
		stamps.Append(arrow.Timestamp(1_700_000_000*int64(1e9/int(unit.Multiplier())) + int64(i)))
	}
	if far {
		stamps.Append(1 << 62)
		rows++
	}
	add("TimeGenerated", stamps.NewArray())
	for k, name := range []string{"Computer", "NewProcessName", "ParentProcessName", "CommandLine"} {
		b := array.NewStringBuilder(memory.DefaultAllocator)
		for i := range rows {
			if i%(10+k) == 3 {
				b.AppendNull()
			} else {
				b.Append(fmt.Sprintf("%s %d", strings.Repeat("x", i%7), i/3%(20<<k)))
			}
		}
		add(name, b.NewArray())
	}
	wide, narrow := array.NewInt64Builder(memory.DefaultAllocator), array.NewInt32Builder(memory.DefaultAllocator)
	for i := range rows {
		wide.Append(int64(i % 500 * 4))
		if i%9 == 0 {
			narrow.AppendNull()
		} else {
			narrow.Append(int32(i % 700))
		}
	}
	add("NewProcessId", wide.NewArray())
	add("ProcessId", narrow.NewArray())
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), arrays, int64(rows))
}

func writeRecord(t *testing.T, path string, record arrow.RecordBatch, options ...parquet.WriterProperty) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	options = append(options, parquet.WithVersion(parquet.V2_LATEST), parquet.WithMaxRowGroupLength(1500), parquet.WithDataPageSize(4000), parquet.WithBatchSize(100))
	w, err := pqarrow.NewFileWriter(record.Schema(), f, parquet.NewWriterProperties(options...), pqarrow.DefaultWriterProps())
	if err == nil {
		err = firstOf(w.Write(record), w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// scanned writes down the rows of a file, read from pages or from records, and tells how many columns
// of a row group were read from pages.
func scanned(t *testing.T, path string, fromPages bool) (rows []string, direct int, failure error) {
	t.Helper()
	source, err := openSource(context.Background(), []string{path})
	if err != nil {
		t.Fatal(err)
	}
	l, err := source.layout(ParquetOptions{Schema: Schema{ProcessName: "NewProcessName", ProcessID: "NewProcessId", ParentID: "ProcessId",
		TimeStamp: "TimeGenerated", ParentName: "ParentProcessName", CommandLine: "CommandLine", HostName: "Computer"}})
	if err != nil {
		t.Fatal(err)
	}
	const batch = 1100
	s := &source.files[0]
	f, err := openParquet(path, batch)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for group := range s.groups {
		columns := make([]pageColumn, len(l.columns))
		if fromPages {
			if columns, err = s.pageColumns(f, l, group); err != nil {
				t.Fatal(err)
			}
		}
		direct = 0
		for _, c := range columns {
			if c != nil {
				direct++
			}
		}
		read := &groupRead{file: s, group: group, layout: l, batch: batch}
		records, err := read.records(context.Background(), f, columns)
		if err != nil {
			t.Fatal(err)
		}
		for records.Next() {
			b, err := l.blockOfRecord(records.RecordBatch(), columns, 0, nil)
			if err != nil {
				return nil, direct, err
			}
			for i := range b.row {
				rows = append(rows, b.told(i))
			}
		}
		records.Release()
	}
	return rows, direct, nil
}

// told is what a row has in all columns.
func (b *block) told(row int) string {
	var out []string
	for i := range b.columns {
		c := &b.columns[i]
		switch {
		case c.codes != nil && c.codes[row] < 0:
			out = append(out, "null")
		case c.codes != nil:
			out = append(out, c.words[c.codes[row]])
		default:
			v, ok := c.value(row)
			out = append(out, fmt.Sprint(v, ok))
		}
	}
	return strings.Join(out, "|")
}
