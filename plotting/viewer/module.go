package viewer

import _ "embed" // the module is part of the library

// Module is the source of the interactive tree: an ES module whose default export has
// initialize({model}) and render({model, el}), as anywidget wants it in _esm. It is bundled from
// src by `make viewer`; its styles are inside, in the shadow root it makes.
//
//go:embed dist/viewer.js
var Module string
