package ptree

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// outputLock keeps other builds from an output while one is at work on it: they would write into the
// same files. The system lets go of it when the program ends, however it ends.
type outputLock struct {
	file *flock.Flock // nil where the file system has no locks, as some of networks
}

// lockOutput fails where another build is at work on the output.
func lockOutput(output string) (outputLock, error) {
	for {
		f := flock.New(filepath.Join(filepath.Dir(output), "."+filepath.Base(output)+".lock"))
		locked, err := f.TryLock()
		switch {
		case errors.Is(err, errors.ErrUnsupported):
			os.Remove(f.Path())
			return outputLock{}, nil
		case err != nil:
			return outputLock{}, fmt.Errorf("the output cannot be written: %w", err)
		case !locked:
			return outputLock{}, fmt.Errorf("another build of the output %s is at work: wait for its end, or name another file", output)
		case isNamed(f):
			return outputLock{f}, nil
		}
		f.Close() // the build that had it removed it in the meantime
	}
}

// isNamed reports whether a lock is still of the file of its name.
func isNamed(f *flock.Flock) bool {
	held, err := f.Stat()
	named, failure := os.Stat(f.Path())
	return err == nil && failure == nil && os.SameFile(held, named)
}

// release leaves nothing behind.
func (l outputLock) release() {
	if l.file == nil {
		return
	}
	// While the lock is held nobody else's can be removed; some systems remove no file that is open,
	// and not there either one that another build has opened.
	err := os.Remove(l.file.Path())
	l.file.Close()
	if err != nil {
		os.Remove(l.file.Path())
	}
}
