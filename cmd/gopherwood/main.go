// Gopherwood builds, prints and draws the process trees of logs, runs notebooks, and is the
// Jupyter kernel that notebooks run in. See gopherwood --help.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
