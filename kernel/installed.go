package kernel

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// Installation is a kernelspec of this kernel that Jupyter finds.
type Installation struct {
	// Dir is the directory of the kernelspec; its last element is the kernel's name.
	Dir string
	// DisplayName is what people choose in a launcher.
	DisplayName string
	// Program is what Jupyter starts.
	Program string
	// Missing says that the program is not there any more.
	Missing bool
}

// Installations returns the kernelspecs that start a program as this kernel is started, in the
// order in which Jupyter looks for them. Files that are no kernelspecs are passed over.
func Installations() []Installation {
	var found []Installation
	for _, data := range searchPath() {
		specs, err := filepath.Glob(filepath.Join(data, "kernels", "*", "kernel.json"))
		if err != nil {
			continue // a directory's name with a bracket: Jupyter is asked for none there
		}
		for _, path := range specs {
			if one, ok := readInstallation(path); ok && !slices.Contains(found, one) {
				found = append(found, one)
			}
		}
	}
	return found
}

func readInstallation(path string) (Installation, bool) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Installation{}, false
	}
	var spec struct {
		Argv    []string `json:"argv"`
		Display string   `json:"display_name"`
	}
	if json.Unmarshal(data, &spec) != nil || len(spec.Argv) < 2 || !slices.Equal(spec.Argv[1:], startArguments) {
		return Installation{}, false
	}
	_, err = os.Stat(spec.Argv[0])
	return Installation{Dir: filepath.Dir(path), DisplayName: spec.Display, Program: spec.Argv[0], Missing: err != nil}, true
}
