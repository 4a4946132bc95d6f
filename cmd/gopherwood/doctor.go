package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gophertrees/gopherwood/kernel"
)

type doctorCommand struct{}

// Run says what is installed where, and for each thing that is missing how to get it.
func (doctorCommand) Run(io streams) error {
	program, err := os.Executable()
	if err != nil {
		program = "an unknown place"
	}
	fmt.Fprintf(io.out, "gopherwood %s at %s (%s)\n", version(), program, runtime.Version())
	sick := doctorKernel(io, program) + doctorJupyter(io)
	if sick > 0 {
		return fmt.Errorf("%d things are missing, see above", sick)
	}
	fmt.Fprintln(io.out, "all is well")
	return nil
}

func doctorKernel(io streams, program string) (sick int) {
	installed := kernel.Installations()
	for _, i := range installed {
		state := "starts " + i.Program
		switch {
		case i.Missing:
			state = i.Program + " is gone: run gopherwood install again"
			sick++
		case i.Program != program:
			state += ", which is not this program"
		}
		fmt.Fprintf(io.out, "kernel %q (%s) in %s: %s\n", filepath.Base(i.Dir), i.DisplayName, i.Dir, state)
	}
	if len(installed) == 0 {
		fmt.Fprintln(io.out, "kernel: not installed where Jupyter looks: run gopherwood install")
		sick++
	}
	return sick
}

// doctorJupyter asks Jupyter itself what it has.
func doctorJupyter(io streams) (sick int) {
	jupyter, err := exec.LookPath("jupyter")
	if err != nil {
		fmt.Fprintln(io.out, "Jupyter: no jupyter on the PATH: notebooks still run with gopherwood run; for JupyterLab: pip install jupyterlab")
		return 1
	}
	out, err := exec.Command(jupyter, "--version").Output()
	if err != nil {
		fmt.Fprintf(io.out, "Jupyter: %s does not answer: %v\n", jupyter, err)
		return 1
	}
	fmt.Fprintf(io.out, "Jupyter at %s:\n", jupyter)
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		name, version, found := strings.Cut(line, ":")
		switch strings.TrimSpace(name) {
		case "jupyterlab", "notebook", "jupyter_client", "jupyter_console":
			if found && !strings.Contains(version, "not installed") {
				fmt.Fprintf(io.out, "  %s%s\n", strings.TrimSpace(name), version)
			}
		}
	}
	return 0
}
