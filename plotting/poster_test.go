package plotting

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gophertrees/gopherwood/dataframe"
	"github.com/gophertrees/gopherwood/ptree"
)

// TestPosterFillsItsPaper checks that a poster is as large as its paper, that every row is on it
// once and inside, and that texts keep apart, from large letters to the smallest.
func TestPosterFillsItsPaper(t *testing.T) {
	evil, column := hostileLog()
	for name, c := range map[string]struct {
		tree  ptree.Tree
		paper Paper
	}{
		"none": {ptree.Tree{}, A4}, "one": {treeOf(t, office[:1]), A4}, "office": {treeOf(t, office), A3}, "full": {treeOf(t, broad(120, 4)), A4},
		"wide": {treeOf(t, broad(2900, 9)), A0}, "deep": {treeOf(t, chain(1500)), A0}, "hostile": {treeOf(t, evil, column), A2}, "small": {treeOf(t, office), Paper{100, 100}},
	} {
		s := sceneOf(t, PlotPoster(c.tree, PosterOptions{Paper: c.paper, ViewOptions: ViewOptions{Fold: ptree.Off, Source: "a log"}}))
		if w, h := c.paper.pixels(); s.width != w || s.height != h {
			t.Errorf("%s: the poster is %v x %v, want %v x %v", name, s.width, s.height, w, h)
		}
		rows := 0
		for _, m := range s.marks {
			if b, ok := m.(box); ok && b.tip != "" {
				rows++
				if b.x < 0 || b.y < 0 || b.x+b.w > s.width || b.y+b.h > s.height {
					t.Errorf("%s: the row %+v leaves the paper", name, b)
				}
			}
		}
		if rows != c.tree.Len() {
			t.Errorf("%s: %d rows are drawn, want %d", name, rows, c.tree.Len())
		}
		checkText(t, name, s)
	}
}

// TestPosterSaysWhatFits checks that whoever follows an error's advice gets a poster.
func TestPosterSaysWhatFits(t *testing.T) {
	tree := treeOf(t, broad(2900, 5))
	o := PosterOptions{Paper: A3, ViewOptions: ViewOptions{LegendCol: "SubjectUserName", Source: "a log"}}
	err := PlotPoster(tree, o).Write(&bytes.Buffer{}, "pdf")
	if err == nil {
		t.Fatal("2,900 rows on A3 are no error")
	}
	number := func(text string) int { n, _ := strconv.Atoi(strings.ReplaceAll(text, ",", "")); return n }
	said := regexp.MustCompile(`set MaxRows to ([\d,]+), which folds the others, or use a larger Paper, such as ([\d,]+) x ([\d,]+) mm$`).FindStringSubmatch(err.Error())
	if said == nil {
		t.Fatalf("the error %q gives no advice", err)
	}
	fewer, larger := o, o
	fewer.MaxRows = number(said[1])
	larger.Paper = Paper{float64(number(said[2])), float64(number(said[3]))}
	for name, o := range map[string]PosterOptions{"fewer rows": fewer, "larger paper": larger} {
		if err := PlotPoster(tree, o).Write(&bytes.Buffer{}, "pdf"); err != nil {
			t.Errorf("with %s as advised: %v", name, err)
		}
	}
	for _, p := range []Paper{{-1, 500}, {99, 500}, {5001, 500}, {math.NaN(), 500}, {math.Inf(1), 500}} {
		if err := PlotPoster(tree, PosterOptions{Paper: p}).Write(&bytes.Buffer{}, "svg"); err == nil || !strings.Contains(err.Error(), "millimetres") {
			t.Errorf("a paper of %v gives %v, want an error that says which there are", p, err)
		}
	}
	large := PosterOptions{Paper: Paper{1682, 2378}, ViewOptions: ViewOptions{DPI: 300}}
	if err := PlotPoster(tree, large).Write(&bytes.Buffer{}, "png"); err == nil || !strings.Contains(err.Error(), "DPI of at most 119") {
		t.Errorf("a picture of 557 megapixels gives %v, want an error that says which DPI there may be", err)
	}
}

func TestPosterTakesNoWidth(t *testing.T) {
	defer func() {
		if _, ok := recover().(*dataframe.UsageError); !ok {
			t.Error("a poster with a Width is no mistake of usage")
		}
	}()
	PlotPoster(ptree.Tree{}, PosterOptions{ViewOptions: ViewOptions{Width: 900}})
}
