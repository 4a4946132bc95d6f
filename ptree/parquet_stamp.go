package ptree

import (
	"errors"
	"fmt"
	"os"
)

// fileStamp tells whether a file is still the one that was read before.
type fileStamp struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"` // nanoseconds since 1970
}

// errNotRegular is of pipes, devices and folders, which cannot be read from their end. To open a pipe could
// take forever.
var errNotRegular = errors.New("it is no regular file")

func stampOf(path string) (fileStamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return fileStamp{}, err
	}
	if !info.Mode().IsRegular() {
		return fileStamp{}, fmt.Errorf("%s: %w", path, errNotRegular)
	}
	return fileStamp{info.Size(), info.ModTime().UnixNano()}, nil
}
