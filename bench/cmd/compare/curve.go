package main

import (
	"errors"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The colours are those of this project's figures, which people with any colour vision tell apart.
var (
	colours = map[string]color.Color{
		ours: rgb(0x0072b2), "duckdb": rgb(0xe69f00), "polars": rgb(0x009e73), "msticpy": rgb(0xcc79a7), floored: rgb(0x9aa1ab),
	}
	names = map[string]string{ours: "Gopherwood", "duckdb": "DuckDB", "polars": "Polars", "msticpy": "msticpy", floored: "copy alone"}
	drawn = []string{"msticpy", "duckdb", "polars", ours, floored}
	quiet = rgb(0x57606c)
	faint = rgb(0xe3e6ea)
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// writePlot draws what everyone takes by the number of events, both scales by powers of ten: from
// memory on the left, from file to file on the right.
func writePlot(all []result, path string) error {
	panels := make([]*plot.Plot, len(cases))
	for i, title := range []string{"From columns in memory to the forest", "From Parquet to Parquet"} {
		p, err := panel(all, cases[i], title)
		if err != nil {
			return err
		}
		panels[i] = p
	}
	alike(panels)
	format := strings.TrimPrefix(filepath.Ext(path), ".")
	c, err := draw.NewFormattedCanvas(24*vg.Centimeter, 11*vg.Centimeter, format)
	if err != nil {
		return err
	}
	tiles := draw.Tiles{Rows: 1, Cols: len(panels), PadX: 8 * vg.Millimeter, PadTop: 4 * vg.Millimeter, PadBottom: 3 * vg.Millimeter,
		PadLeft: 3 * vg.Millimeter, PadRight: 5 * vg.Millimeter}
	for i, canvas := range plot.Align([][]*plot.Plot{panels}, tiles, draw.New(c))[0] {
		panels[i].Draw(canvas)
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = c.WriteTo(f)
	return errors.Join(err, f.Close())
}

// alike gives the panels the same scales.
func alike(panels []*plot.Plot) {
	for _, p := range panels {
		for _, q := range panels {
			p.X.Min, p.X.Max = min(p.X.Min, q.X.Min), max(p.X.Max, q.X.Max)
			p.Y.Min, p.Y.Max = min(p.Y.Min, q.Y.Min), max(p.Y.Max, q.Y.Max)
		}
	}
	for _, p := range panels {
		for _, axis := range []*plot.Axis{&p.X, &p.Y} {
			axis.Min, axis.Max = power(math.Floor(math.Log10(axis.Min)+1e-9)), power(math.Ceil(math.Log10(axis.Max)-1e-9))
		}
	}
}

func power(exponent float64) float64 { return math.Pow(10, exponent) }

func panel(all []result, c, title string) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, "events", "seconds"
	p.Title.TextStyle.Font = font.Font{Typeface: "Liberation", Variant: "Sans", Size: 11}
	p.Title.Padding = 3 * vg.Millimeter
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Scale, axis.Tick.Marker = plot.LogScale{}, decades{}
		axis.Label.TextStyle.Font, axis.Tick.Label.Font = sans(9), sans(8)
		axis.Label.TextStyle.Color, axis.Tick.Label.Color = quiet, quiet
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = quiet, quiet
		axis.Min, axis.Max = math.Inf(1), math.Inf(-1)
	}
	p.Legend.Top, p.Legend.Left, p.Legend.TextStyle.Font = true, true, sans(9)
	p.Legend.XOffs, p.Legend.YOffs = 2*vg.Millimeter, -1*vg.Millimeter
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = faint, faint
	p.Add(grid)
	for _, who := range drawn {
		if err := addCurve(p, who, points(all, c, who)); err != nil {
			return nil, err
		}
	}
	if math.IsInf(p.X.Min, 1) {
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 1e3, 1e4, 1e-3, 1
	}
	return p, nil
}

func sans(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// points are a contender's medians, by events; the one-host logs where that is all it has.
func points(all []result, c, who string) plotter.XYs {
	var out plotter.XYs
	for _, r := range inOrder(all) {
		m, ok := r.of(who)
		if r.Case != c || !ok || (who != "msticpy" && !r.Log.ofCurve()) {
			continue
		}
		out = append(out, plotter.XY{X: float64(r.Log.Events), Y: median(m.Seconds)})
	}
	return out
}

func addCurve(p *plot.Plot, who string, at plotter.XYs) error {
	if len(at) == 0 {
		return nil
	}
	line, dots, err := plotter.NewLinePoints(at)
	if err != nil {
		return err
	}
	line.Color, line.Width = colours[who], vg.Points(1.5)
	dots.Color, dots.Shape, dots.Radius = colours[who], draw.CircleGlyph{}, vg.Points(2.5)
	if who == ours {
		line.Width, dots.Radius = vg.Points(2.5), vg.Points(3.2)
	}
	if who == floored {
		line.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
	}
	p.Add(line, dots)
	p.Legend.Add(names[who], line, dots)
	return nil
}

// decades are the ticks of a scale by powers of ten.
type decades struct{}

func (decades) Ticks(low, high float64) []plot.Tick {
	var out []plot.Tick
	for e := math.Round(math.Log10(low)); power(e) <= high*1.001; e++ {
		out = append(out, plot.Tick{Value: power(e), Label: decade(int(e))})
	}
	return out
}

func decade(e int) string {
	switch {
	case e < 0:
		return "0." + strings.Repeat("0", -e-1) + "1"
	case e < 3:
		return "1" + strings.Repeat("0", e)
	}
	return grouped(int(power(float64(e))))
}
