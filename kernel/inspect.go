package kernel

type inspectRequest struct {
	Code   string `json:"code"`
	Cursor *int   `json:"cursor_pos"`
	Level  int    `json:"detail_level"`
}

type inspectReply struct {
	Status   string         `json:"status"`
	Found    bool           `json:"found"`
	Data     Bundle         `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

func (inspectReply) MessageType() string { return msgInspectReply }

func (k *server) inspect(r *request) (Content, error) {
	q, err := object[inspectRequest](r)
	if err != nil {
		return nil, err
	}
	cursor, _ := clampCursor(q.Code, q.Cursor)
	doc, found := k.options.Engine.Inspect(q.Code, cursor, q.Level)
	reply := inspectReply{Status: "ok", Found: found, Data: Bundle{}, Metadata: map[string]any{}}
	if found {
		reply.Data = Data{Data: doc}.encoded().Data
	}
	return reply, nil
}
