package widget

// Controls are widgets that the front ends' own code draws. They are for what must be a
// widget; a bar that only reports progress is better as kernel.Progress, which needs no
// extension and looks the same in a stored notebook.

// controlsModule and its version are those of ipywidgets 8.
const (
	controlsModule  = "@jupyter-widgets/controls"
	controlsVersion = "2.0.0"
)

func control(kind, view string, state map[string]any) *Widget {
	w := newWidget(kind, identity{controlsModule, controlsVersion, kind + "Model", view})
	if err := w.Update(state); err != nil {
		panic(err) // numbers, strings and widgets can always be encoded
	}
	return w
}

// IntProgress is a bar from 0 to max. Its keys are "value", "min", "max", "description" and
// "bar_style": "", "success", "info", "warning" or "danger".
func IntProgress(description string, max int) *Widget {
	return control("IntProgress", "ProgressView", map[string]any{
		"min": 0, "max": max, "value": 0, "bar_style": "", "description": description,
	})
}

// Label is a text, its key "value".
func Label(text string) *Widget {
	return control("Label", "LabelView", map[string]any{"value": text})
}

// HBox shows widgets side by side; its key is "children".
func HBox(children ...*Widget) *Widget {
	return control("HBox", "HBoxView", map[string]any{"children": append([]*Widget{}, children...)})
}
