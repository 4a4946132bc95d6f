package logs

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gophertrees/gopherwood/dataframe"
)

const arrowMagic = "ARROW1"

var arrowFormat = &format{
	Format: Format{"arrow", "Arrow IPC, as a file (Feather version 2) or a stream",
		[]string{".arrow", ".feather", ".ipc"}, "https://arrow.apache.org/docs/format/Columnar.html"},
	matches: func(s *source) bool {
		if len(s.data) >= 8 && bytes.HasPrefix(s.data, []byte("\xff\xff\xff\xff")) {
			// a stream begins with a marker and the length of its schema
			length := int64(s.data[4]) | int64(s.data[5])<<8 | int64(s.data[6])<<16 | int64(s.data[7])<<24
			return length > 0 && length < int64(len(s.data))
		}
		return bytes.HasPrefix(s.data, []byte(arrowMagic)) || bytes.HasPrefix(s.data, []byte("FEA1"))
	},
	decode: readArrow,
	binary: true,
}

func readArrow(s *source) (df dataframe.DataFrame, err error) {
	err = guarded(func() error {
		switch {
		case bytes.HasPrefix(s.data, []byte("FEA1")):
			return errors.New("a Feather file of version 1 is not read: save it by pyarrow.feather.write_feather, which writes version 2")
		case bytes.HasPrefix(s.data, []byte(arrowMagic)):
			df, err = readArrowFile(s)
		default:
			df, err = readArrowStream(s)
		}
		return err
	})
	return df, err
}

// ipcOptions bounds the parts of a file by its length; Arrow's own limits refuse large batches.
func (s *source) ipcOptions() []ipc.Option {
	return []ipc.Option{ipc.WithAllocator(s.newBoundedMemory()),
		ipc.WithBodySizeLimit(int64(len(s.data))), ipc.WithMetadataSizeLimit(int64(len(s.data)))}
}

func readArrowFile(s *source) (dataframe.DataFrame, error) {
	if !bytes.HasSuffix(s.data, []byte(arrowMagic)) {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow file does not end as one, at byte %d: it is truncated, get a whole copy", len(s.data))
	}
	if err := verifyArrowFile(s.data); err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow file: %w", err)
	}
	r, err := ipc.NewFileReader(bytes.NewReader(s.data), s.ipcOptions()...)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow file is corrupt: %w", err)
	}
	defer r.Close()
	parts := newBatches(r.Schema())
	for i := range r.NumRecords() {
		record, err := r.RecordBatchAt(i)
		if err != nil {
			return dataframe.DataFrame{}, fmt.Errorf("batch %d of %d of the Arrow file is corrupt: %w", i+1, r.NumRecords(), err)
		}
		if err := parts.add(record); err != nil {
			return dataframe.DataFrame{}, err
		}
		if err := s.decoded(i+1, r.NumRecords()); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	return parts.frame()
}

func readArrowStream(s *source) (dataframe.DataFrame, error) {
	if err := verifyMessages(s.data); err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow stream: %w", err)
	}
	input := bytes.NewReader(s.data)
	r, err := ipc.NewReader(input, s.ipcOptions()...)
	if err != nil {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow stream is corrupt: %w", err)
	}
	defer r.Release()
	parts := newBatches(r.Schema())
	for r.Next() {
		if err := parts.add(r.RecordBatch()); err != nil {
			return dataframe.DataFrame{}, err
		}
		if err := s.decoded(len(s.data)-input.Len(), len(s.data)); err != nil {
			return dataframe.DataFrame{}, err
		}
	}
	if err := r.Err(); err != nil && err != io.EOF {
		return dataframe.DataFrame{}, fmt.Errorf("the Arrow stream is truncated or corrupt before byte %d: %w", len(s.data)-input.Len(), err)
	}
	return parts.frame()
}
