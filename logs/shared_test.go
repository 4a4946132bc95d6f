package logs

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedFile returns the path of a real log, which are not part of the project.
func sharedFile(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real logs are not beside this checkout: %v", err)
	}
	return path
}

func readAll(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
