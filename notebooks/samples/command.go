package main

import (
	"fmt"
	"strings"
)

// command is a process to start and the processes that it starts in turn.
type command struct {
	image       string // full path, or the name of a program in System32
	commandLine string // {n}, {hex} and {guid} stand for random values; "" is the image itself
	account     *account
	directory   string
	then        []command
}

// run is a command by its parts.
func run(image, commandLine string, then ...command) command {
	return command{image: image, commandLine: commandLine, then: then}
}

// as is the command run under another account than its parent's.
func (c command) as(who account) command {
	c.account = &who
	return c
}

// in is the command run in another directory than its parent's.
func (c command) in(directory string) command {
	c.directory = directory
	return c
}

// expanded returns the command line with random values in the place of their marks.
func (c command) expanded(g *generator) string {
	line := c.commandLine
	if line == "" {
		line = windowsPath(c.image)
	}
	for strings.Contains(line, "{n}") {
		line = strings.Replace(line, "{n}", fmt.Sprint(1000+g.below(9000)), 1)
	}
	for strings.Contains(line, "{hex}") {
		line = strings.Replace(line, "{hex}", fmt.Sprintf("%x", 0x1000+g.below(0xf000)), 1)
	}
	for strings.Contains(line, "{guid}") {
		line = strings.Replace(line, "{guid}", g.guid(), 1)
	}
	return line
}

const (
	system32   = `C:\Windows\System32\`
	powershell = system32 + `WindowsPowerShell\v1.0\powershell.exe`
)

// windowsPath completes the name of a program of Windows; a path stays as it is.
func windowsPath(image string) string {
	if strings.ContainsAny(image, `\/`) {
		return image
	}
	return system32 + image
}

// console is the window that Windows gives to a program of the command line.
var console = run("conhost.exe", `\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`)
