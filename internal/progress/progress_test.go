package progress_test

import (
	"testing"

	"github.com/gophertrees/gopherwood/internal/progress"
)

func TestBarShowsFirstAndLastState(t *testing.T) {
	defer func(open func(string, int64) progress.View) { progress.Open = open }(progress.Open)
	var got []progress.State
	progress.Open = func(string, int64) progress.View {
		return func(s progress.State) { got = append(got, s) }
	}
	b := progress.Start("Linking", 1000)
	for i := range int64(1000) {
		b.Set(i)
	}
	b.Done()
	b.Done()
	b.Set(3)
	if len(got) < 2 || len(got) > 20 {
		t.Fatalf("a quick loop of 1000 steps showed %d states, want a few", len(got))
	}
	last := got[len(got)-1]
	if got[0].Done != 0 || !last.Finished || last.Done != 1000 || last.Title != "Linking" {
		t.Errorf("states = %+v … %+v, want from 0 to a finished 1000", got[0], last)
	}
}

func TestNobodyLooks(t *testing.T) {
	defer func(open func(string, int64) progress.View) { progress.Open = open }(progress.Open)
	progress.Open = func(string, int64) progress.View { return nil }
	b := progress.Start("Linking", 10)
	b.Set(5)
	b.Done()
	if b != nil {
		t.Errorf("Start() = %v, want nil where nobody looks", b)
	}
}
