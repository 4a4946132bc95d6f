package kernel

type interruptReply struct {
	Status string `json:"status"`
}

func (interruptReply) MessageType() string { return msgInterruptReply }

// interrupt stops the running cell. It is the kernelspec's interrupt_mode "message"; SIGINT
// does the same, see lifecycle.go.
func (k *server) interrupt(*request) (Content, error) {
	k.session.Interrupt()
	return interruptReply{"ok"}, nil
}
