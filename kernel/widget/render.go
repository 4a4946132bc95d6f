package widget

import (
	"maps"

	"github.com/gophertrees/gopherwood/kernel"
)

// viewType is the form that widget managers take.
const viewType = "application/vnd.jupyter.widget-view+json"

// SimpleRender gives the widget's forms; see kernel.Render. The live view is among them only
// where a front end can answer: without a kernel it would show an error instead of Fallback.
//
// A notebook that is stored keeps the view, too, and JupyterLab shows an error for it once
// the kernel is gone. When a widget has served its purpose, replace it by what should stay:
//
//	shown := kernel.Display(w)
//	…
//	shown.Update(finalFigure)
func (w *Widget) SimpleRender() map[string]any {
	forms := maps.Clone(w.fallback)
	if forms == nil {
		forms = kernel.Bundle{}
	}
	if forms["text/plain"] == nil {
		forms["text/plain"] = w.String()
	}
	if err := w.Open(); err != nil {
		forms["text/plain"] = "the widget cannot be shown: " + err.Error()
		return forms
	}
	if kernel.Interactive() {
		forms[viewType] = map[string]any{"version_major": 2, "version_minor": 0, "model_id": w.ID()}
	}
	return forms
}
