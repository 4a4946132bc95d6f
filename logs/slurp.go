package logs

import (
	"fmt"
	"io"
)

// counter counts the bytes of the file as it is on disk, and ends when the reading is to stop,
// also while the reader below it waits, as a pipe does.
type counter struct {
	source *source
	reader io.Reader
	n      int64
	buffer []byte
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.source.stopped(); err != nil {
		return 0, err
	}
	n, err := c.read(p)
	c.n += int64(n)
	c.source.loaded(c.n)
	return n, err
}

func (c *counter) read(p []byte) (int, error) {
	done := c.source.context().Done()
	if done == nil || c.source.size >= 0 {
		return c.reader.Read(p)
	}
	// a reader that waits cannot be interrupted: it gets its own buffer and is left behind
	type result struct {
		n   int
		err error
	}
	came := make(chan result, 1)
	if cap(c.buffer) < len(p) {
		c.buffer = make([]byte, len(p))
	}
	buffer := c.buffer[:len(p)]
	go func() {
		n, err := c.reader.Read(buffer)
		came <- result{n, err}
	}()
	select {
	case r := <-came:
		return copy(p, buffer[:r.n]), r.err
	case <-done:
		c.buffer = nil
		return 0, c.source.stopped()
	}
}

// tooLarge is an input over its limit.
type tooLarge struct {
	limit      int64
	compressed bool
}

func (e *tooLarge) Error() string {
	if e.compressed {
		return fmt.Sprintf("the file decompresses to more than %d bytes, far more than its size promises: "+
			"set Options.MaxBytes if you trust it", e.limit)
	}
	return fmt.Sprintf("the input is larger than %d bytes: set Options.MaxBytes if the memory is there", e.limit)
}

const (
	smallChunk = 1 << 16
	largeChunk = 16 << 20
)

// intake is an input on its way into memory.
type intake struct {
	source  *source
	reader  io.Reader // behind all compressions
	counted *counter
	layers  []string                            // names of the compressions
	watch   func(s *source, fresh []byte) error // ends the reading of a line without end
	total   int64                               // bytes that have come
	ended   bool
}

// read appends what comes next to a buffer, within its capacity.
func (in *intake) read(buffer []byte) ([]byte, error) {
	n, err := in.reader.Read(buffer[len(buffer):min(cap(buffer), len(buffer)+1<<20)])
	fresh := buffer[len(buffer) : len(buffer)+n]
	in.total += int64(n)
	if limit := in.source.options.limit(in.counted.n, len(in.layers) > 0); in.total > limit {
		return nil, &tooLarge{limit, len(in.layers) > 0}
	}
	if err := in.watch(in.source, fresh); err != nil {
		return nil, err
	}
	if err == io.EOF {
		in.ended, err = true, nil
	}
	return buffer[:len(buffer)+n], err
}

// promised is the file system's word for the size of a regular file, and one byte more, which
// shows its end; 0 where there is no such word.
func (in *intake) promised() int64 {
	if len(in.layers) > 0 || in.source.size < 0 {
		return 0
	}
	return min(in.source.size, in.source.options.limit(0, false)) + 1
}

// head reads the beginning, so many bytes at most. The memory grows with what has really come, so
// that no promised size can allocate more.
func (in *intake) head(most int) (head []byte, err error) {
	head = make([]byte, 0, min(max(in.promised(), smallChunk), int64(most)))
	for !in.ended && len(head) < most {
		if len(head) == cap(head) {
			head = append(make([]byte, 0, min(2*len(head), most)), head...)
		}
		if head, err = in.read(head); err != nil {
			return nil, err
		}
	}
	return head, nil
}

// all reads what follows the head to the end. It grows by pieces that are joined at the end: a
// slice that grows leaves several times its size to the collector.
func (in *intake) all(head []byte) (_ []byte, err error) {
	var full [][]byte
	chunk := head
	if n := in.promised(); n > int64(cap(head)) {
		chunk = append(make([]byte, 0, n), head...)
	}
	for !in.ended {
		if len(chunk) == cap(chunk) {
			full = append(full, chunk)
			chunk = make([]byte, 0, min(max(smallChunk, in.total/4), largeChunk))
		}
		if chunk, err = in.read(chunk); err != nil {
			return nil, err
		}
	}
	return joined(full, chunk, in.total), nil
}

// joined puts the chunks together and gives each up as soon as it is copied.
func joined(full [][]byte, last []byte, total int64) []byte {
	if len(full) == 0 {
		return last
	}
	data := make([]byte, 0, total)
	for i, chunk := range full {
		data = append(data, chunk...)
		full[i] = nil
	}
	return append(data, last...)
}
