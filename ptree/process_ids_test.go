package ptree

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestNumeral holds it against the standard library: a text is a number's exactly when that writes the
// number so.
func TestNumeral(t *testing.T) {
	write := map[int]func(int64) string{
		10: func(v int64) string { return strconv.FormatInt(v, 10) },
		16: func(v int64) string { return "0x" + strconv.FormatInt(v, 16) },
	}
	texts := []string{"", "0", "00", "0x", "0x0", "0x00", "0X1f", "0x1F", "1f", "-1", "+1", " 1", "1 ", "2147483647", "2147483648", "0x7fffffff",
		"0x80000000", "18446744073709551617", "0x10000000000000001", "1_0", "\xff", "0x\x00", "٣"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		v := r.Int64N(1 << r.IntN(40))
		texts = append(texts, write[10](v), write[16](v))
	}
	for base, written := range write {
		good := 0
		for _, text := range texts {
			got, ok := numeral(text, base)
			v, err := strconv.ParseInt(text, 0, 64)
			want := err == nil && v >= 0 && v < 1<<31 && written(v) == text
			if ok != want || ok && int64(got) != v {
				t.Errorf("numeral(%q, %d) = %d, %v, want %d, %v", text, base, got, ok, v, want)
			}
			if ok {
				good++
				if back := (numbers{base: base}).text(got); back != text {
					t.Errorf("%q reads back as %q", text, back)
				}
			}
		}
		if good < 1000 {
			t.Errorf("only %d numbers of base %d", good, base)
		}
	}
}
