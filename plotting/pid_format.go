package plotting

import (
	"strconv"
	"strings"
)

// PIDFormat says how process ids are written in a picture. Ids are converted from the log's own
// way of writing; one that is no number is written as it is.
type PIDFormat int

// The ways to write process ids.
const (
	AsLogged PIDFormat = iota // as in the log; hexadecimal ones with their decimal: PID: 0x742 (1858)
	Hex                       // PID: 0x742
	Decimal                   // PID: 1858
	GUID                      // the log's unique process id where it has one: GUID: {…}; else as in the log
)

// String returns the name of the constant.
func (f PIDFormat) String() string {
	switch f {
	case Hex:
		return "Hex"
	case Decimal:
		return "Decimal"
	case GUID:
		return "GUID"
	}
	return "AsLogged"
}

// write returns the text for a process id, "" when there is none.
func (f PIDFormat) write(pid, guid string) string {
	if f == GUID && guid != "" {
		return "GUID: " + visible(guid)
	}
	if pid == "" {
		return ""
	}
	if n, hex, ok := parsePID(pid); f != Hex && f != Decimal && ok && hex {
		return "PID: " + pid + " (" + strconv.FormatUint(n, 10) + ")"
	}
	return "PID: " + visible(f.number(pid))
}

// number returns a process id as the format writes it; only Hex and Decimal change it.
func (f PIDFormat) number(pid string) string {
	n, _, ok := parsePID(pid)
	switch {
	case ok && f == Hex:
		return "0x" + strconv.FormatUint(n, 16)
	case ok && f == Decimal:
		return strconv.FormatUint(n, 10)
	}
	return pid
}

// parsePID reads decimal and 0x… texts, and numbers that became floating point on their way.
func parsePID(pid string) (n uint64, hex, ok bool) {
	text := strings.TrimSuffix(pid, ".0")
	if digits, found := strings.CutPrefix(strings.ToLower(text), "0x"); found {
		n, err := strconv.ParseUint(digits, 16, 64)
		return n, true, err == nil
	}
	n, err := strconv.ParseUint(text, 10, 64)
	return n, false, err == nil
}
