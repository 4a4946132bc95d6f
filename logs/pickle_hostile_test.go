package logs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPickleRunsNothing reads pickles that would run a command if Python read them.
func TestPickleRunsNothing(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "was-run")
	for _, c := range []struct{ pickle, names string }{
		{"\x80\x02cos\nsystem\nX\x00\x00\x00\x00\x85R.", `it names "os.system"`},
		{"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x05touch\x85R.", `it names "os.system"`},
		{"\x80\x04\x8c\x05posix\x8c\x06system\x93X" + size32("touch "+mark) + "touch " + mark + "\x85R.", `it names "posix.system"`},
		{"\x80\x02c__builtin__\neval\nX\x08\x00\x00\x00print(1)\x85R.", `it names "builtins.eval"`},
		{"\x80\x02cbuiltins\ngetattr\nX\x02\x00\x00\x00osX\x06\x00\x00\x00system\x86R.", "getattr"},
		{"\x80\x04\x8c\x11pandas.core.frame\x8c\x09DataFrame\x93)\x81)R.", "nothing was run"},
	} {
		_, err := Read(strings.NewReader(c.pickle))
		if err == nil || !strings.Contains(err.Error(), c.names) {
			t.Errorf("Read(%q) = %v, want an error naming %s", c.pickle, err, c.names)
		}
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("Read ran the command of a pickle")
	}
}

func size32(s string) string { return string([]byte{byte(len(s)), byte(len(s) >> 8), 0, 0}) }

// TestPickleHostileSizes reads pickles that promise more than they hold, or refer to themselves.
func TestPickleHostileSizes(t *testing.T) {
	for _, body := range []string{
		"", ".", "N.", "}(K\x01s.", "h\x05.", "e", "a", "b.", "R", "\x81", "u", "t", "s", "\x87.", "(((((",
		"\x95\xff\xff\xff\xff\xff\xff\xff\x7f.", "\x8e\xff\xff\xff\xff\xff\xff\xff\x7f", "B\xff\xff\xff\xff",
		"X\xff\xff\xff\xff", "\x8b\xff\xff\xff\xff", "\x8a\x00.", "]\x94h\x00a.", "}\x94K\x01h\x00s.", "\x97.", "Pid\n.",
	} {
		if df, err := Read(strings.NewReader("\x80\x05" + body)); err == nil {
			t.Errorf("Read(%q) = %d rows, want an error", body, df.Nrow())
		}
	}
}

// TestPickleTruncated cuts a real pickle anywhere: it is an error each time, never a panic.
func TestPickleTruncated(t *testing.T) {
	data := readAll(t, sharedFile(t, "pickles", "win.p4.pkl"))
	for n := 0; n < len(data); n += 1009 {
		if _, err := Read(bytes.NewReader(data[:n])); err == nil {
			t.Errorf("Read of %d of %d bytes = nil error", n, len(data))
		}
	}
}
