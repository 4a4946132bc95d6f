package kernel

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInstall(t *testing.T) {
	prefix := t.TempDir()
	options := InstallOptions{Prefix: prefix, Name: "Go.Test", DisplayName: "Go (test)", Executable: "/bin/sh", Env: map[string]string{"A": "b"}}
	dir, err := Install(options)
	if want := filepath.Join(prefix, "share", "jupyter", "kernels", "go.test"); err != nil || dir != want {
		t.Fatalf("Install = %q, %v, want %q", dir, err, want)
	}
	data, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"argv":         []any{"/bin/sh", "kernel", "-f", "{connection_file}"},
		"display_name": "Go (test)", "language": "go", "interrupt_mode": "message", "kernel_protocol_version": "5.5",
		"env": map[string]any{"A": "b"}, "metadata": map[string]any{"debugger": false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kernel.json (-want +got):\n%s", diff)
	}
	for _, name := range []string{"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s = %v, %v, want a picture", name, info, err)
		}
	}
	if _, err := Install(options); err != nil {
		t.Errorf("Install over an older one = %v, want nil", err)
	}
	if _, err := Uninstall(options); err != nil {
		t.Errorf("Uninstall = %v, want nil", err)
	}
	if _, err := Uninstall(options); err == nil {
		t.Error("Uninstall of nothing = nil, want an error")
	}
}

// TestInstallCopiesTemporaryPrograms: the test's own program lies where go build left it.
func TestInstallCopiesTemporaryPrograms(t *testing.T) {
	temporary := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(temporary, []byte("bytes"), 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		dir, err := Install(InstallOptions{Prefix: t.TempDir(), Executable: temporary})
		if err != nil {
			t.Fatal(err)
		}
		copied, err := os.ReadFile(filepath.Join(dir, "program"))
		if err != nil || string(copied) != "bytes" {
			t.Errorf("the copy = %q, %v, want the program", copied, err)
		}
		spec, _ := os.ReadFile(filepath.Join(dir, "kernel.json"))
		if !strings.Contains(string(spec), filepath.Join(dir, "program")) {
			t.Errorf("kernel.json = %s, want the copy started", spec)
		}
	}
}

func TestInstallRefuses(t *testing.T) {
	prefix := t.TempDir()
	for name, options := range map[string]InstallOptions{
		"name with a path":  {Prefix: prefix, Name: "../x", Executable: "/bin/sh"},
		"name of dots":      {Prefix: prefix, Name: "..", Executable: "/bin/sh"},
		"two places":        {Prefix: prefix, SysPrefix: true, Executable: "/bin/sh"},
		"no such program":   {Prefix: prefix, Executable: "/does/not/exist"},
		"directory to run":  {Prefix: prefix, Executable: prefix},
		"user and a prefix": {Prefix: prefix, User: true, Executable: "/bin/sh"},
	} {
		if dir, err := Install(options); err == nil {
			t.Errorf("%s: Install = %q, nil, want an error", name, dir)
		}
	}
}

func TestDataDirectories(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", "/data")
	t.Setenv("VIRTUAL_ENV", "/venv")
	for _, c := range []struct {
		options  InstallOptions
		want     string
		searched bool
	}{
		{InstallOptions{}, "/data/kernels/gopherwood", true},
		{InstallOptions{User: true, Name: "x"}, "/data/kernels/x", true},
		{InstallOptions{SysPrefix: true}, "/venv/share/jupyter/kernels/gopherwood", true},
		{InstallOptions{Prefix: "/opt"}, "/opt/share/jupyter/kernels/gopherwood", false},
	} {
		dir, err := c.options.dir()
		if err != nil || filepath.ToSlash(dir) != c.want || Searched(dir) != c.searched {
			t.Errorf("dir of %+v = %q, %v, searched %v, want %q, %v", c.options, dir, err, Searched(dir), c.want, c.searched)
		}
	}
}

func TestReadConnection(t *testing.T) {
	good := `{"ip":"*","shell_port":1,"control_port":2,"stdin_port":3,"iopub_port":4,"hb_port":5,"key":"k"}`
	path := filepath.Join(t.TempDir(), "c.json")
	for text, want := range map[string]string{
		good:                                     "",
		`not`:                                    "not the JSON",
		strings.Replace(good, `:5`, `:0`, 1):     "hb_port",
		strings.Replace(good, `:5`, `:70000`, 1): "hb_port",
		`{"transport":"udp",` + good[1:]:         "udp",
		`{"signature_scheme":"none",` + good[1:]: "signature scheme",
		`{"signature_scheme":"hmac-sha512",` + good[1:]: "",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConnection(path)
		if want == "" && (err != nil || c.endpoint(7) != "jupyter-tcp://:7") {
			t.Errorf("readConnection(%s) = %+v, %v, want all interfaces", text, c, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("readConnection(%s) = %v, want an error with %q", text, err, want)
		}
	}
}

func TestSearchedInPythonEnvironments(t *testing.T) {
	prefix := t.TempDir()
	dir := filepath.Join(prefix, "share", "jupyter", "kernels", "gopherwood")
	if Searched(dir) {
		t.Errorf("Searched(%q) = true, want false in a folder of no environment", dir)
	}
	if err := os.WriteFile(filepath.Join(prefix, "pyvenv.cfg"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !Searched(dir) {
		t.Errorf("Searched(%q) = false, want true in a virtual environment", dir)
	}
}
