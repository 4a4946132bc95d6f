package plotting

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gophertrees/gopherwood/dataframe"
)

func TestCategories(t *testing.T) {
	var values []string
	var valid []bool
	for i := range 300 {
		values = append(values, fmt.Sprintf("v%03d", i))
		valid = append(valid, i%100 != 7)
	}
	values = append(values, "v299", "v299", "v150")
	valid = append(valid, true, true, true)
	got := colourBy(dataframe.Strings("c", values, valid), lightTheme)
	if n := len(got.swatches); n != len(distinct)+1 {
		t.Fatalf("300 values have %d swatches, want %d", n, len(distinct)+1)
	}
	total := 0
	for _, s := range got.swatches {
		total += s.count
	}
	last := got.swatches[len(got.swatches)-1]
	if total != len(values) || got.swatches[0].text != "v299" || got.swatches[0].count != 3 || got.swatches[1].text != "v150" || !last.none || last.count != 3 {
		t.Errorf("swatches = %+v, want v299 3, v150 2 …, no value 3, %d in all", got.swatches, len(values))
	}
	if other := got.swatches[len(distinct)-1]; other.text != "other (286 values)" || other.color != tail {
		t.Errorf("the swatch before the last = %+v, want other (286 values)", other)
	}
}

func TestBoolsAreCategories(t *testing.T) {
	got := colourBy(dataframe.Bools("b", []bool{true, false, true, true}, []bool{true, true, true, false}), lightTheme)
	var texts []string
	for _, s := range got.swatches {
		texts = append(texts, fmt.Sprint(s.text, " ", s.count))
	}
	if want := "true 2, false 1, no value 1"; strings.Join(texts, ", ") != want {
		t.Errorf("swatches = %v, want %s", texts, want)
	}
	if got.of[0] == got.of[1] || got.of[3] != lightTheme.none {
		t.Errorf("colours = %v, want true and false to differ and null to be %v", got.of, lightTheme.none)
	}
}

func TestGradients(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		column dataframe.Column
		ticks  string
		none   int
	}{
		{dataframe.Floats("f", []float64{0, 0.5, 1, nan}), "0.0 0.2 0.4 0.6 0.8 1.0", 1},
		{dataframe.Floats("f", []float64{-inf, 2, 3, inf}), "2.0 2.2 2.4 2.6 2.8 3.0", 0},
		{dataframe.Floats("f", []float64{nan, inf}), "", 1},
		{dataframe.Floats("f", []float64{-1.7e308, 1.7e308}), "-1e+308 0 1e+308", 0},
		{dataframe.Floats("f", []float64{5e-324, 1e-323}), "*", 0},
		{dataframe.Floats("f", []float64{1e15, 1e15 + 0.125}), "1e+15 1e+15", 0},
		{dataframe.Ints("i", []int64{4688, 4688}), "4688", 0},
		{dataframe.Ints("i", []int64{1, 2, 3}, []bool{true, false, true}), "1 2 3", 1},
		{dataframe.Ints("i", []int64{0, 90000}), "0 20,000 40,000 60,000 80,000", 0},
		{dataframe.Ints("i", []int64{math.MinInt64, math.MaxInt64}), "*", 0},
		{dataframe.Times("t", []time.Time{beginning, beginning.Add(3 * time.Hour)}), "Mar 1 08:00 Mar 1 09:00 Mar 1 10:00 Mar 1 11:00", 0},
		{dataframe.Times("t", []time.Time{beginning, beginning.Add(50 * time.Hour * 24)}), "2026-03-12 2026-03-26 2026-04-09", 0},
		{dataframe.Times("t", []time.Time{time.Unix(0, math.MinInt64), time.Unix(0, math.MaxInt64)}), "*", 0},
		{dataframe.Times("t", []time.Time{beginning, beginning}), "2026-03-01 08:00:00", 0},
	} {
		got := colourBy(c.column, lightTheme)
		var ticks []string
		if got.bar != nil {
			for _, k := range got.bar.ticks {
				ticks = append(ticks, k.text)
				if !(k.at >= 0 && k.at <= 1) {
					t.Errorf("a tick of %v is at %v, want 0 to 1", c.column.Strings(), k.at)
				}
			}
		}
		if text := strings.Join(ticks, " "); c.ticks != "*" && text != c.ticks {
			t.Errorf("ticks of %v = %q, want %q", c.column.Strings(), text, c.ticks)
		}
		none := 0
		for _, s := range got.swatches {
			none += s.count
		}
		if none != c.none {
			t.Errorf("%v has %d without value, want %d", c.column.Strings(), none, c.none)
		}
	}
}

// TestScalesSuitTheirValues checks the ramp that each kind of column has, and that nothing is in
// the middle of what is below and above it.
func TestScalesSuitTheirValues(t *testing.T) {
	around := colourBy(dataframe.Floats("f", []float64{-10, 0, 4}), lightTheme)
	if got, want := around.of[1], orangePurple[len(orangePurple)/2]; got != want {
		t.Errorf("0 between -10 and 4 = %v, want the middle %v", got, want)
	}
	if around.of[0] != orangePurple[0] || around.of[2] == orangePurple[len(orangePurple)-1] {
		t.Errorf("-10 and 4 = %v and %v, want the end, and not the other end", around.of[0], around.of[2])
	}
	times := colourBy(dataframe.Times("t", []time.Time{beginning, beginning.Add(time.Hour)}), lightTheme)
	amounts := colourBy(dataframe.Ints("i", []int64{0, 7}), lightTheme)
	if times.of[0] != cividis[0] || amounts.of[0] != viridis[0] || amounts.of[1] != viridis[len(viridis)-1] {
		t.Errorf("times begin at %v, amounts at %v and end at %v", times.of[0], amounts.of[0], amounts.of[1])
	}
}

// TestColoursDifferToEveryEye simulates the three kinds of colour blindness (Machado, Oliveira and
// Fernandes, https://doi.org/10.1109/TVCG.2009.113) and checks that eight categories stay apart.
func TestColoursDifferToEveryEye(t *testing.T) {
	for eye, m := range map[string][9]float64{
		"usual":  {1, 0, 0, 0, 1, 0, 0, 0, 1},
		"protan": {0.152, 1.053, -0.205, 0.115, 0.786, 0.099, -0.004, -0.048, 1.052},
		"deutan": {0.367, 0.861, -0.228, 0.280, 0.673, 0.047, -0.012, 0.043, 0.969},
		"tritan": {1.256, -0.077, -0.179, -0.078, 0.931, 0.148, 0.005, 0.691, 0.304},
	} {
		see := func(i int) (out [3]float64) {
			c := distinct[i]
			for k := range out {
				out[k] = m[3*k]*float64(c.R) + m[3*k+1]*float64(c.G) + m[3*k+2]*float64(c.B)
			}
			return out
		}
		for i := range 8 {
			for j := range i {
				a, b := see(i), see(j)
				if d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2])); d < 28 {
					t.Errorf("to a %s eye the colours %d and %d are %.0f apart", eye, j, i, d)
				}
			}
		}
	}
}
