package kernel

type shutdownRequest struct {
	Restart bool `json:"restart"`
}

type shutdownReply struct {
	Status  string `json:"status"`
	Restart bool   `json:"restart"`
}

func (shutdownReply) MessageType() string { return msgShutdownReply }

// shutdown answers, and tells all clients on IOPub. The kernel stops when the answer is out:
// see verb.after.
func (k *server) shutdown(r *request) (Content, error) {
	q, err := object[shutdownRequest](r)
	if err != nil {
		return nil, err
	}
	reply := shutdownReply{"ok", q.Restart}
	k.send(r.header, reply) // not Publish: the end does not wait for slow subscribers
	return reply, nil
}
