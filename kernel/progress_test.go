package kernel

import (
	"sync"
	"testing"
	"time"
)

// shownTexts are the texts of displays and updates that c has collected.
func shownTexts(c *collector) []string {
	var texts []string
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, content := range c.content {
		switch d := content.(type) {
		case DisplayData:
			texts = append(texts, d.Data.Data[plainType].(string))
		case UpdateDisplayData:
			texts = append(texts, d.Data.Data[plainType].(string))
		}
	}
	return texts
}

func TestProgressIsThrottled(t *testing.T) {
	_, c := newTestSession(t, &fakeEngine{})
	p := NewProgress("Work", 1000)
	var all sync.WaitGroup
	begin := time.Now()
	for range 4 {
		all.Go(func() {
			for range 250 {
				p.Add(1)
				time.Sleep(time.Millisecond)
			}
		})
	}
	all.Wait()
	p.Done()
	p.Set(5) // after the end: nothing
	took := time.Since(begin)
	texts := shownTexts(c)
	if texts[0] != "Work 0/1000" || texts[len(texts)-1] != "Work 1000/1000" {
		t.Errorf("texts = %q, want from 0 to 1000", texts)
	}
	if most := int(took/(100*time.Millisecond)) + 2; len(texts) > most || len(texts) < 3 {
		t.Errorf("states drawn in %v = %d, want between 3 and %d", took, len(texts), most)
	}
}

// TestProgressDrawsTheLatest: a step that comes too soon after another is drawn a little later.
func TestProgressDrawsTheLatest(t *testing.T) {
	_, c := newTestSession(t, &fakeEngine{})
	p := NewProgress("", 2)
	p.Set(1)
	p.Set(1)
	for end := time.Now().Add(patience); len(shownTexts(c)) < 2 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if got := shownTexts(c); len(got) != 2 || got[1] != "1/2" {
		t.Errorf("texts = %q, want 0/2 and 1/2", got)
	}
}

func TestProgressHTML(t *testing.T) {
	for _, c := range []struct {
		state progressState
		want  string
	}{
		{progressState{Title: "<b>", Count: 1, Total: 2}, `<div>&lt;b&gt; <progress value="1" max="2"></progress> 1/2</div>`},
		{progressState{Count: 3, Total: 2}, `<div> <progress value="2" max="2"></progress> 3/2</div>`},
		{progressState{Title: "x", Count: 7}, `<div>x <progress></progress> 7</div>`},
		{progressState{Title: "x", Count: 7, Finished: true}, `<div>x <progress value="1" max="1"></progress> 7</div>`},
	} {
		if got := c.state.HTML(); got != c.want {
			t.Errorf("HTML(%+v) = %s, want %s", c.state, got, c.want)
		}
	}
}
