package kernel

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	// flushInterval is how long printed text may wait for more, so that a loop of prints
	// becomes few messages: Jupyter's server drops what exceeds 1000 messages a second.
	flushInterval = 30 * time.Millisecond
	// flushSize is how many bytes are sent at once without waiting.
	flushSize = 64 << 10
	// closeTime is how long the end of a closed pipe is waited for.
	closeTime = 200 * time.Millisecond
)

// streams replaces os.Stdout and os.Stderr by pipes for the time of a session, and emits
// what arrives there: in large pieces, in valid UTF-8. Each stream's text is in order. Which
// of two streams was written first within flushInterval cannot be known of two pipes; stdout
// goes first then, so that a run always looks the same.
type streams struct {
	emit func(name, text string)

	pipes        []*pipe // stdout, stderr
	oldOut       *os.File
	oldErr       *os.File
	redirectsLog bool

	mu    sync.Mutex
	timer *time.Timer // emits what is pending; nil when nothing is
}

// pipe is one of the two streams.
type pipe struct {
	name    string
	write   *os.File
	pending []byte // text to emit
	tail    []byte // the beginning of a rune, or of a mark, whose rest is still to come
	mark    []byte // stands in the pipe where flush was called
	marked  chan struct{}
	done    chan struct{}
}

// openStreams swaps os.Stdout and os.Stderr until close. The standard logger follows when it
// writes to os.Stderr, as it does by default.
func openStreams(emit func(name, text string)) (*streams, error) {
	s := &streams{emit: emit, oldOut: os.Stdout, oldErr: os.Stderr}
	for _, name := range []string{"stdout", "stderr"} {
		read, write, err := os.Pipe()
		if err != nil {
			s.closePipes()
			return nil, fmt.Errorf("open a pipe for %s: %w", name, err)
		}
		p := &pipe{name: name, write: write, mark: newMark(), marked: make(chan struct{}), done: make(chan struct{})}
		s.pipes = append(s.pipes, p)
		go s.copy(p, read)
	}
	s.redirectsLog = log.Writer() == os.Stderr
	s.redirect(s.pipes[0].write, s.pipes[1].write)
	return s, nil
}

func (s *streams) redirect(stdout, stderr *os.File) {
	os.Stdout, os.Stderr = stdout, stderr
	if s.redirectsLog {
		log.SetOutput(stderr)
	}
}

// outside calls f with the process's own files in place.
func (s *streams) outside(f func()) {
	stdout, stderr := os.Stdout, os.Stderr // a cell may have changed them
	s.redirect(s.oldOut, s.oldErr)
	defer s.redirect(stdout, stderr)
	f()
}

// newMark makes bytes that nobody prints by chance.
func newMark() []byte { return append([]byte{0, 0xff}, rand.Text()...) }

// close puts the old files back and emits the rest.
func (s *streams) close() {
	s.flush(true)
	s.redirect(s.oldOut, s.oldErr)
	s.closePipes()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.send()
}

func (s *streams) closePipes() {
	for _, p := range s.pipes {
		p.write.Close()
		p.awaitEnd()
	}
}

// awaitEnd waits until all of a closed pipe is read; not for ever, because a child process of
// the cell may still hold the other end.
func (p *pipe) awaitEnd() {
	select {
	case <-p.done:
	case <-time.After(closeTime):
	}
}

// flush emits all that was printed before the call. With end, the text is complete, and half
// a rune at its end will not get another half. Calls must not overlap.
func (s *streams) flush(end bool) {
	for _, p := range s.pipes {
		if _, err := p.write.Write(p.mark); err != nil {
			p.awaitEnd() // the cell has closed its own output
			continue
		}
		select {
		case <-p.marked:
		case <-p.done:
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if end {
		for _, p := range s.pipes {
			s.add(p, p.tail)
			p.tail = nil
		}
	}
	s.send()
}

// copy moves a pipe's text into pending until the pipe is closed.
func (s *streams) copy(p *pipe, read *os.File) {
	defer close(p.done)
	defer read.Close()
	chunk := make([]byte, flushSize)
	for {
		n, err := read.Read(chunk)
		for rest := chunk[:n]; rest != nil; {
			var marked bool
			rest, marked = s.take(p, rest)
			if marked {
				p.marked <- struct{}{}
			}
		}
		if err != nil {
			s.mu.Lock()
			s.add(p, p.tail)
			p.tail = nil
			s.mu.Unlock()
			return
		}
	}
}

// take adds text to pending up to the mark, if there is one; what follows the mark is rest.
func (s *streams) take(p *pipe, text []byte) (rest []byte, marked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = append(p.tail, text...)
	p.tail = nil
	if before, after, found := bytes.Cut(text, p.mark); found {
		keep := incompleteRune(before)
		s.add(p, before[:len(before)-keep])
		p.tail = bytes.Clone(before[len(before)-keep:])
		return after, true
	}
	keep := max(partialMark(text, p.mark), incompleteRune(text))
	s.add(p, text[:len(text)-keep])
	p.tail = bytes.Clone(text[len(text)-keep:])
	return nil, false
}

// add appends text to what is pending, s.mu being held.
func (s *streams) add(p *pipe, text []byte) {
	if len(text) == 0 {
		return
	}
	p.pending = append(p.pending, text...)
	switch {
	case len(p.pending) >= flushSize:
		s.send()
	case s.timer == nil:
		s.timer = time.AfterFunc(flushInterval, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.send()
		})
	}
}

// send emits what is pending, s.mu being held.
func (s *streams) send() {
	if s.timer != nil {
		s.timer.Stop()
		s.timer = nil
	}
	for _, p := range s.pipes {
		if len(p.pending) > 0 {
			text := string(bytes.ToValidUTF8(p.pending, []byte("\uFFFD")))
			p.pending = p.pending[:0]
			s.emit(p.name, text)
		}
	}
}

// incompleteRune is how many bytes at the end of b may be the beginning of a longer rune.
func incompleteRune(b []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(b)); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// partialMark is how many bytes at the end of b may be the beginning of mark.
func partialMark(b, mark []byte) int {
	for n := min(len(mark)-1, len(b)); n > 0; n-- {
		if bytes.HasPrefix(mark, b[len(b)-n:]) {
			return n
		}
	}
	return 0
}
