package plotting

import (
	"io"
	"testing"
)

// BenchmarkFormats draws a thousand rows.
func BenchmarkFormats(b *testing.B) {
	tree := treeOf(b, broad(1000, 5))
	for _, format := range []string{"png", "svg", "pdf"} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				if err := PlotProcessTree(tree, Options{MaxRows: -1}).Write(io.Discard, format); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
