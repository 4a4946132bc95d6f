package fleet

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/gophertrees/gopherwood/dataframe"
)

const (
	imageCount  = 400
	userCount   = 40
	commonWords = 1 << 14 // distinct command lines; beyond them a real fleet repeats itself, too
)

// Images are the paths of the programs that run on the fleet. The first is the root of a host.
var Images = images()

func images() []string {
	folders := []string{`C:\Windows\System32\`, `C:\Program Files\Common\`, `C:\Users\Public\Tools\`, `C:\ProgramData\Agents\`}
	out := make([]string, imageCount)
	for i := range out {
		out[i] = folders[i%len(folders)] + "program" + strconv.Itoa(i) + ".exe"
	}
	return out
}

// Users are the accounts that start processes.
var Users = users()

func users() []string {
	out := make([]string, userCount)
	for i := range out {
		out[i] = fmt.Sprintf("person%02d", i)
	}
	return out
}

// commands makes the command lines: an image with one of a number of arguments.
func commands(name string, e *Events) dataframe.Column {
	texts := make([]string, commonWords)
	for i := range texts {
		texts[i] = fmt.Sprintf(`"%s" /run /task:%08x /log C:\ProgramData\Agents\log\%d.txt`, Images[i%imageCount], uint32(i)*2654435761, i)
	}
	codes := make([]int32, len(e.Argument))
	for i := range codes {
		codes[i] = (e.Argument[i]*imageCount + e.Image[i]) % commonWords
	}
	return dataframe.Coded(name, codes, texts)
}

// ownCommands makes command lines of which no two are equal: no event of a host has the time of another.
func ownCommands(e *Events) arrow.Array {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	for i := range e.Len() {
		b.Append(fmt.Sprintf(`"%s" /run /task:%08x /log C:\ProgramData\Agents\log\%d-%x.txt`, Images[e.Image[i]],
			uint32(e.Argument[i])*2654435761, e.Host[i], e.Time[i]))
	}
	return b.NewArray()
}
