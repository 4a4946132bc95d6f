package kernel

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// helpQuestion matches a cell that asks for documentation as in IPython: name?, name?? for
// the source as well, or ?name. No Go program looks like this.
var helpQuestion = regexp.MustCompile(`^(\?{0,2})([\pL_][\pL\pN_.]*)(\?{0,2})$`)

// page is documentation that the front end shows beside the notebook. It is the protocol's
// payload with source "page".
type page struct {
	Source string `json:"source"`
	Data   Bundle `json:"data"`
	Start  int    `json:"start"`
}

// help answers a cell that is a question. asked is false for any other cell.
func (s *Session) help(code string) (answer *page, asked bool) {
	m := helpQuestion.FindStringSubmatch(strings.TrimSpace(code))
	if m == nil || m[1]+m[3] == "" {
		return nil, false
	}
	level := max(len(m[1]), len(m[3])) - 1
	doc, found := s.engine.Inspect(m[2], utf8.RuneCountInString(m[2]), level)
	if !found {
		s.publish(Stream{Name: "stderr", Text: "Nothing is known about " + m[2] + ".\n"})
		return nil, true
	}
	return &page{Source: "page", Data: Data{Data: doc}.encoded().Data}, true
}
