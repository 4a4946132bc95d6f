package ptree

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/gophertrees/gopherwood/dataframe"
)

// A token is a tree as a short text that a person can carry from a page, which no kernel answers,
// to a notebook. It is base64url without padding of
//
//	1 byte    version, 1
//	4 bytes   the forest's fingerprint
//	varints   unsigned, for each run of processes that follow each other in the forest: how many
//	          are left out before it, how many it has
//	1 byte    sum of all bytes before, modulo 256
//
// It names places in the forest and holds no text of the log.

const tokenVersion = 1

// tokenEncoding takes no stray bits. Line breaks, which mail may put in, are passed over.
var tokenEncoding = base64.RawURLEncoding.Strict()

// Token returns the tree as a short text that [FromToken] turns into it again, given a tree of the
// same log. The order of a tree that [Tree.Sort] put in another is not part of it.
func (t Tree) Token() string {
	sum := t.fingerprint()
	out := append([]byte{tokenVersion}, sum[:]...)
	end := int32(0)
	for _, run := range t.runs() {
		out = binary.AppendUvarint(out, uint64(run.from-end))
		out = binary.AppendUvarint(out, uint64(run.to-run.from))
		end = run.to
	}
	return tokenEncoding.EncodeToString(append(out, checksum(out)))
}

// run is the positions from to to-1.
type run struct{ from, to int32 }

// runs returns the tree's positions as runs, ascending, with a gap before each but the first.
func (t Tree) runs() (out []run) {
	if t.rows == nil {
		if t.from < t.to {
			out = append(out, run{t.from, t.to})
		}
		return out
	}
	for _, p := range slices.Sorted(slices.Values(t.rows)) {
		if n := len(out); n > 0 && p <= out[n-1].to {
			out[n-1].to = p + 1
		} else {
			out = append(out, run{p, p + 1})
		}
	}
	return out
}

func checksum(b []byte) (sum byte) {
	for _, c := range b {
		sum += c
	}
	return sum
}

// FromToken returns the processes that a token names, in the forest's order: a selection that a
// page gave where no kernel could take it, or what [Tree.Token] returned. Any tree of the log
// that the page showed serves as t; the result is of the whole log, as the page may have shown more.
// It is an error when the token is damaged, of another version, or of another log.
func FromToken(t Tree, token string) (Tree, error) {
	body, err := openToken(token)
	if err != nil {
		return Tree{}, fmt.Errorf("token %s %w", dataframe.Clip(token), err)
	}
	if sum := t.fingerprint(); string(sum[:]) != string(body[:fingerprintSize]) {
		return Tree{}, fmt.Errorf("token %s is of another log: it has the fingerprint %x, this tree %x: give it with a tree of the log that the page showed",
			dataframe.Clip(token), body[:fingerprintSize], sum)
	}
	rows, err := t.readRuns(body[fingerprintSize:])
	if err != nil {
		return Tree{}, fmt.Errorf("token %s %w", dataframe.Clip(token), err)
	}
	if t.forest == nil {
		return Tree{}, nil
	}
	return t.forest.pick(rows), nil
}

var errDamaged = errors.New("is damaged: copy it again, whole")

// openToken returns fingerprint and runs of a token that is whole.
func openToken(token string) ([]byte, error) {
	raw, err := tokenEncoding.DecodeString(token)
	if err != nil || len(raw) < 1+fingerprintSize+1 {
		return nil, errDamaged
	}
	last := len(raw) - 1
	if checksum(raw[:last]) != raw[last] {
		return nil, errDamaged
	}
	if raw[0] != tokenVersion {
		return nil, fmt.Errorf("has version %d, and this program reads version %d: use the program that made it, or a newer one", raw[0], tokenVersion)
	}
	return raw[1:last], nil
}

// readRuns returns the positions of a token's runs. A run is bounded by the forest before room is
// made for it, and each run but the first stands apart, so that a token costs no more than the forest.
func (t Tree) readRuns(b []byte) ([]int32, error) {
	most := uint64(0)
	if t.forest != nil {
		most = uint64(len(t.forest.number))
	}
	var rows []int32
	for end := uint64(0); len(b) > 0; {
		gap, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errDamaged
		}
		length, m := binary.Uvarint(b[n:])
		if m <= 0 || length == 0 || gap == 0 && len(rows) > 0 || gap > most-end || length > most-end-gap {
			return nil, errDamaged
		}
		b = b[n+m:]
		for p := end + gap; p < end+gap+length; p++ {
			rows = append(rows, int32(p))
		}
		end += gap + length
	}
	return rows, nil
}
