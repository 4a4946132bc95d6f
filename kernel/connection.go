package kernel

import (
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"net"
	"os"
	"strconv"
)

// connection is the file by which a front end tells the kernel where to listen:
// https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files.
type connection struct {
	Transport       string `json:"transport"`
	IP              string `json:"ip"`
	ShellPort       int    `json:"shell_port"`
	ControlPort     int    `json:"control_port"`
	StdinPort       int    `json:"stdin_port"`
	IOPubPort       int    `json:"iopub_port"`
	HeartbeatPort   int    `json:"hb_port"`
	Key             string `json:"key"`
	SignatureScheme string `json:"signature_scheme"`
}

// signatureHashes are the schemes that jupyter_client offers and Go's library has.
var signatureHashes = map[string]func() hash.Hash{
	"hmac-sha256": sha256.New,
	"hmac-sha224": sha256.New224,
	"hmac-sha384": sha512.New384,
	"hmac-sha512": sha512.New,
	"hmac-sha1":   sha1.New,
}

// maxConnectionFile is far more than any real connection file, in bytes.
const maxConnectionFile = 1 << 20

func readConnection(path string) (connection, error) {
	var c connection
	file, err := os.Open(path)
	if err != nil {
		return c, fmt.Errorf("open the connection file: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxConnectionFile))
	if err != nil {
		return c, fmt.Errorf("read the connection file %s: %w", path, err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, fmt.Errorf("the connection file %s is not the JSON that Jupyter writes: %w", path, err)
	}
	return c, c.check()
}

// check fills in the protocol's defaults and refuses what cannot work.
func (c *connection) check() error {
	if c.Transport == "" {
		c.Transport = "tcp"
	}
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return fmt.Errorf("the connection file asks for transport %q; tcp and ipc are known", c.Transport)
	}
	if c.SignatureScheme == "" {
		c.SignatureScheme = "hmac-sha256"
	}
	if signatureHashes[c.SignatureScheme] == nil {
		return fmt.Errorf("the connection file asks for signature scheme %q, which is unknown; use hmac-sha256", c.SignatureScheme)
	}
	for name, port := range map[string]int{
		"shell_port": c.ShellPort, "control_port": c.ControlPort, "stdin_port": c.StdinPort,
		"iopub_port": c.IOPubPort, "hb_port": c.HeartbeatPort,
	} {
		if port < 1 || c.Transport == "tcp" && port > 65535 {
			return fmt.Errorf("the connection file has %s %d, which is not a port", name, port)
		}
	}
	return nil
}

// endpoint is the address to bind for port, for the hardened transports.
func (c connection) endpoint(port int) string {
	if c.Transport == "ipc" {
		return ipcTransport + "://" + c.IP + "-" + strconv.Itoa(port)
	}
	host := c.IP
	if host == "*" {
		host = ""
	}
	return tcpTransport + "://" + net.JoinHostPort(host, strconv.Itoa(port))
}
