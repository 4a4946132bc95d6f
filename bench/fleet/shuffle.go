package fleet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// A fleet too large for memory is shuffled as cards are: every event goes to a pile that is drawn
// at random, and then each pile, which fits in memory, is shuffled by itself. Any order of all the
// events can come of it, each as likely as the others.

// shuffledBlocks gives the events in random order, pile after pile of about so many rows, as many
// piles for each of the files. The piles are in a folder, which is removed at the end.
func (f Fleet) shuffledBlocks(rows, files int, folder string, take func(*Events) error) (err error) {
	f = f.complete()
	files = max(1, files)
	n := files * ((f.Events/files + rows - 1) / rows)
	if n = max(n, files); n == 1 {
		f.Shuffled = true
		return take(f.All())
	}
	dir, err := os.MkdirTemp(folder, ".shuffle-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sizes, err := f.deal(rows, n, dir)
	if err != nil {
		return err
	}
	for i, size := range sizes {
		e, err := readPile(pileName(dir, i), size)
		if err != nil {
			return err
		}
		e.shuffle(f.Seed + uint64(i))
		if err := errors.Join(take(e), os.Remove(pileName(dir, i))); err != nil {
			return err
		}
	}
	return nil
}

func pileName(dir string, i int) string { return filepath.Join(dir, fmt.Sprint(i)) }

// pile is a file of events, as they are in memory.
type pile struct {
	file *os.File
	to   *bufio.Writer
	size int // events
}

// deal puts every event into one of the piles and returns their sizes.
func (f Fleet) deal(rows, n int, dir string) (sizes []int, err error) {
	piles := make([]pile, n)
	defer func() {
		for _, p := range piles {
			if p.file != nil {
				err = errors.Join(err, p.file.Close())
			}
		}
	}()
	for i := range piles {
		file, err := os.Create(pileName(dir, i))
		if err != nil {
			return nil, err
		}
		piles[i] = pile{file: file, to: bufio.NewWriterSize(file, 1<<17)}
	}
	random := rand.New(rand.NewPCG(f.Seed, 0xDEA1))
	err = f.blocks(rows, func(e *Events) error {
		var record []byte
		for i := range e.Len() {
			p := &piles[random.IntN(n)]
			record = e.appendRecord(record[:0], i)
			if _, err := p.to.Write(record); err != nil {
				return err
			}
			p.size++
		}
		return nil
	})
	for _, p := range piles {
		err = errors.Join(err, p.to.Flush())
		sizes = append(sizes, p.size)
	}
	return sizes, err
}

func (e *Events) appendRecord(to []byte, i int) []byte {
	to = binary.LittleEndian.AppendUint64(to, uint64(e.Time[i]))
	for _, c := range e.columns() {
		to = binary.LittleEndian.AppendUint32(to, uint32((*c)[i]))
	}
	return to
}

func readPile(path string, size int) (*Events, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	e := newEvents(size)
	columns := e.columns()
	if want := size * (8 + 4*len(columns)); len(data) != want {
		return nil, fmt.Errorf("%s has %d bytes, want %d", path, len(data), want)
	}
	for i := range size {
		e.Time[i], data = int64(binary.LittleEndian.Uint64(data)), data[8:]
		for _, c := range columns {
			(*c)[i], data = int32(binary.LittleEndian.Uint32(data)), data[4:]
		}
	}
	e.filled = size
	return e, nil
}
