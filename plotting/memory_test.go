package plotting

import (
	"runtime"
	"testing"
)

// TestLargePictureNeedsLittleMemory counts all that is allocated, which does not depend on when
// memory is collected. A canvas for each band, as gonum makes them, takes 194 MB.
func TestLargePictureNeedsLittleMemory(t *testing.T) {
	beyondShort(t)
	tree := treeOf(t, broad(22_992, 5))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	written(t, PlotProcessTree(tree), "png")
	runtime.ReadMemStats(&after)
	const most = 120 << 20
	if took := after.TotalAlloc - before.TotalAlloc; took > most {
		t.Errorf("the picture of %d processes allocates %d MB, want %d at most", tree.Len(), took>>20, most>>20)
	}
}
