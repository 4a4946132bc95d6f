package kernel

import "unicode/utf8"

type completeRequest struct {
	Code   string `json:"code"`
	Cursor *int   `json:"cursor_pos"` // in code points; absent means the end
}

type completeReply struct {
	Status   string         `json:"status"`
	Matches  []string       `json:"matches"`
	Start    int            `json:"cursor_start"`
	End      int            `json:"cursor_end"`
	Metadata map[string]any `json:"metadata"`
}

func (completeReply) MessageType() string { return msgCompleteReply }

// typedMatch gives JupyterLab the icon and the type of a proposal.
type typedMatch struct {
	Text      string `json:"text"`
	Type      string `json:"type"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Signature string `json:"signature"`
}

func (k *server) complete(r *request) (Content, error) {
	q, err := object[completeRequest](r)
	if err != nil {
		return nil, err
	}
	cursor, length := clampCursor(q.Code, q.Cursor)
	c := k.options.Engine.Complete(q.Code, cursor)
	reply := completeReply{Status: "ok", Matches: []string{}, Metadata: map[string]any{}}
	reply.Start, reply.End = cursor, cursor
	if 0 <= c.Start && c.Start <= c.End && c.End <= length {
		reply.Start, reply.End = c.Start, c.End
	}
	typed := []typedMatch{}
	for _, m := range c.Matches {
		reply.Matches = append(reply.Matches, m.Text)
		typed = append(typed, typedMatch{m.Text, m.Type, reply.Start, reply.End, m.Signature})
	}
	reply.Metadata["_jupyter_types_experimental"] = typed
	return reply, nil
}

// clampCursor brings a cursor into the code; both are counted in code points.
func clampCursor(code string, cursor *int) (at, length int) {
	length = utf8.RuneCountInString(code)
	if cursor == nil {
		return length, length
	}
	return min(max(*cursor, 0), length), length
}
