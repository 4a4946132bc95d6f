package kernel

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzConnection reads files of any content: what is accepted must have all it takes to listen.
func FuzzConnection(f *testing.F) {
	const good = `{"shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"ip":"127.0.0.1","key":"k","transport":"tcp","signature_scheme":"hmac-sha256","kernel_name":""}`
	f.Add([]byte(good))
	f.Add([]byte(strings.Replace(good, `"tcp"`, `"ipc"`, 1)))
	f.Add([]byte(strings.Replace(good, "127.0.0.1", "*", 1)))
	f.Add([]byte(`{"shell_port":70000}`))
	f.Add([]byte(`[1]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "connection.json")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := readConnection(path)
		if err != nil {
			if strings.Count(err.Error(), "\n") > 0 {
				t.Errorf("readConnection(%q) = %q, want one line", data, err)
			}
			return
		}
		if signatureHashes[c.SignatureScheme] == nil || min(c.ShellPort, c.ControlPort, c.StdinPort, c.IOPubPort, c.HeartbeatPort) < 1 {
			t.Errorf("readConnection(%q) = %+v, want it refused", data, c)
		}
		if endpoint := c.endpoint(c.ShellPort); !strings.HasPrefix(endpoint, tcpTransport+"://") && !strings.HasPrefix(endpoint, ipcTransport+"://") {
			t.Errorf("endpoint of %q = %q, want one of the kernel's transports", data, endpoint)
		}
	})
}
