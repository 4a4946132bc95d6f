package logs

import "bytes"

// auditArchitectures are the values of the arch field, which say what a system call's number means.
// https://github.com/torvalds/linux/blob/master/include/uapi/linux/audit.h
//
// The numbers are those of the system calls that make and end processes, from the kernel's tables:
// https://github.com/torvalds/linux/blob/master/arch/x86/entry/syscalls/syscall_64.tbl and its like.
var auditArchitectures = map[string]map[string]string{
	"c000003e": { // x86_64
		"56": "clone", "57": "fork", "58": "vfork", "59": "execve", "322": "execveat", "435": "clone3", "60": "exit", "231": "exit_group",
		"1073741880": "clone", "1073741881": "fork", "1073741882": "vfork", "1073742344": "execve", "1073742369": "execveat",
		"1073742259": "clone3", "1073741884": "exit", "1073742055": "exit_group", // the x32 calls have bit 30 set
	},
	"40000003": { // i386
		"1": "exit", "2": "fork", "11": "execve", "120": "clone", "190": "vfork", "252": "exit_group", "358": "execveat", "435": "clone3",
	},
	"c00000b7": auditGeneric, // aarch64
	"c00000f3": auditGeneric, // riscv64
	"40000028": { // arm
		"1": "exit", "2": "fork", "11": "execve", "120": "clone", "190": "vfork", "248": "exit_group", "387": "execveat", "435": "clone3",
	},
	"c0000015": auditPower, // ppc64le, which sets the little-endian bit
	"80000015": auditPower, // ppc64
	auditS390: {
		"1": "exit", "2": "fork", "11": "execve", "120": "clone", "190": "vfork", "248": "exit_group", "354": "execveat", "435": "clone3",
	},
}

// auditS390 is s390x, whose clone has its flags in another register.
const auditS390 = "80000016"

// auditGeneric are the numbers of newer architectures, which have no fork and no vfork.
var auditGeneric = map[string]string{
	"93": "exit", "94": "exit_group", "220": "clone", "221": "execve", "281": "execveat", "435": "clone3",
}

var auditPower = map[string]string{
	"1": "exit", "2": "fork", "11": "execve", "120": "clone", "189": "vfork", "234": "exit_group", "362": "execveat", "435": "clone3",
}

// auditCall is what a SYSCALL record says of the call.
type auditCall struct {
	arch, number, success, name, a0 []byte
}

// note keeps the fields that name a call; the first of each counts.
func (c *auditCall) note(f auditField) {
	switch string(f.key) {
	case "arch":
		c.arch = first(c.arch, f.value)
	case "syscall":
		c.number = first(c.number, f.value)
	case "success":
		c.success = first(c.success, f.value)
	case "SYSCALL":
		c.name = first(c.name, f.value)
	case "a0":
		c.a0 = first(c.a0, f.value)
	}
}

func first(known, value []byte) []byte {
	if known != nil {
		return known
	}
	return value
}

// called returns the call's name where it is one that makes or ends processes.
func (c *auditCall) called() string {
	if name, ok := auditArchitectures[string(c.arch)][string(c.number)]; ok {
		return name
	}
	switch name := string(bytes.TrimSpace(c.number)); name { // interpreted
	case "execve", "execveat", "fork", "vfork", "clone", "clone3", "exit", "exit_group":
		return name
	}
	return ""
}

// startsProgram reports whether a SYSCALL record is that of a program that was started.
func startsProgram(r *auditRecord) bool {
	s := auditScanner{text: r.body, interpreted: r.interpreted, nextKey: beginsKey}
	var f auditField
	var call auditCall
	for call.success == nil && s.next(&f) {
		call.note(f)
	}
	name := call.called()
	return (name == "execve" || name == "execveat") && string(call.success) == "yes"
}

// named sets the columns that name a call: SYSCALL, unless the record itself does, and clone_flags.
func (b *auditBuilder) named(call auditCall) {
	name := call.called()
	if name == "" {
		return
	}
	if call.name == nil && b.ready(b.call) {
		b.call.builder.AppendString(name)
	}
	if name == "clone" && string(call.arch) != auditS390 && b.ready(b.flags) {
		if flags, ok := hexNumber(call.a0); ok {
			b.flags.builder.AppendInt(flags)
		}
	}
}

// hexNumber reads a number in hexadecimal, of which a register's lower half matters.
func hexNumber(text []byte) (n int64, ok bool) {
	text = bytes.TrimPrefix(text, []byte("0x"))
	if len(text) == 0 || len(text) > 16 {
		return 0, false
	}
	var u uint64
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			u = u<<4 | uint64(c-'0')
		case c >= 'a' && c <= 'f':
			u = u<<4 | uint64(c-'a'+10)
		default:
			return 0, false
		}
	}
	return int64(u & 0xffffffff), true
}
