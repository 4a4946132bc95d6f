package kernel

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// InstallOptions say where and under which name Jupyter shall find the kernel. The zero value
// installs for the present user.
type InstallOptions struct {
	// User installs for the present user, which is the default.
	User bool
	// SysPrefix installs into the Python environment in use: VIRTUAL_ENV, CONDA_PREFIX, or
	// sys.prefix of python3.
	SysPrefix bool
	// Prefix installs below PREFIX/share/jupyter. At most one of the three is set.
	Prefix string
	// Name is the kernel's name and directory; default "gopherwood".
	Name string
	// DisplayName is what people choose in a launcher; default "Go (gopherwood)".
	DisplayName string
	// Executable is the program to start as "Executable kernel -f FILE"; default is the
	// running one. One below a temporary directory, as "go run" makes it, is copied to the
	// kernel's directory.
	Executable string
	// Env is set for the kernel; ${VAR} is replaced by Jupyter.
	Env map[string]string
}

const (
	defaultKernelName  = "gopherwood"
	defaultDisplayName = "Go (gopherwood)"
)

//go:embed logo/logo-32x32.png logo/logo-64x64.png logo/logo-svg.svg
var logos embed.FS

// startArguments are how Jupyter starts the program.
var startArguments = []string{"kernel", "-f", "{connection_file}"}

// kernelName is Jupyter's rule for the names of kernels.
var kernelName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// Install writes the kernelspec (https://jupyter-client.readthedocs.io/en/stable/kernels.html)
// and returns its directory. An earlier one of the same name is replaced.
func Install(options InstallOptions) (dir string, err error) {
	dir, err = options.dir()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("install the kernel: %w", err)
	}
	executable, err := options.executable(dir)
	if err != nil {
		return "", fmt.Errorf("install the kernel: %w", err)
	}
	if err := writeLogos(dir); err != nil {
		return "", fmt.Errorf("install the kernel: %w", err)
	}
	// kernel.json comes last: with it, Jupyter sees the kernel.
	if err := os.WriteFile(filepath.Join(dir, "kernel.json"), options.spec(executable), 0o644); err != nil {
		return "", fmt.Errorf("install the kernel: %w", err)
	}
	return dir, nil
}

// Uninstall removes what Install wrote with the same options, and returns the directory. It
// refuses a directory that is not a kernel's.
func Uninstall(options InstallOptions) (dir string, err error) {
	dir, err = options.dir()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(dir, "kernel.json")); err != nil {
		return dir, fmt.Errorf("no kernel is installed in %s", dir)
	}
	return dir, os.RemoveAll(dir)
}

// Searched says whether Jupyter looks for kernels where Install put one: the Jupyter that is
// found first, or that of the Python environment which the place belongs to.
func Searched(dir string) bool {
	data := filepath.Dir(filepath.Dir(dir))
	return slices.Contains(searchPath(), data) || isPythonEnvironment(filepath.Dir(filepath.Dir(data)))
}

// isPythonEnvironment knows the marks that venv and conda leave in an environment's folder.
func isPythonEnvironment(prefix string) bool {
	for _, mark := range []string{"pyvenv.cfg", "conda-meta"} {
		if _, err := os.Stat(filepath.Join(prefix, mark)); err == nil {
			return true
		}
	}
	return false
}

// dir is the directory of the kernelspec.
func (o InstallOptions) dir() (string, error) {
	name := o.Name
	if name == "" {
		name = defaultKernelName
	}
	if !kernelName.MatchString(name) || strings.Trim(name, ".") == "" {
		return "", fmt.Errorf("the kernel's name %q may only have letters, digits, '.', '_' and '-'", name)
	}
	data, err := o.dataDir()
	return filepath.Join(data, "kernels", strings.ToLower(name)), err
}

func (o InstallOptions) dataDir() (string, error) {
	switch {
	case o.User && (o.SysPrefix || o.Prefix != "") || o.SysPrefix && o.Prefix != "":
		return "", errors.New("choose one place for the kernel: the user, the Python environment, or a prefix")
	case o.Prefix != "":
		prefix, err := filepath.Abs(o.Prefix)
		return shareJupyter(prefix), err
	case o.SysPrefix:
		prefix, err := systemPrefix()
		return shareJupyter(prefix), err
	}
	return userDataDir()
}

// executable is the absolute path that Jupyter shall start.
func (o InstallOptions) executable(dir string) (string, error) {
	path := o.Executable
	if path == "" {
		running, err := os.Executable()
		if err != nil {
			return "", err
		}
		path = running
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.IsDir() {
		return "", fmt.Errorf("%s is a directory, not a program", path)
	}
	if !isTemporary(path) {
		return path, nil
	}
	copied := filepath.Join(dir, filepath.Base(path))
	return copied, copyProgram(path, copied)
}

// isTemporary says whether a program will soon be gone.
func isTemporary(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = path
	}
	temp, err := filepath.EvalSymlinks(os.TempDir())
	if err != nil {
		temp = os.TempDir()
	}
	return strings.HasPrefix(real, temp+string(filepath.Separator)) || strings.Contains(real, "go-build")
}

// copyProgram writes beside the target and renames, since a running kernel's file cannot be
// overwritten.
func copyProgram(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.CreateTemp(filepath.Dir(to), ".program-*")
	if err != nil {
		return err
	}
	defer os.Remove(target.Name()) // fails once it is renamed, which is well
	if _, err := io.Copy(target, source); err != nil {
		target.Close()
		return err
	}
	if err := target.Close(); err != nil {
		return err
	}
	if err := os.Chmod(target.Name(), 0o755); err != nil {
		return err
	}
	return os.Rename(target.Name(), to)
}

func writeLogos(dir string) error {
	entries, err := logos.ReadDir("logo")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := logos.ReadFile("logo/" + entry.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, entry.Name()), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// spec is the content of kernel.json. Interrupts come as messages, which works on Windows
// too; the language is "go", so that notebooks of other Go kernels open with this one.
func (o InstallOptions) spec(executable string) []byte {
	display := o.DisplayName
	if display == "" {
		display = defaultDisplayName
	}
	env := o.Env
	if env == nil {
		env = map[string]string{}
	}
	spec := struct {
		Argv      []string          `json:"argv"`
		Display   string            `json:"display_name"`
		Language  string            `json:"language"`
		Interrupt string            `json:"interrupt_mode"`
		Protocol  string            `json:"kernel_protocol_version"`
		Env       map[string]string `json:"env"`
		Metadata  map[string]any    `json:"metadata"`
	}{
		append([]string{executable}, startArguments...),
		display, "go", "message", protocolVersion, env, map[string]any{"debugger": false},
	}
	data, err := json.MarshalIndent(spec, "", " ")
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return append(data, '\n')
}

// KernelSpec is the kernel.json that Install would write for a program that stays where it is.
func KernelSpec(options InstallOptions) (string, error) {
	path := options.Executable
	if path == "" {
		running, err := os.Executable()
		if err != nil {
			return "", err
		}
		path = running
	}
	return string(options.spec(path)), nil
}
