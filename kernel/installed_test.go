package kernel

import (
	"os"
	"path/filepath"
	"testing"
)

func TestInstallationsAreThoseThatJupyterFinds(t *testing.T) {
	data := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", data)
	t.Setenv("JUPYTER_PATH", "")
	t.Setenv("VIRTUAL_ENV", t.TempDir())
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(data, "kernels", "other")
	if err := os.MkdirAll(other, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "kernel.json"), []byte(`{"argv":["python3","-m","ipykernel_launcher","-f","{connection_file}"]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	dir, err := Install(InstallOptions{Name: "mine", Executable: program})
	if err != nil {
		t.Fatal(err)
	}
	mine := func() []Installation {
		var out []Installation
		for _, i := range Installations() {
			if filepath.Dir(filepath.Dir(i.Dir)) == data {
				out = append(out, i)
			}
		}
		return out
	}
	found := mine()
	if len(found) != 1 || found[0].Dir != dir || found[0].Missing {
		t.Fatalf("Installations() = %+v, want the one in %s", found, dir)
	}
	if err := os.Remove(found[0].Program); err != nil {
		t.Fatal(err)
	}
	if found := mine(); len(found) != 1 || !found[0].Missing {
		t.Errorf("Installations() = %+v, want its program missing", found)
	}
}
