package ptree

import "testing"

// TestValueBitsOfCells tells cells apart that differ, and no others.
func TestValueBitsOfCells(t *testing.T) {
	rows := []int32{0, 1, 2, 3, 4}
	for what, c := range map[string]cells{
		"numbers": {values: []int64{0, 7, 0, 7, 0}, valid: []bool{true, true, false, true, false}},
		"codes":   {codes: []int32{0, 1, -1, 1, -1}, words: []string{"", "a"}, of: &setWords{count: 2}},
		"texts":   {codes: []int32{0, 1, -1, 2, -1}, words: []string{"", "a", "a"}, of: &setWords{count: 3, repeats: true}},
	} {
		bits := c.valueBits(rows)
		if bits[1] != bits[3] || bits[2] != bits[4] || bits[0] == bits[1] || bits[0] == bits[2] || bits[1] == bits[2] {
			t.Errorf("%s: the second and the fourth are equal, so are the third and the fifth, and none else, but they are told as %v", what, bits)
		}
	}
}
