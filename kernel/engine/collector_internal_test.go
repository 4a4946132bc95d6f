package engine

import "testing"

// TestGiveBack: what a cell needed for a moment is the machine's again when the session is idle.
func TestGiveBack(t *testing.T) {
	giveBack()
	before := inUse()
	blocks := make([][]byte, 300)
	for i := range blocks {
		blocks[i] = make([]byte, 1<<20)
	}
	clear(blocks)
	giveBack()
	if got := inUse(); got > before+100<<20 {
		t.Errorf("the process holds %d MB, want about the %d from before 300 MB came and went", got>>20, before>>20)
	}
}
