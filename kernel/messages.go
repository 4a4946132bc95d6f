package kernel

// The names of all messages this kernel receives or sends, as in
// https://jupyter-client.readthedocs.io/en/stable/messaging.html. They stand here once, so
// that a misspelt name is a compile error.
const (
	msgKernelInfoRequest     = "kernel_info_request"
	msgKernelInfoReply       = "kernel_info_reply"
	msgExecuteRequest        = "execute_request"
	msgExecuteReply          = "execute_reply"
	msgCompleteRequest       = "complete_request"
	msgCompleteReply         = "complete_reply"
	msgInspectRequest        = "inspect_request"
	msgInspectReply          = "inspect_reply"
	msgIsCompleteRequest     = "is_complete_request"
	msgIsCompleteReply       = "is_complete_reply"
	msgHistoryRequest        = "history_request"
	msgHistoryReply          = "history_reply"
	msgCommInfoRequest       = "comm_info_request"
	msgCommInfoReply         = "comm_info_reply"
	msgCommOpen              = "comm_open"
	msgCommMsg               = "comm_msg"
	msgCommClose             = "comm_close"
	msgInterruptRequest      = "interrupt_request"
	msgInterruptReply        = "interrupt_reply"
	msgShutdownRequest       = "shutdown_request"
	msgShutdownReply         = "shutdown_reply"
	msgInputRequest          = "input_request"
	msgCreateSubshellRequest = "create_subshell_request"
	msgCreateSubshellReply   = "create_subshell_reply"
	msgDeleteSubshellRequest = "delete_subshell_request"
	msgDeleteSubshellReply   = "delete_subshell_reply"
	msgListSubshellRequest   = "list_subshell_request"
	msgListSubshellReply     = "list_subshell_reply"
	msgInputReply            = "input_reply"

	msgStatus            = "status"
	msgIOPubWelcome      = "iopub_welcome"
	msgExecuteInput      = "execute_input"
	msgStream            = "stream"
	msgDisplayData       = "display_data"
	msgUpdateDisplayData = "update_display_data"
	msgExecuteResult     = "execute_result"
	msgError             = "error"
	msgClearOutput       = "clear_output"
)

// Content is the body of one message that the kernel sends. The type of the content fixes
// the message's name, so the two cannot disagree.
type Content interface {
	// MessageType is the msg_type of the protocol.
	MessageType() string
}

// ExecuteInput repeats the code of a cell that begins to run.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// Stream is text that a cell printed.
type Stream struct {
	// Name is "stdout" or "stderr".
	Name string `json:"name"`
	Text string `json:"text"`
}

// DisplayData shows a value below its cell.
type DisplayData struct{ Data }

// UpdateDisplayData replaces every earlier output that has the same display id.
type UpdateDisplayData struct{ Data }

// ExecuteResult shows the value of a cell's last expression.
type ExecuteResult struct {
	Data
	ExecutionCount int `json:"execution_count"`
}

// ErrorOutput shows why a cell failed.
type ErrorOutput struct {
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// ClearOutputs removes what the cell has shown so far.
type ClearOutputs struct {
	// Wait delays it until the next output arrives, so that nothing flickers.
	Wait bool `json:"wait"`
}

// MessageType implements Content.
func (ExecuteInput) MessageType() string { return msgExecuteInput }

// MessageType implements Content.
func (Stream) MessageType() string { return msgStream }

// MessageType implements Content.
func (DisplayData) MessageType() string { return msgDisplayData }

// MessageType implements Content.
func (UpdateDisplayData) MessageType() string { return msgUpdateDisplayData }

// MessageType implements Content.
func (ExecuteResult) MessageType() string { return msgExecuteResult }

// MessageType implements Content.
func (ErrorOutput) MessageType() string { return msgError }

// MessageType implements Content.
func (ClearOutputs) MessageType() string { return msgClearOutput }

// executionState is what a status message says.
type executionState string

const (
	stateStarting executionState = "starting"
	stateBusy     executionState = "busy"
	stateIdle     executionState = "idle"
)

type statusContent struct {
	State executionState `json:"execution_state"`
}

func (statusContent) MessageType() string { return msgStatus }

// welcomeContent tells a client that its subscription has arrived (protocol 5.5).
type welcomeContent struct {
	Subscription string `json:"subscription"`
}

func (welcomeContent) MessageType() string { return msgIOPubWelcome }
