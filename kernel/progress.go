package kernel

import (
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"
)

// Progress is a bar below the running cell that shows how far the work is:
//
//	p := kernel.NewProgress("Reading logs", len(files))
//	defer p.Done()
//	for i, file := range files {
//		read(file)
//		p.Set(i + 1)
//	}
//
// It is plain HTML, which every front end shows without an extension; a stored notebook keeps
// the last state. Its methods may be called from any goroutine and as often as one likes: the
// bar is drawn again at most ten times a second.
type Progress struct {
	shown *Handle

	mu    sync.Mutex
	state progressState
	drawn time.Time
	timer *time.Timer // draws the latest state; nil when the latest state is drawn
}

// progressPause is the least time between two updates; see Handle.Update for the reason.
const progressPause = 100 * time.Millisecond

// NewProgress shows a bar for total steps. When total is 0 or less it is not known, and the
// bar shows only that something happens, and the count.
func NewProgress(title string, total int) *Progress {
	p := &Progress{state: progressState{Title: title, Total: max(total, 0)}, drawn: time.Now()}
	p.shown = Display(p.state)
	return p
}

// Set says how many steps are done.
func (p *Progress) Set(done int) { p.change(func(s *progressState) { s.Count = max(done, 0) }) }

// Add says how many more steps are done.
func (p *Progress) Add(steps int) {
	p.change(func(s *progressState) { s.Count = max(s.Count+steps, 0) })
}

// Done ends the bar and draws its last state. Later calls change nothing.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state.Finished {
		return
	}
	p.state.Finished = true
	p.draw()
}

func (p *Progress) change(f func(*progressState)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.state
	if before.Finished {
		return
	}
	f(&p.state)
	switch {
	case p.state == before || p.timer != nil:
	case time.Since(p.drawn) >= progressPause:
		p.draw()
	default:
		p.timer = time.AfterFunc(progressPause-time.Since(p.drawn), p.drawLater)
	}
}

func (p *Progress) drawLater() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.draw()
	}
}

// draw updates the display, p.mu being held. Outside of a kernel, where an update is one more
// line of text, only the first and the last state are shown.
func (p *Progress) draw() {
	if p.timer != nil {
		p.timer.Stop()
		p.timer = nil
	}
	p.drawn = time.Now()
	if p.state.Finished || current.Load() != nil {
		p.shown.Update(p.state)
	}
}

// progressState is what a bar shows.
type progressState struct {
	Title        string
	Count, Total int
	Finished     bool
}

var progressTemplate = template.Must(template.New("progress").Parse(
	`<div>{{.Title}} <progress{{if .Bar}} value="{{.Value}}" max="{{.Max}}"{{end}}></progress> {{.Words}}</div>`))

// HTML is the form of the bar in a page.
func (s progressState) HTML() string {
	var out strings.Builder
	if err := progressTemplate.Execute(&out, s); err != nil {
		return template.HTMLEscapeString(s.String())
	}
	return out.String()
}

// String is the form of the bar in a console.
func (s progressState) String() string {
	return strings.TrimPrefix(visible(s.Title)+" "+s.Words(), " ")
}

// Bar is false when there is nothing to measure by.
func (s progressState) Bar() bool { return s.Total > 0 || s.Finished }

// Value is how full the bar is, of Max.
func (s progressState) Value() int {
	if s.Total == 0 {
		return s.Max()
	}
	return min(s.Count, s.Total)
}

// Max is the length of the bar.
func (s progressState) Max() int { return max(s.Total, 1) }

// Words are the numbers.
func (s progressState) Words() string {
	if s.Total > 0 {
		return fmt.Sprintf("%d/%d", s.Count, s.Total)
	}
	return fmt.Sprint(s.Count)
}
