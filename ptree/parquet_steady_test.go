package ptree

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

// slowDisk takes what was written when it is told to, or fails to.
type slowDisk struct {
	bytes.Buffer
	syncs   int
	goOn    chan struct{}
	failure error
}

func (d *slowDisk) Sync() error {
	d.syncs++
	<-d.goOn
	return d.failure
}

// TestSteadyWriter: the disk is asked once for much, while writing goes on; sync waits for it; a failure is
// told by every call from then on.
func TestSteadyWriter(t *testing.T) {
	broken := errors.New("broken")
	for _, failure := range []error{nil, broken} {
		d := &slowDisk{goOn: make(chan struct{}), failure: failure}
		w := &steadyWriter{file: d}
		piece := make([]byte, syncBytes/2)
		for range 7 {
			if _, err := w.Write(piece); err != nil {
				t.Fatal(err)
			}
		}
		if d.Len() != 7*len(piece) {
			t.Fatalf("%d bytes are written, want %d", d.Len(), 7*len(piece))
		}
		ended := make(chan error, 1)
		go func() { ended <- w.sync() }()
		select {
		case <-ended:
			t.Fatal("sync does not wait for the disk")
		case <-time.After(20 * time.Millisecond):
		}
		close(d.goOn)
		if err := <-ended; !errors.Is(err, failure) {
			t.Errorf("sync: %v, want %v", err, failure)
		}
		if want := map[error]int{nil: 2, broken: 1}[failure]; d.syncs != want {
			t.Errorf("the disk was asked %d times, want %d", d.syncs, want)
		}
		if _, err := w.Write(piece); !errors.Is(err, failure) {
			t.Errorf("after that, Write: %v, want %v", err, failure)
		}
	}
}
