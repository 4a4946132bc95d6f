package kernel

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"reflect"
	"strings"
)

// Data is a value ready to be shown: forms by MIME type, and what goes with them. It has the
// shape of gophernotes' display.Data, and a value of either type shows itself.
type Data struct {
	// Data holds at least "text/plain".
	Data Bundle `json:"data"`
	// Metadata is by MIME type as well: {"image/png": {"width": 300}}.
	Metadata map[string]any `json:"metadata"`
	// Transient is not stored in notebooks; its "display_id" names the output for updates.
	Transient map[string]any `json:"transient,omitempty"`
}

const plainType = "text/plain"

func emptyData() Data { return Data{Data: Bundle{}, Metadata: map[string]any{}} }

// Render turns any value into its forms. A value shows itself by methods, named as in
// gophernotes; one with several of them is sent in all its forms and the front end chooses:
//
//	HTML() string          text/html               PNG() []byte    image/png
//	Markdown() string      text/markdown           JPEG() []byte   image/jpeg
//	Latex() string         text/latex              SVG() string    image/svg+xml
//	JavaScript() string    application/javascript  PDF() []byte    application/pdf
//	JSON() map[string]any  application/json        SimpleRender() map[string]any   by MIME type
//	Render() T, where T is a struct with the maps Data, Metadata, Transient
//
// An image.Image is drawn as PNG. "text/plain" is always there: String() or Error() when the
// value has them, else the value as fmt's %v would print it, bounded to maxPlain bytes.
// Methods of *T also serve a plain T. A method that panics is reported in the text.
func Render(v any) Data {
	if own, ok := dataOf(reflect.ValueOf(v)); ok {
		return own.encoded()
	}
	r := rendering{Data: emptyData()}
	receiver := withMethods(v)
	if receiver != nil {
		r.byMethods(receiver)
		r.image(receiver)
	}
	if _, done := r.Data.Data[plainType]; !done {
		r.Data.Data[plainType] = plainText(v, receiver, len(r.Data.Data) > 0)
	}
	r.note()
	return r.Data.encoded()
}

// withMethods is the value to call display methods on: v, or a pointer to a copy of v, since
// methods are mostly declared on pointers and cells mostly hold values. Nil pointers and nil
// have no methods that are safe to call.
func withMethods(v any) any {
	value := reflect.ValueOf(v)
	switch value.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Pointer:
		if value.IsNil() {
			return nil
		}
		return v
	}
	if reflect.PointerTo(value.Type()).NumMethod() == value.NumMethod() || value.Kind() == reflect.Interface {
		return v
	}
	pointer := reflect.New(value.Type())
	pointer.Elem().Set(value)
	return pointer.Interface()
}

// rendering collects the forms of one value, and the troubles met.
type rendering struct {
	Data
	troubles []string
}

// byMethods asks for every form that the receiver's methods offer.
func (r *rendering) byMethods(v any) {
	if m, ok := v.(interface{ HTML() string }); ok {
		form(r, "text/html", "HTML", m.HTML)
	}
	if m, ok := v.(interface{ Markdown() string }); ok {
		form(r, "text/markdown", "Markdown", m.Markdown)
	}
	if m, ok := v.(interface{ Latex() string }); ok {
		form(r, "text/latex", "Latex", m.Latex)
	}
	if m, ok := v.(interface{ JavaScript() string }); ok {
		form(r, "application/javascript", "JavaScript", m.JavaScript)
	}
	if m, ok := v.(interface{ SVG() string }); ok {
		form(r, "image/svg+xml", "SVG", m.SVG)
	}
	if m, ok := v.(interface{ PNG() []byte }); ok {
		form(r, "image/png", "PNG", m.PNG)
	}
	if m, ok := v.(interface{ JPEG() []byte }); ok {
		form(r, "image/jpeg", "JPEG", m.JPEG)
	}
	if m, ok := v.(interface{ PDF() []byte }); ok {
		form(r, "application/pdf", "PDF", m.PDF)
	}
	if m, ok := v.(interface{ JSON() map[string]any }); ok {
		form(r, "application/json", "JSON", m.JSON)
	}
	r.byReflection(v)
}

// form calls one method and keeps its result, unless it is empty.
func form[T string | []byte | map[string]any](r *rendering, mime, name string, method func() T) {
	result, failure := call(name, method)
	if failure != "" {
		r.troubles = append(r.troubles, failure)
		return
	}
	if len(result) > 0 {
		r.Data.Data[mime] = result
	}
}

// byReflection serves Render and SimpleRender, whose result types are declared by the
// library that has them and so match no interface of ours.
func (r *rendering) byReflection(v any) {
	for _, name := range []string{"SimpleRender", "Render"} {
		method := reflect.ValueOf(v).MethodByName(name)
		if !method.IsValid() || method.Type().NumIn() != 0 || method.Type().NumOut() != 1 {
			continue
		}
		if !returnsForms(name, method.Type().Out(0)) {
			continue
		}
		result, failure := call(name, func() reflect.Value { return method.Call(nil)[0] })
		if failure != "" {
			r.troubles = append(r.troubles, failure)
			continue
		}
		if name == "SimpleRender" {
			copyInto(r.Data.Data, result)
		} else if data, ok := dataOf(result); ok {
			r.merge(data)
		}
	}
}

func returnsForms(method string, t reflect.Type) bool {
	if method == "SimpleRender" {
		return isAnyMap(t)
	}
	return isDataType(t)
}

func (r *rendering) merge(d Data) {
	for mime, value := range d.Data {
		r.Data.Data[mime] = value
	}
	for key, value := range d.Metadata {
		r.Data.Metadata[key] = value
	}
	r.Transient = d.Transient
}

// image draws an image.Image.
func (r *rendering) image(v any) {
	picture, ok := v.(image.Image)
	if !ok || r.Data.Data["image/png"] != nil {
		return
	}
	var buffer bytes.Buffer
	_, failure := call("image.Image", func() error { return png.Encode(&buffer, picture) })
	if failure != "" {
		r.troubles = append(r.troubles, failure)
		return
	}
	if buffer.Len() > 0 {
		r.Data.Data["image/png"] = buffer.Bytes()
	}
}

// note adds the troubles to the text.
func (r *rendering) note() {
	if len(r.troubles) > 0 {
		r.Data.Data[plainType] = fmt.Sprintf("%v\n%s", r.Data.Data[plainType], strings.Join(r.troubles, "\n"))
	}
}

// call runs a function that belongs to somebody else; failure says how it panicked.
func call[T any](name string, f func() T) (result T, failure string) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		var mistake Mistake
		if err, ok := r.(error); ok && errors.As(err, &mistake) {
			failure = visible(mistake.Error())
			return
		}
		failure = visible(fmt.Sprintf("%s() panicked: %v", name, r))
	}()
	return f(), ""
}

var anyType = reflect.TypeFor[any]()

func isAnyMap(t reflect.Type) bool {
	return t.Kind() == reflect.Map && t.Key().Kind() == reflect.String && t.Elem() == anyType
}

// isDataType recognises Data, and gophernotes' own type, by the names of the fields.
func isDataType(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.NumField() != 3 {
		return false
	}
	for _, name := range []string{"Data", "Metadata", "Transient"} {
		if field, ok := t.FieldByName(name); !ok || !isAnyMap(field.Type) || len(field.Index) != 1 {
			return false
		}
	}
	return true
}

func dataOf(v reflect.Value) (Data, bool) {
	if !v.IsValid() || !isDataType(v.Type()) {
		return Data{}, false
	}
	d := Data{Data: Bundle{}, Metadata: map[string]any{}, Transient: map[string]any{}}
	copyInto(d.Data, v.FieldByName("Data"))
	copyInto(d.Metadata, v.FieldByName("Metadata"))
	copyInto(d.Transient, v.FieldByName("Transient"))
	return d, true
}

func copyInto(target map[string]any, source reflect.Value) {
	for _, key := range source.MapKeys() {
		target[key.String()] = source.MapIndex(key).Interface()
	}
}
