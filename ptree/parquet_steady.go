package ptree

// syncBytes are written before the disk is asked to take them.
const syncBytes = 32 << 20

// steadyWriter writes to a file and lets the disk have what was written while more is made: else a build
// would wait at its end for all of it.
type steadyWriter struct {
	file    syncFile
	waiting int64      // bytes since the disk was asked
	asked   chan error // of the request that is under way; nil without one
	failure error
}

// syncFile is what is used of an [os.File].
type syncFile interface {
	Write(data []byte) (int, error)
	Sync() error
}

// Write writes, unless the disk could not take what was written before.
func (w *steadyWriter) Write(data []byte) (int, error) {
	if w.failure != nil {
		return 0, w.failure
	}
	n, err := w.file.Write(data)
	if w.waiting += int64(n); w.waiting >= syncBytes && w.free() && w.failure == nil {
		w.waiting, w.asked = 0, make(chan error, 1)
		go func(asked chan<- error) { asked <- w.file.Sync() }(w.asked)
	}
	return n, err
}

// free reports whether no request is under way.
func (w *steadyWriter) free() bool {
	if w.asked == nil {
		return true
	}
	select {
	case err := <-w.asked:
		w.asked, w.failure = nil, firstOf(w.failure, err)
		return true
	default:
		return false
	}
}

// sync returns when the disk has everything. The system tells of a failure once, so that it is kept.
func (w *steadyWriter) sync() error {
	if w.asked != nil {
		w.failure = firstOf(w.failure, <-w.asked)
		w.asked = nil
	}
	if w.failure == nil {
		w.failure, w.waiting = w.file.Sync(), 0
	}
	return w.failure
}
