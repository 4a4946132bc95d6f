package kernel

// The types of this file give a cell's text or bytes a form: kernel.HTML("<b>bold</b>") as a
// last expression, or in Display, is shown as HTML. Their methods are the ones that Render
// looks for. The text of HTML and its kin is shown as it is; escape what comes from data.

// HTML is shown as a web page's fragment.
type HTML string

// Markdown is shown formatted, with formulas between dollar signs.
type Markdown string

// Latex is shown as a formula or LaTeX environment, delimiters included.
type Latex string

// Math is shown as a formula of its own, without the delimiters.
type Math string

// JavaScript is run by the front end. JupyterLab and classic Notebook run it; VS Code shows
// it as text.
type JavaScript string

// SVG is shown as a picture.
type SVG string

// PNG holds the bytes of a picture file.
type PNG []byte

// JPEG holds the bytes of a picture file.
type JPEG []byte

// PDF holds the bytes of a document.
type PDF []byte

// JSON is shown as a tree that can be unfolded.
type JSON map[string]any

// HTML is the form of this value; see Render.
func (h HTML) HTML() string { return string(h) }

// Markdown is the form of this value; see Render.
func (m Markdown) Markdown() string { return string(m) }

// String is the source, which reads well in a terminal.
func (m Markdown) String() string { return string(m) }

// Latex is the form of this value; see Render.
func (l Latex) Latex() string { return string(l) }

// String is the source.
func (l Latex) String() string { return string(l) }

// Latex is the form of this value; see Render.
func (m Math) Latex() string { return "$$" + string(m) + "$$" }

// String is the source.
func (m Math) String() string { return string(m) }

// JavaScript is the form of this value; see Render.
func (j JavaScript) JavaScript() string { return string(j) }

// SVG is the form of this value; see Render.
func (s SVG) SVG() string { return string(s) }

// PNG is the form of this value; see Render.
func (p PNG) PNG() []byte { return p }

// JPEG is the form of this value; see Render.
func (j JPEG) JPEG() []byte { return j }

// PDF is the form of this value; see Render.
func (p PDF) PDF() []byte { return p }

// JSON is the form of this value; see Render.
func (j JSON) JSON() map[string]any { return j }
