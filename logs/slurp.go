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

// slurp reads r to its end into memory, up to the limit of the options. The memory grows with
// what has really come, so that no promised size can allocate, and by pieces that are joined at
// the end: a slice that grows leaves several times its size to the collector.
func (s *source) slurp(r io.Reader, counted *counter, compressed bool) ([]byte, error) {
	var full [][]byte
	chunk := make([]byte, 0, smallChunk)
	if !compressed && s.size >= 0 {
		// the file system's word for a regular file; one byte more shows the end
		chunk = make([]byte, 0, min(s.size, s.options.limit(0, false))+1)
	}
	total := 0
	var lines lineWatch
	for {
		if len(chunk) == cap(chunk) {
			full = append(full, chunk)
			chunk = make([]byte, 0, min(max(smallChunk, total/4), largeChunk))
		}
		n, err := r.Read(chunk[len(chunk):min(cap(chunk), len(chunk)+1<<20)])
		fresh := chunk[len(chunk) : len(chunk)+n]
		chunk = chunk[:len(chunk)+n]
		total += n
		if limit := s.options.limit(counted.n, compressed); int64(total) > limit {
			return nil, &tooLarge{limit, compressed}
		}
		if err := lines.watch(s, fresh); err != nil {
			return nil, err
		}
		if err == io.EOF {
			return joined(full, chunk, total), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// joined puts the chunks together and gives each up as soon as it is copied.
func joined(full [][]byte, last []byte, total int) []byte {
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
