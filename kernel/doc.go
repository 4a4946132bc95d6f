// Package kernel is a Jupyter kernel for any language that can fulfil Engine: the messaging
// protocol, the display of Go values, and the installation of the kernelspec.
//
// The layers, each in files of its own, know only the one below:
//
//	Serve            sockets, queues, signals        server.go dispatch.go lifecycle.go subshell.go stdin.go
//	Session          one run of cells, no sockets     session.go execute.go streams.go commtable.go
//	Render           a Go value as MIME bundle        display.go plain.go
//	Engine           the language                     engine.go
//
// A Session publishes what happens to a Sink. Serve is one sink, which puts messages on the
// wire; the notebook runner in kernel/notebook is another, which stores them as outputs.
//
// Cells import this package for Display, HTML, Markdown, ClearOutput, Progress, Input and the
// like; Comm carries messages between them and the browser, on which package widget builds.
// Libraries need none of it: a value shows itself by its methods (see Render).
package kernel
