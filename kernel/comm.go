package kernel

// Comms are channels between front-end widgets and the kernel. This kernel offers no comm
// targets yet, and says so as the protocol wants: the list of comms is empty, and a comm that
// a front end opens is closed at once. JupyterLab's widget manager waits for both answers.

type commInfoReply struct {
	Status string         `json:"status"`
	Comms  map[string]any `json:"comms"`
}

func (commInfoReply) MessageType() string { return msgCommInfoReply }

func (k *server) commInfo(*request) (Content, error) {
	return commInfoReply{Status: "ok", Comms: map[string]any{}}, nil
}

type commOpenContent struct {
	ID string `json:"comm_id"`
}

type commCloseContent struct {
	ID   string         `json:"comm_id"`
	Data map[string]any `json:"data"`
}

func (commCloseContent) MessageType() string { return msgCommClose }

func (k *server) commOpen(r *request) (Content, error) {
	q, err := object[commOpenContent](r)
	if err != nil {
		return nil, err
	}
	k.Publish(r.header, commCloseContent{ID: q.ID, Data: map[string]any{}})
	return nil, nil
}
