package kernel

import (
	"encoding/json"
	"errors"
)

type commInfoRequest struct {
	Target string `json:"target_name"` // only comms of this target; "" is all
}

type commInfoReply struct {
	Status string              `json:"status"`
	Comms  map[string]commInfo `json:"comms"`
}

type commInfo struct {
	Target string `json:"target_name"`
}

func (commInfoReply) MessageType() string { return msgCommInfoReply }

// commInfo lists the open comms. JupyterLab's widget manager waits for the list at each
// connection, to show the widgets of a page that is loaded again.
func (k *server) commInfo(r *request) (Content, error) {
	q, err := object[commInfoRequest](r)
	if err != nil {
		return nil, err
	}
	reply := commInfoReply{Status: "ok", Comms: map[string]commInfo{}}
	for id, target := range k.session.comms.targets(q.Target) {
		reply.Comms[id] = commInfo{target}
	}
	return reply, nil
}

// commMessage handles comm_open, comm_msg and comm_close, which have no replies.
func (k *server) commMessage(r *request) (Content, error) {
	var all struct {
		ID     *string         `json:"comm_id"`
		Target string          `json:"target_name"`
		Data   json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(r.content, &all); err != nil {
		return nil, err
	}
	if all.ID == nil {
		return nil, errors.New("the message has no comm_id")
	}
	message := CommMessage{Data: map[string]any{}, Buffers: r.buffers}
	if len(all.Data) > 0 {
		if err := json.Unmarshal(all.Data, &message.Data); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal(r.metadata, &message.Metadata); err != nil {
		return nil, err
	}
	switch r.kind {
	case msgCommOpen:
		return nil, k.session.Receive(r.header, CommOpen{*all.ID, all.Target, message})
	case msgCommMsg:
		return nil, k.session.Receive(r.header, CommData{*all.ID, message})
	}
	return nil, k.session.Receive(r.header, CommClose{*all.ID, message})
}

// CarriesComms tells Interactive that messages reach a front end.
func (k *server) CarriesComms() bool { return true }
