package logs

import (
	"bytes"
	"encoding/binary"
)

// verifyArrowFile checks the footer of a file, and the messages that it points to.
func verifyArrowFile(data []byte) error {
	end := len(data) - len(arrowMagic) - 4
	if end < 8 {
		return errFlatBuffer
	}
	size := int64(binary.LittleEndian.Uint32(data[end:]))
	if size > int64(end) {
		return errFlatBuffer
	}
	v, at, err := verifyFlat(data[end-int(size):end], flatFooter)
	if err != nil {
		return err
	}
	for _, field := range []int{footerDictionaries, footerBatches} {
		for blocks := v.items(at, field, blockSize); len(blocks) > 0; blocks = blocks[blockSize:] {
			if !verifyBlock(data, blocks) {
				return errFlatBuffer
			}
		}
	}
	return nil
}

// Numbers of fields in Arrow's tables.
const (
	footerDictionaries = 2
	footerBatches      = 3
	messageBodyLength  = 3
	blockSize          = 24 // offset, length of the description, 4 unused bytes, length of the body
)

// verifyBlock checks one message of a file, and that its body is inside.
func verifyBlock(data, block []byte) bool {
	from, body := int64(binary.LittleEndian.Uint64(block)), int64(binary.LittleEndian.Uint64(block[16:]))
	head := int64(int32(binary.LittleEndian.Uint32(block[8:])))
	size := int64(len(data))
	if from < 0 || head < 8 || body < 0 || from > size || head > size-from || body > size-from-head {
		return false
	}
	_, _, err := verifyMessage(data[from : from+head])
	return err == nil
}

// verifyMessage checks the message at the start of data: a marker that old files do not have,
// the length of its description, and that. It returns where the body begins and how long it is.
func verifyMessage(data []byte) (head int, body int64, err error) {
	if bytes.HasPrefix(data, []byte("\xff\xff\xff\xff")) {
		head = 4
	}
	if len(data) < head+4 {
		return 0, 0, errFlatBuffer
	}
	size := int64(binary.LittleEndian.Uint32(data[head:]))
	head += 4
	if size > int64(len(data)-head) {
		return 0, 0, errFlatBuffer
	}
	if size == 0 { // the end of a stream
		return head, 0, nil
	}
	v, at, err := verifyFlat(data[head:head+int(size)], flatMessage)
	if err != nil {
		return 0, 0, err
	}
	return head + int(size), v.int64(at, messageBodyLength), nil
}

// verifyMessages checks all messages of a stream.
func verifyMessages(data []byte) error {
	for len(data) > 0 {
		head, body, err := verifyMessage(data)
		if err != nil {
			return err
		}
		if head <= 8 && body == 0 {
			return nil // the end
		}
		if body < 0 || body > int64(len(data)-head) {
			return errFlatBuffer
		}
		data = data[head+int(body):]
	}
	return nil
}
