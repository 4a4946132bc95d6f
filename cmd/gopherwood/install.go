package main

import (
	"fmt"

	"github.com/gophertrees/gopherwood/kernel"
)

// place is where the kernel is installed; at most one of its flags is given.
type place struct {
	User      bool   `help:"For this user (default)." xor:"place"`
	SysPrefix bool   `help:"Into the Python environment in use." xor:"place"`
	Prefix    string `help:"Below DIR/share/jupyter." placeholder:"DIR" xor:"place"`
	Name      string `help:"The kernel's name; default gopherwood." placeholder:"N"`
}

func (p place) options() kernel.InstallOptions {
	return kernel.InstallOptions{User: p.User, SysPrefix: p.SysPrefix, Prefix: p.Prefix, Name: p.Name, DisplayName: displayName}
}

const displayName = "Go (Gopherwood)"

type installCommand struct {
	place
	DisplayName string            `help:"What people choose in a launcher; default: Go (Gopherwood)." placeholder:"D"`
	Env         map[string]string `help:"Set for the kernel; may be given several times." placeholder:"K=V"`
	DryRun      bool              `help:"Print the kernel.json that would be written, and write nothing."`
}

func (c installCommand) options() kernel.InstallOptions {
	o := c.place.options()
	if c.DisplayName != "" {
		o.DisplayName = c.DisplayName
	}
	o.Env = c.Env
	return o
}

func (c installCommand) Run(io streams) error {
	if c.DryRun {
		spec, err := kernel.KernelSpec(c.options())
		if err != nil {
			return err
		}
		fmt.Fprint(io.out, spec)
		return nil
	}
	dir, err := kernel.Install(c.options())
	if err != nil {
		return err
	}
	fmt.Fprintln(io.out, dir)
	fmt.Fprintf(io.err, "Choose %q in JupyterLab's launcher, or start: jupyter console --kernel %s\n", c.options().DisplayName, kernelName(c.Name))
	if !kernel.Searched(dir) {
		fmt.Fprintln(io.err, "note: Jupyter does not look there unless JUPYTER_PATH or its prefix says so")
	}
	return nil
}

func kernelName(name string) string {
	if name == "" {
		return "gopherwood"
	}
	return name
}

type uninstallCommand struct{ place }

func (c uninstallCommand) Run(io streams) error {
	dir, err := kernel.Uninstall(c.options())
	if err != nil {
		return err
	}
	fmt.Fprintln(io.err, "removed", dir)
	return nil
}
