package ptree

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Fingerprint returns eight hexadecimal digits that tell the forest from others: they are made of
// every process's host, image, id, time and place, so the same log gives the same ones and
// another log, as good as always, others. Every tree of a forest has the forest's. It is no proof
// against someone who makes a log with the same ones.
func (t Tree) Fingerprint() string {
	sum := t.fingerprint()
	return hex.EncodeToString(sum[:])
}

// fingerprintSize is the length of a fingerprint in bytes.
const fingerprintSize = 4

func (t Tree) fingerprint() (sum [fingerprintSize]byte) {
	if t.forest == nil {
		return sum
	}
	f := t.forest
	f.printOnce.Do(func() {
		h := sha256.New()
		var line []byte
		for p := range f.number {
			line = f.appendIdentity(line[:0], int32(p))
			_, _ = h.Write(line) // a hash takes everything
		}
		copy(f.print[:], h.Sum(nil))
	})
	return f.print
}

// appendIdentity writes who a process is; each text after its length, so that no two processes
// are written alike.
func (f *Forest) appendIdentity(line []byte, p int32) []byte {
	for _, text := range []string{f.host(p), f.key(p)} {
		line = binary.AppendUvarint(line, uint64(len(text)))
		line = append(line, text...)
	}
	return binary.AppendVarint(line, int64(f.parent[p]))
}
