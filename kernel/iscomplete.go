package kernel

type isCompleteRequest struct {
	Code string `json:"code"`
}

type isCompleteReply struct {
	Status Completeness `json:"status"`
	Indent string       `json:"indent"` // of the next line; meaningful when incomplete
}

func (isCompleteReply) MessageType() string { return msgIsCompleteReply }

func (k *server) isComplete(r *request) (Content, error) {
	q, err := object[isCompleteRequest](r)
	if err != nil {
		return nil, err
	}
	status, indent := k.options.Engine.IsComplete(q.Code)
	switch status {
	case Complete, Incomplete, Invalid:
	default:
		status = Unknown
	}
	return isCompleteReply{status, indent}, nil
}
