package logs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"testing"
	"unicode/utf16"
)

// chunkWriter writes a chunk of an event log by hand, as the specification says, so that every
// type of value is read that real logs seldom have.
type chunkWriter struct{ data []byte }

func (w *chunkWriter) put(b ...byte) { w.data = append(w.data, b...) }
func (w *chunkWriter) u16(n int)     { w.data = binary.LittleEndian.AppendUint16(w.data, uint16(n)) }
func (w *chunkWriter) u32(n int)     { w.data = binary.LittleEndian.AppendUint32(w.data, uint32(n)) }

func wide(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// name writes a name where it is met.
func (w *chunkWriter) name(s string) {
	w.u32(len(w.data) + 4)
	w.u32(0)
	w.u16(0)
	w.u16(len(s))
	w.put(wide(s + "\x00")...)
}

// open writes the start of an element, with one attribute when it has a name.
func (w *chunkWriter) open(name, attribute, value string) {
	token := byte(tokenOpenElement)
	if attribute != "" {
		token |= tokenMore
	}
	w.put(token, 0xff, 0xff, 0, 0, 0, 0)
	w.name(name)
	if attribute != "" {
		w.u32(0)
		w.put(tokenAttribute)
		w.name(attribute)
		w.text(value)
	}
	w.put(tokenCloseStart)
}

func (w *chunkWriter) text(s string) {
	w.put(tokenText, 1)
	w.u16(len(wide(s)) / 2)
	w.put(wide(s)...)
}

func (w *chunkWriter) close() { w.put(tokenCloseElement) }

// finish puts the chunk into a file.
func (w *chunkWriter) finish() []byte {
	data := make([]byte, evtxHeader+chunkSize)
	copy(data, evtxMagic)
	data[42] = 1
	chunk := data[evtxHeader:]
	copy(chunk, w.data)
	copy(chunk, chunkMagic)
	binary.LittleEndian.PutUint32(chunk[48:], uint32(len(w.data)))
	binary.LittleEndian.PutUint32(chunk[52:], crc32.ChecksumIEEE(chunk[chunkHeader:len(w.data)]))
	header := crc32.ChecksumIEEE(chunk[:120])
	binary.LittleEndian.PutUint32(chunk[124:], crc32.Update(header, crc32.IEEETable, chunk[128:chunkHeader]))
	return data
}

// madeValues has one value of each type, with the text that Windows writes for it.
var madeValues = []struct {
	kind byte
	data []byte
	want string
}{
	{kindText, wide("a<b>&\u202e\U0001F600"), "a<b>&\u202e\U0001F600"}, {kindANSI, []byte("caf\xe9\x00"), "café"},
	{kindInt8, []byte{0xfe}, "-2"}, {kindUint8, []byte{0xfe}, "254"}, {kindInt16, []byte{0xfe, 0xff}, "-2"}, {kindUint16, []byte{0xfe, 0xff}, "65534"},
	{kindInt32, []byte{0xfe, 0xff, 0xff, 0xff}, "-2"}, {kindUint32, []byte{0xfe, 0xff, 0xff, 0xff}, "4294967294"},
	{kindInt64, bytes.Repeat([]byte{0xff}, 8), "-1"}, {kindUint64, bytes.Repeat([]byte{0xff}, 8), "18446744073709551615"},
	{kindFloat32, []byte{0, 0, 0x20, 0x40}, "2.5"}, {kindFloat64, []byte{0, 0, 0, 0, 0, 0, 4, 0x40}, "2.5"}, {kindBool, []byte{1, 0, 0, 0}, "true"},
	{kindBinary, []byte{0xde, 0xad, 0}, "dead00"}, {kindGUID, []byte{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 0xaf}, "{00010203-0405-0607-0809-0A0B0C0D0EAF}"},
	{kindSize, []byte{0x10, 0, 0, 0}, "0x10"}, {kindFileTime, binary.LittleEndian.AppendUint64(nil, windowsEpoch+1), "1970-01-01T00:00:00.0000001Z"},
	{kindFileTime, binary.LittleEndian.AppendUint64(nil, 0), "1601-01-01T00:00:00.0000000Z"},
	{kindSystemTime, []byte{0xea, 7, 3, 0, 0, 0, 1, 0, 9, 0, 8, 0, 7, 0, 6, 0}, "2026-03-01T09:08:07.006Z"},
	{kindSID, []byte{1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0}, "S-1-5-32-544"}, {kindHex32, []byte{0xac, 2, 0, 0}, "0x2ac"}, {kindHex64, bytes.Repeat([]byte{0xff}, 8), "0xffffffffffffffff"},
	{kindNull, nil, ""}, {kindText, nil, ""}, {kindText | kindArray, wide("one\x00two\x00"), "one"}, {kindUint16 | kindArray, []byte{1, 0, 2, 0}, "1"},
}

// madeEVTX is a log of two events of one template; the second has everything but the template.
func madeEVTX() []byte {
	w := &chunkWriter{data: make([]byte, chunkHeader)}
	definition := 0
	for event := range 2 {
		at := len(w.data)
		w.put(recordMagic...)
		w.u32(0)
		w.put(byte(event+1), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
		w.put(tokenFragment, 1, 1, 0, tokenTemplate, 1, 1, 0, 0, 0)
		if event == 0 {
			definition = len(w.data) + 4
		}
		w.u32(definition)
		if event == 0 {
			w.definition()
		}
		w.u32(len(madeValues))
		for _, v := range madeValues {
			w.u16(len(v.data))
			w.put(v.kind, 0)
		}
		for _, v := range madeValues {
			w.put(v.data...)
		}
		size := len(w.data) - at + recordEnd
		w.u32(size)
		binary.LittleEndian.PutUint32(w.data[at+4:], uint32(size))
	}
	return w.finish()
}

// definition writes the template: its values as the texts of elements, and what binary XML has beside.
func (w *chunkWriter) definition() {
	w.u32(0)
	w.put(make([]byte, 16)...)
	at := len(w.data)
	w.u32(0)
	w.put(tokenFragment, 1, 1, 0)
	w.open("Event", "xmlns", "http://schemas.microsoft.com/win/2004/08/events/event")
	w.open("System", "", "")
	w.open("EventID", "Qualifiers", "7")
	w.text("4242")
	w.close()
	w.close()
	w.open("EventData", "", "")
	for i := range madeValues {
		w.open("Data", "Name", fmt.Sprintf("v%d", i))
		w.put(tokenOptionalValue)
		w.u16(i)
		w.put(madeValues[i].kind)
		w.close()
	}
	w.open("Data", "Name", "mixed")
	w.text("x")
	w.put(tokenEntity)
	w.name("lt")
	w.put(tokenCharacter)
	w.u16('y')
	w.put(tokenCDATA)
	w.u16(2)
	w.put(wide("]z")...)
	w.close()
	w.close()
	w.close()
	w.put(tokenEnd)
	binary.LittleEndian.PutUint32(w.data[at:], uint32(len(w.data)-at-4))
}

// TestEVTXValues reads a value of every type.
func TestEVTXValues(t *testing.T) {
	df, err := Read(bytes.NewReader(madeEVTX()))
	if err != nil {
		t.Fatal(err)
	}
	if df.Nrow() != 2 || df.Bad().Total > 0 || len(df.Notes()) > 0 {
		t.Fatalf("Read = %d events, %v, notes %q, want 2", df.Nrow(), df.Bad().First, df.Notes())
	}
	for row := range 2 {
		want := map[string]string{"EventID": "4242", "Qualifiers": "7", "mixed": "x<y]z", fmt.Sprintf("v%d.1", len(madeValues)-2): "two", fmt.Sprintf("v%d.1", len(madeValues)-1): "2"}
		for i, v := range madeValues {
			if v.kind != kindFileTime && v.kind != kindSystemTime { // they became times, see below
				want[fmt.Sprintf("v%d", i)] = v.want
			}
		}
		for column, text := range want {
			c := df.Col(column)
			if got := c.Text(row); got != text {
				t.Errorf("%s of event %d = %q, want %q", column, row, got, text)
			}
		}
	}
	wantCells(t, df, map[string]string{"v16/0": "1970-01-01T00:00:00.0000001Z", "v17/0": "1601-01-01T00:00:00.0000000Z", "v18/1": "2026-03-01T09:08:07.006Z"})
}
