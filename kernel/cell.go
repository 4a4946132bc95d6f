package kernel

import (
	"fmt"

	"github.com/google/uuid"
)

// Handle names a display, so that it can be replaced later.
type Handle struct {
	// ID is the display_id of the protocol. Handle{ID: "x"} names the display that was made
	// elsewhere with this id.
	ID string
}

// Display shows v below the running cell, in all forms that Render finds, and at once: a
// cell can display many values while it runs. The handle replaces what is shown:
//
//	progress := kernel.Display(kernel.HTML("<progress></progress>"))
//	progress.Update(kernel.HTML("done"))
//
// Update at most 10 times a second: Jupyter's server drops messages beyond a rate, and each
// update is redrawn by every browser. Outside of a kernel Display prints the text form.
func Display(v any) *Handle {
	data := Render(v)
	return show(data)
}

// DisplayBundle shows a value of which the forms are known, by MIME type.
func DisplayBundle(b Bundle) *Handle {
	return show(Data{Data: b}.encoded())
}

// Update replaces the display, wherever in the notebook it stands.
func (h Handle) Update(v any) {
	data := Render(v)
	data.Transient = encodedMap(map[string]any{"display_id": h.ID})
	if session := current.Load(); session != nil {
		session.publishAfterText(UpdateDisplayData{data})
		return
	}
	fmt.Println(data.Data[plainType])
}

// ClearOutput removes what the running cell has shown so far. With wait the old output stays
// until the next arrives, which does not flicker. Outside of a kernel it does nothing.
func ClearOutput(wait bool) {
	if session := current.Load(); session != nil {
		session.publishAfterText(ClearOutputs{Wait: wait})
	}
}

func show(data Data) *Handle {
	handle := &Handle{ID: data.DisplayID()}
	if handle.ID == "" {
		handle.ID = uuid.NewString()
		data.Transient = encodedMap(map[string]any{"display_id": handle.ID})
	}
	if session := current.Load(); session != nil {
		session.publishAfterText(DisplayData{data})
	} else {
		fmt.Println(data.Data[plainType])
	}
	return handle
}
