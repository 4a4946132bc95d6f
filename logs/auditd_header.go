package logs

import (
	"bytes"
	"strconv"
	"time"
)

// auditHeader is what every audit record begins with:
// [node=HOST] type=TYPE msg=audit(SECONDS.MILLISECONDS:SERIAL): …
type auditHeader struct {
	node, kind  []byte
	nanos       int64
	serial      uint64
	interpreted bool // by "ausearch -i": a date for the seconds, names for numbers, no quotes
	dayFirst    bool // try day/month/year before month/day/year; after reading, which one it was
	body        []byte
}

// isAuditSeparator reports whether a line is blank or one that ausearch puts between events.
func isAuditSeparator(line []byte) bool {
	return len(line) == 0 || line[0] == '-' && len(bytes.Trim(line, "-")) == 0 || bytes.HasPrefix(line, []byte("time->"))
}

// maxAuditPrefix is how far from a line's start a record may begin: syslog puts time, host and
// program before it.
const maxAuditPrefix = 512

// parseAuditHeader reads a record's beginning. dayFirst is the order to try first of those that
// the date of an interpreted record may have.
func parseAuditHeader(line []byte, dayFirst bool) (h auditHeader, ok bool) {
	h.dayFirst = dayFirst
	at := 0
	if !bytes.HasPrefix(line, []byte("type=")) {
		at = bytes.Index(line[:min(len(line), maxAuditPrefix)], []byte(" type=")) + 1
		if at == 0 {
			return h, false
		}
		h.node = auditNode(line[:at])
	}
	rest := line[at+len("type="):]
	i := bytes.IndexByte(rest, ' ')
	if i <= 0 {
		return h, false
	}
	h.kind = auditType(rest[:i])
	rest = bytes.TrimLeft(rest[i:], " ")
	rest = bytes.TrimPrefix(rest, []byte("msg="))
	rest, ok = bytes.CutPrefix(rest, []byte("audit("))
	if !ok {
		return h, false
	}
	stamp, body, ok := bytes.Cut(rest, []byte(")"))
	if !ok || !h.stamp(stamp) {
		return h, false
	}
	body = bytes.TrimLeft(body, " ")
	if len(body) > 0 && body[0] != ':' {
		return h, false
	}
	h.body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte(":")), " ")
	return h, true
}

// auditNode finds the host in what comes before type=.
func auditNode(prefix []byte) []byte {
	i := bytes.LastIndex(prefix, []byte("node="))
	if i < 0 || i > 0 && prefix[i-1] != ' ' {
		return nil
	}
	node, _, _ := bytes.Cut(prefix[i+len("node="):], []byte(" "))
	return node
}

// auditTypes are names of types that the kernel's own log gives as numbers.
// https://github.com/torvalds/linux/blob/master/include/uapi/linux/audit.h
var auditTypes = map[string][]byte{
	"1006": []byte("LOGIN"), "1300": []byte("SYSCALL"), "1302": []byte("PATH"), "1305": []byte("CONFIG_CHANGE"),
	"1306": []byte("SOCKADDR"), "1307": []byte("CWD"), "1309": []byte("EXECVE"), "1320": []byte("EOE"),
	"1327": []byte("PROCTITLE"), "1400": []byte("AVC"),
}

func auditType(kind []byte) []byte {
	if kind[0] == '1' {
		if name, ok := auditTypes[string(kind)]; ok {
			return name
		}
	}
	return kind
}

// stamp reads SECONDS.MILLISECONDS:SERIAL.
func (h *auditHeader) stamp(stamp []byte) (ok bool) {
	i := bytes.LastIndexByte(stamp, ':')
	if i < 0 {
		return false
	}
	if h.serial, ok = digits(stamp[i+1:], 19); !ok {
		return false
	}
	stamp = stamp[:i]
	seconds, fraction, _ := bytes.Cut(stamp, []byte("."))
	if n, ok := digits(seconds, 10); ok {
		nanos, ok := fractionNanos(fraction)
		h.nanos = int64(n)*1e9 + nanos // at most ten digits, which 64 bits hold until 2262
		return ok && n < 9_223_372_036
	}
	return h.date(string(stamp))
}

// digits reads a number of at most so many decimal digits.
func digits(text []byte, most int) (n uint64, ok bool) {
	if len(text) == 0 || len(text) > most {
		return 0, false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, true
}

// fractionNanos reads the digits after a second's point.
func fractionNanos(text []byte) (int64, bool) {
	if len(text) == 0 {
		return 0, true
	}
	n, ok := digits(text[:min(len(text), 9)], 9)
	for range 9 - len(text) {
		n *= 10
	}
	return int64(n), ok
}

// auditDates are the ways in which "ausearch -i" writes the date, which is the machine's locale's.
var auditDates = []string{"01/02/2006 15:04:05.999999999", "01/02/06 15:04:05.999999999", "2006-01-02 15:04:05.999999999"}

var auditDaysFirst = []string{"02/01/2006 15:04:05.999999999", "02/01/06 15:04:05.999999999", "02.01.2006 15:04:05.999999999"}

func (h *auditHeader) date(stamp string) bool {
	h.interpreted = true
	for _, dayFirst := range [2]bool{h.dayFirst, !h.dayFirst} {
		layouts := auditDates
		if dayFirst {
			layouts = auditDaysFirst
		}
		for _, layout := range layouts {
			if t, err := time.Parse(layout, stamp); err == nil {
				h.nanos, h.dayFirst = t.UnixNano(), dayFirst
				return true
			}
		}
	}
	return false
}

// auditID names an event as msticpy does.
func auditID(text []byte, nanos int64, serial uint64) []byte {
	text = strconv.AppendInt(text, nanos/1e9, 10)
	text = append(text, '.')
	millis, rest := nanos%1e9/1e6, nanos%1e6
	text = append(text, byte('0'+millis/100), byte('0'+millis/10%10), byte('0'+millis%10))
	if rest != 0 {
		text = strconv.AppendInt(text, rest, 10)
	}
	text = append(text, ':')
	return strconv.AppendUint(text, serial, 10)
}
