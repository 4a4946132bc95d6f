package dataframe_test

import (
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

func TestParseTime(t *testing.T) {
	for _, c := range []struct {
		text, want string
		zoned      bool
	}{
		{"2019-02-10T15:21:06.890000000", "2019-02-10T15:21:06.89Z", false},
		{"2019-02-10T15:21:06.89Z", "2019-02-10T15:21:06.89Z", true},
		{"2019-02-10 15:21:06+01:30", "2019-02-10T13:51:06Z", true},
		{"2019-02-10 15:21:06-0800", "2019-02-10T23:21:06Z", true},
		{"2019-02-10 15:21:06-08", "2019-02-10T23:21:06Z", true},
		{"2019-02-10 15:21", "2019-02-10T15:21:00Z", false},
		{"2021-12-15T23:00:03.449464412Z", "2021-12-15T23:00:03.449464412Z", true},
		{"2019-02-10", "2019-02-10T00:00:00Z", false},
		{"1/13/2024 1:02:03 PM", "2024-01-13T13:02:03Z", false},
		{"Thu Mar 16 03:08:58 2023 UTC", "2023-03-16T03:08:58Z", true},
		{"Thu Mar  6 03:08:58 2023", "2023-03-06T03:08:58Z", false},
		{"2024-02-29 00:00:00 UTC", "2024-02-29T00:00:00Z", true},
	} {
		n, zoned, ok := dataframe.ParseTime(c.text)
		got := time.Unix(0, n).UTC().Format(time.RFC3339Nano)
		if !ok || got != c.want || zoned != c.zoned {
			t.Errorf("ParseTime(%q) = %s, %v, %v, want %s, %v", c.text, got, zoned, ok, c.want, c.zoned)
		}
	}
	for _, bad := range []string{"", "4688", "not a time", "2023-02-29", "2019-13-10", "2019-02-10T25:00:00", "2019-02-10T15:21:06.",
		"2019-02-10T15:21:06+1", "2019-02-10Tx", "13/13/2024 1:02:03 PM", "9999-01-01", "2019-02-10 15:21:06 elsewhere", "0x12-45-78"} {
		if n, _, ok := dataframe.ParseTime(bad); ok {
			t.Errorf("ParseTime(%q) = %d, want not ok", bad, n)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2019-02-10T15:21:06.89Z", "1/13/2024 1:02:03 PM", "2019-02-10 15:21:06+01:30"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, _, ok := dataframe.ParseTime(s); ok {
			if back, _, ok := dataframe.ParseTime(time.Unix(0, n).UTC().Format(time.RFC3339Nano)); !ok || back != n {
				t.Errorf("ParseTime(%q) = %d does not read back (%d)", s, n, back)
			}
		}
	})
}
