package plotting

import (
	"io"
	"testing"

	"github.com/gophertrees/gopherwood/ptree"
)

// BenchmarkFormats draws a thousand rows.
func BenchmarkFormats(b *testing.B) {
	tree := treeOf(b, broad(1000, 5))
	for _, format := range []string{"png", "svg", "pdf", "dot", "json"} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				if err := PlotProcessTree(tree, Options{MaxRows: -1}).Write(io.Discard, format); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLargeTree draws as many processes as the largest log at hand has: one page, which is
// to take less than two seconds and 200 MB, and all rows on pages, within thirty seconds.
func BenchmarkLargeTree(b *testing.B) {
	tree := treeOf(b, broad(22_992, 5))
	for name, write := range map[string]func() error{
		"overview.png": func() error { return PlotOverview(tree).Write(io.Discard, "png") },
		"tree.png":     func() error { return PlotProcessTree(tree).Write(io.Discard, "png") },
		"unfolded.pdf": func() error {
			return PlotProcessTree(tree, Options{Fold: ptree.Off, MaxRows: -1}).Write(io.Discard, "pdf")
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
