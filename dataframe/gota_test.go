package dataframe_test

import (
	"testing"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/gophertrees/gopherwood/dataframe"
)

// gota reads "NaN" as missing and shows missing as "NaN"; "007" and large integers lose
// themselves when types are guessed. None of it may happen on the way out and back.
func TestGotaKeepsTextAndNulls(t *testing.T) {
	df := dataframe.New(
		dataframe.Strings("text", []string{"NaN", "NA", "", "007", "x"}, []bool{true, true, true, true, false}),
		dataframe.Ints("big", []int64{1<<62 + 1, 2, 3, 4, 5}, []bool{true, true, true, false, true}),
		dataframe.Floats("number", []float64{0.1, 1e-300, 3, 4, 5}, []bool{true, true, false, true, true}),
		dataframe.Bools("flag", []bool{true, false, true, false, true}, []bool{true, true, true, true, false}),
	)
	g := df.Gota()
	if g.Err != nil {
		t.Fatal(g.Err)
	}
	back := dataframe.From(gota.DataFrame(g.Copy()))
	for _, name := range df.Names() {
		a, b := df.Col(name), back.Col(name)
		if a.Kind() != b.Kind() {
			t.Errorf("Kind(%s) = %v, want %v", name, b.Kind(), a.Kind())
		}
		for i := range df.Nrow() {
			// gota's own copy turns a set NA of text into NA and leaves the rest
			if a.Value(i) != b.Value(i) {
				t.Errorf("%s[%d] = %#v, want %#v", name, i, b.Value(i), a.Value(i))
			}
		}
	}
}

func TestEmptyFrameIsValid(t *testing.T) {
	var df dataframe.DataFrame
	if df.Nrow() != 0 || df.Ncol() != 0 || df.Has("x") {
		t.Errorf("zero DataFrame = %d x %d, want empty", df.Nrow(), df.Ncol())
	}
	if g := df.Gota(); g.Nrow() != 0 {
		t.Errorf("Gota().Nrow() = %d, want 0", g.Nrow())
	}
	rows := dataframe.New(dataframe.Strings("a", nil), dataframe.Ints("b", nil))
	if back := dataframe.FromGota(rows.Gota()); back.Ncol() != 2 || back.Nrow() != 0 {
		t.Errorf("no rows through gota = %d x %d, want 0 x 2", back.Nrow(), back.Ncol())
	}
}

func TestUnknownColumnNamesTheNearest(t *testing.T) {
	df := dataframe.New(dataframe.Strings("NewProcessName", nil), dataframe.Floats("Rarity", nil))
	defer func() {
		want := `no column "Rarty": did you mean "Rarity"?`
		if e, ok := recover().(*dataframe.ColumnError); !ok || e.Error() != want {
			t.Errorf("Col panics with %v, want %s", e, want)
		}
	}()
	df.Col("Rarty")
}
