package kernel

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// This file knows where Jupyter looks for kernels:
// https://docs.jupyter.org/en/latest/use/jupyter-directories.html.

// userDataDir is Jupyter's data directory of the present user.
func userDataDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, "jupyter"), nil
		}
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS != "darwin" && runtime.GOOS != "windows" {
		return filepath.Join(dir, "jupyter"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("no home directory is known: set HOME, or install with a prefix")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), nil
	case "windows":
		return filepath.Join(home, "AppData", "Roaming", "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// systemPrefix is the root of the Python environment in use: a virtual environment, conda,
// or what python3 says.
func systemPrefix() (string, error) {
	for _, name := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if dir := os.Getenv(name); dir != "" {
			return dir, nil
		}
	}
	for _, python := range []string{"python3", "python"} {
		out, err := exec.Command(python, "-c", "import sys; print(sys.prefix)").Output()
		if dir := strings.TrimSpace(string(out)); err == nil && dir != "" {
			return dir, nil
		}
	}
	return "", errors.New("no Python environment was found: activate one, or install for the user")
}

// searchPath are the data directories in which Jupyter looks for kernels, as far as they can
// be known without asking it.
func searchPath() []string {
	paths := filepath.SplitList(os.Getenv("JUPYTER_PATH"))
	if dir, err := userDataDir(); err == nil {
		paths = append(paths, dir)
	}
	if prefix, err := systemPrefix(); err == nil {
		paths = append(paths, shareJupyter(prefix))
	}
	if runtime.GOOS == "windows" {
		return append(paths, filepath.Join(os.Getenv("PROGRAMDATA"), "jupyter"))
	}
	return append(paths, "/usr/local/share/jupyter", "/usr/share/jupyter")
}

func shareJupyter(prefix string) string { return filepath.Join(prefix, "share", "jupyter") }
