package dataframe_test

import (
	"fmt"
	"math"
	"testing"

	df "github.com/gophertrees/gopherwood/dataframe"
)

func TestJoin(t *testing.T) {
	yes := func(v ...bool) []bool { return v }
	left := df.New(df.Strings("k", []string{"a", "b", "", "a", "c"}, yes(true, true, false, true, true)), df.FromSlice("v", []int{1, 2, 3, 4, 5}, 0))
	right := df.New(df.FromSlice("v", []int{10, 20, 30, 40}, 0), df.Strings("k", []string{"a", "", "a", "d"}, yes(true, false, true, true)))
	for _, c := range []struct {
		how  df.JoinKind
		k    df.Column
		x, y []any
	}{
		{df.Inner, df.Strings("k", []string{"a", "a", "a", "a"}), []any{1, 1, 4, 4}, []any{10, 30, 10, 30}},
		{df.Left, df.Strings("k", []string{"a", "a", "b", "", "a", "a", "c"}, yes(true, true, true, false, true, true, true)),
			[]any{1, 1, 2, 3, 4, 4, 5}, []any{10, 30, nil, nil, 10, 30, nil}},
		{df.Right, df.Strings("k", []string{"a", "a", "", "a", "a", "d"}, yes(true, true, false, true, true, true)),
			[]any{1, 4, nil, 1, 4, nil}, []any{10, 10, 20, 30, 30, 40}},
		{df.Outer, df.Strings("k", []string{"a", "a", "b", "", "a", "a", "c", "", "d"}, yes(true, true, true, false, true, true, true, false, true)),
			[]any{1, 1, 2, 3, 4, 4, 5, nil, nil}, []any{10, 30, nil, nil, 10, 30, nil, 20, 40}},
	} {
		want := df.New(c.k, df.FromSlice("v_x", c.x, 0), df.FromSlice("v_y", c.y, 0))
		t.Run(fmt.Sprint(c.how), func(t *testing.T) {
			wantSame(t, left.Join(right, "k", df.JoinOptions{How: c.how}), want)
			gotas := []func(df.Frame, ...string) df.DataFrame{left.InnerJoin, left.LeftJoin, left.RightJoin, left.OuterJoin}
			wantSame(t, gotas[c.how](right, "k"), want)
		})
	}
}

func TestJoinKeys(t *testing.T) {
	a := df.New(df.FromSlice("x", []int{1, 2, 1}, 0), df.Strings("y", []string{"p_", "q", "p"}), df.FromSlice("l", []int{1, 2, 3}, 0))
	b := df.New(df.FromSlice("z", []float64{1, 2, math.NaN()}, 0), df.Strings("w", []string{"p", "q", "q"}), df.FromSlice("r", []int{7, 8, 9}, 0))
	got := a.Join(b, df.JoinOptions{LeftOn: []string{"x", "y"}, RightOn: []string{"z", "w"}})
	wantSame(t, got, df.New(df.FromSlice("x", []int{2, 1}, 0), df.Strings("y", []string{"q", "p"}), df.FromSlice("l", []int{2, 3}, 0),
		df.FromSlice("z", []float64{2, 1}, 0), df.Strings("w", []string{"q", "p"}), df.FromSlice("r", []int{8, 7}, 0)))
	if got := b.Join(b, "z"); got.Nrow() != 2 {
		t.Errorf("NaN joined: %d rows, want 2", got.Nrow())
	}
	if got := a.Head(0).Join(a, "x", df.JoinOptions{How: df.Outer}); got.Nrow() != 3 || got.Ncol() != 5 {
		t.Errorf("outer join of nothing = %d x %d, want 3 x 5", got.Nrow(), got.Ncol())
	}
	suffixed := a.Join(a, "x", "y", df.JoinOptions{Suffixes: [2]string{"_left", "_right"}})
	if !suffixed.Has("l_left") || !suffixed.Has("l_right") {
		t.Errorf("Suffixes give %q, want l_left and l_right", suffixed.Names())
	}
	wantPanic[*df.UsageError](t, "Join(text on int)", `Join: column "x" holds integers, but "w" holds text: make them one kind with With`,
		func() { a.Join(b, df.JoinOptions{LeftOn: []string{"x"}, RightOn: []string{"w"}}) })
	wantPanic[*df.UsageError](t, "Join()", `Join needs the names of its key columns, as many on the left (0) as on the right (0)`, func() { a.Join(b) })
	wantPanic[*df.ColumnError](t, "Join(nope)", `no column "nope": there are "x", "y", "l"`, func() { a.Join(b, "nope") })
	many := df.New(df.FromSlice("k", 1, 1<<15))
	wantPanic[*df.UsageError](t, "Join(all with all)", "Join would make 1073741824 rows, because its keys repeat on both sides: join on more columns, or make the keys of one side distinct",
		func() { many.Join(many, "k") })
}

func TestConcat(t *testing.T) {
	a := df.New(df.FromSlice("n", []int{1, 2}, 0), df.Strings("s", []string{"x", "y"}), df.FromSlice("m", []int{7, 8}, 0))
	b := df.New(df.FromSlice("s", []any{"y", nil}, 0), df.FromSlice("n", []float64{0.5, 3}, 0), df.FromSlice("m", "text", 2), df.FromSlice("t", true, 2))
	got := df.Concat(a, b)
	wantSame(t, got, df.New(df.FromSlice("n", []float64{1, 2, 0.5, 3}, 0), df.FromSlice("s", []any{"x", "y", "y", nil}, 0),
		df.FromSlice("m", []string{"7", "8", "text", "text"}, 0), df.FromSlice("t", []any{nil, nil, true, true}, 0)))
	if notes := got.Notes(); len(notes) != 1 || notes[0] != `column "m" mixes 2 string, 2 int values: kept as text` {
		t.Errorf("Concat(…).Notes() = %q, want one on column m", notes)
	}
	key := func(d df.DataFrame, k ...string) df.DataFrame { return d.WithIndex(df.Strings("key", k)) }
	if labels := df.Concat(key(a, "p", "q"), key(b, "r", "s")).Index().Strings(); fmt.Sprint(labels) != "[p q r s]" {
		t.Errorf("labels = %v, want [p q r s]", labels)
	}
	other := b.WithIndex(df.FromSlice("key", []int{1, 2}, 0))
	if labels := df.Concat(key(a, "p", "q"), other).Index().Strings(); fmt.Sprint(labels) != "[0 1 2 3]" {
		t.Errorf("labels of two kinds = %v, want [0 1 2 3]", labels)
	}
	if got := df.Concat(); got.Nrow() != 0 || got.Ncol() != 0 {
		t.Errorf("Concat() = %d x %d, want 0 x 0", got.Nrow(), got.Ncol())
	}
	nulls := df.New(df.Ints("i", []int64{0}, []bool{false}))
	if kind := df.Concat(nulls, nulls).Col("i").Kind(); kind != df.Int {
		t.Errorf("Concat of null integers is %v, want int", kind)
	}
}

func ExampleDataFrame_Join() {
	events := df.New(df.Strings("sid", []string{"S-1-5-18", "S-1-5-21"}), df.FromSlice("pid", []int{4, 700}, 0))
	users := df.New(df.Strings("sid", []string{"S-1-5-18"}), df.Strings("user", []string{"SYSTEM"}))
	fmt.Println(events.Join(users, "sid", df.JoinOptions{How: df.Left}))
	// Output:
	//         sid  pid    user
	// 0  S-1-5-18    4  SYSTEM
	// 1  S-1-5-21  700    None
	// 2 rows × 3 columns
}
