package kernel

import (
	"runtime"
	"strings"
)

type helpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

type languageInfo struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	MIMEType       string `json:"mimetype"`
	FileExtension  string `json:"file_extension"`
	PygmentsLexer  string `json:"pygments_lexer"`
	CodeMirrorMode string `json:"codemirror_mode"`
	Exporter       string `json:"nbconvert_exporter"`
}

type kernelInfoReply struct {
	Status                string       `json:"status"`
	ProtocolVersion       string       `json:"protocol_version"`
	Implementation        string       `json:"implementation"`
	ImplementationVersion string       `json:"implementation_version"`
	LanguageInfo          languageInfo `json:"language_info"`
	Banner                string       `json:"banner"`
	Debugger              bool         `json:"debugger"`
	HelpLinks             []helpLink   `json:"help_links"`
	SupportedFeatures     []string     `json:"supported_features"`
}

func (kernelInfoReply) MessageType() string { return msgKernelInfoReply }

// LanguageInfo describes Go as notebooks store it in their metadata: "language_info" of
// kernel_info_reply.
func LanguageInfo() map[string]any {
	return map[string]any{
		"name": goLanguage.Name, "version": goLanguage.Version, "mimetype": goLanguage.MIMEType,
		"file_extension": goLanguage.FileExtension, "pygments_lexer": goLanguage.PygmentsLexer,
		"codemirror_mode": goLanguage.CodeMirrorMode, "nbconvert_exporter": goLanguage.Exporter,
	}
}

// goLanguage says "text/x-go", because VS Code completes only then.
var goLanguage = languageInfo{
	Name:           "go",
	Version:        strings.TrimPrefix(runtime.Version(), "go"),
	MIMEType:       "text/x-go",
	FileExtension:  ".go",
	PygmentsLexer:  "go",
	CodeMirrorMode: "go",
}

func (k *server) kernelInfo(*request) (Content, error) {
	return kernelInfoReply{
		Status:                "ok",
		ProtocolVersion:       protocolVersion,
		Implementation:        k.options.Name,
		ImplementationVersion: k.options.Version,
		LanguageInfo:          goLanguage,
		Banner:                k.options.Banner,
		HelpLinks: []helpLink{
			{"Go documentation", "https://go.dev/doc/"},
			{"Go standard library", "https://pkg.go.dev/std"},
		},
		SupportedFeatures: []string{"kernel subshells"},
	}, nil
}
