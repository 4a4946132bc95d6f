package kernel

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// This file speaks as much of ZMTP 3.0 (https://rfc.zeromq.org/spec/23/) as is needed to
// keep harm away from zmq4: the greeting, the READY command and the frame headers.

const (
	greetingSize   = 64
	signatureStart = 0xff
	signatureEnd   = 0x7f

	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

// handshakeTime bounds the time from accept to READY; a peer that says nothing is hung up on.
const handshakeTime = 10 * time.Second

// shakeHands exchanges greetings with a new peer and waits for its READY. It returns what
// the peer sent, for zmq4 to read again.
func shakeHands(conn net.Conn) (said []byte, err error) {
	if err := conn.SetDeadline(time.Now().Add(handshakeTime)); err != nil {
		return nil, err
	}
	greeting := make([]byte, greetingSize)
	greeting[0], greeting[9], greeting[10] = signatureStart, signatureEnd, 3
	copy(greeting[12:], "NULL")
	if _, err := conn.Write(greeting); err != nil {
		return nil, err
	}
	said, err = readGreeting(conn)
	if err != nil {
		return nil, err
	}
	ready, err := readReady(conn)
	if err != nil {
		return nil, err
	}
	return append(said, ready...), conn.SetDeadline(time.Time{})
}

func readGreeting(conn io.Reader) ([]byte, error) {
	peer := make([]byte, greetingSize)
	// The signature first: who speaks another protocol may never send 64 bytes.
	if _, err := io.ReadFull(conn, peer[:10]); err != nil {
		return nil, err
	}
	if peer[0] != signatureStart || peer[9] != signatureEnd {
		return nil, errors.New("the peer does not speak ZMTP")
	}
	if _, err := io.ReadFull(conn, peer[10:]); err != nil {
		return nil, err
	}
	if peer[10] < 3 || string(bytes.TrimRight(peer[12:32], "\x00")) != "NULL" || peer[32] > 1 {
		return nil, errors.New("the peer wants another version or security mechanism of ZMTP")
	}
	return peer, nil
}

// readReady reads the READY command and checks its properties, because zmq4 v0.17.0 slices
// them beyond their end when a length in them is wrong.
func readReady(conn io.Reader) ([]byte, error) {
	head := make([]byte, 2)
	if _, err := io.ReadFull(conn, head); err != nil {
		return nil, err
	}
	if head[0] != flagCommand { // READY is always short: 255 bytes hold every known property
		return nil, errors.New("the peer did not send READY")
	}
	body := make([]byte, head[1])
	if _, err := io.ReadFull(conn, body); err != nil {
		return nil, err
	}
	properties, isReady := bytes.CutPrefix(body, []byte("\x05READY"))
	if !isReady {
		return nil, errors.New("the peer did not send READY")
	}
	return append(head, body...), checkProperties(properties)
}

func checkProperties(b []byte) error {
	for len(b) > 0 {
		name := int(b[0])
		if name == 0 || len(b) < 1+name+4 {
			return fmt.Errorf("READY has a property name of %d bytes with %d bytes left", name, len(b)-1)
		}
		b = b[1+name:]
		value := binary.BigEndian.Uint32(b)
		if uint64(value) > uint64(len(b)-4) {
			return fmt.Errorf("READY has a property value of %d bytes with %d bytes left", value, len(b)-4)
		}
		b = b[4+value:]
	}
	return nil
}

// frameParser follows the frames in one direction of a connection without keeping them.
type frameParser struct {
	// limit bounds one message, in bytes with all its frames; 0 is no limit.
	limit uint64
	// onFrame, when set, gets the first bytes (at most frameHead) of every complete frame.
	onFrame func(flags byte, head []byte)

	header   [9]byte
	got      int    // bytes of header seen
	left     uint64 // bytes of the frame's body still to come
	message  uint64 // bytes of the message so far
	head     []byte
	complete bool // the last byte fed ended a message
}

const frameHead = 256

// frameCost is counted for each frame beside its bytes, so that a message of countless
// empty frames reaches the limit as well.
const frameCost = 64

var errMessageTooLarge = errors.New("zmtp: the message is larger than the limit")

// feed takes the next bytes of the connection.
func (p *frameParser) feed(b []byte) error {
	for len(b) > 0 {
		p.complete = false
		if p.left > 0 {
			b = p.feedBody(b)
			continue
		}
		p.header[p.got] = b[0]
		p.got++
		b = b[1:]
		if err := p.headerByte(); err != nil {
			return err
		}
	}
	return nil
}

// headerByte is called after each byte of a header, and begins the frame after the last.
func (p *frameParser) headerByte() error {
	size := uint64(p.header[1])
	if p.header[0]&flagLong != 0 {
		if p.got < 9 {
			return nil
		}
		size = binary.BigEndian.Uint64(p.header[1:])
	} else if p.got < 2 {
		return nil
	}
	p.message += frameCost
	if p.limit > 0 && (size > p.limit || p.message+size > p.limit) {
		return errMessageTooLarge
	}
	p.message += size
	p.left, p.head = size, p.head[:0]
	if size == 0 {
		p.endFrame()
	}
	return nil
}

func (p *frameParser) feedBody(b []byte) (rest []byte) {
	n := min(uint64(len(b)), p.left)
	if p.onFrame != nil {
		p.head = append(p.head, b[:min(int(n), frameHead-len(p.head))]...)
	}
	p.left -= n
	if p.left == 0 {
		p.endFrame()
	}
	return b[n:]
}

func (p *frameParser) endFrame() {
	flags := p.header[0]
	p.got = 0
	if flags&flagMore == 0 {
		p.complete, p.message = true, 0
	}
	if p.onFrame != nil {
		p.onFrame(flags, p.head)
	}
}
