package logs

import (
	"errors"
	"fmt"
)

// binaryXML reads the events of one chunk: XML as tokens, with templates that stand once in a
// chunk and the values of each event to put into them.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-even6/c73573ae-1c90-43a2-a65f-ad7501155956
type binaryXML struct {
	elements
	chunk      []byte
	names      map[uint32]string // by place in the chunk
	words      map[string]string // every name once, whatever the chunk
	scratch    []byte
	budget     int // what the chunk may still unfold to
	surrogates int // texts that were not sound UTF-16

	attributeName string // of the open attribute
	inAttribute   bool
	value         []byte // of the open attribute
}

// chunkBudget is what the events of a chunk may unfold to, in bytes and tokens: a template can
// repeat one value a thousand times. Real chunks of 64 KiB stay below 300,000.
const chunkBudget = 4 << 20

// maxTemplates is how deep templates and values that are XML may lie in each other; real ones do twice.
const maxTemplates = 8

var errBudget = errors.New("the event unfolds to more than an event can be")

// token is the kind of a token; 0x40 is a flag that more follows.
const (
	tokenEnd               = 0x00
	tokenOpenElement       = 0x01
	tokenCloseStart        = 0x02
	tokenCloseEmpty        = 0x03
	tokenCloseElement      = 0x04
	tokenText              = 0x05
	tokenAttribute         = 0x06
	tokenCDATA             = 0x07
	tokenCharacter         = 0x08
	tokenEntity            = 0x09
	tokenInstructionTarget = 0x0a
	tokenInstructionData   = 0x0b
	tokenTemplate          = 0x0c
	tokenValue             = 0x0d
	tokenOptionalValue     = 0x0e
	tokenFragment          = 0x0f
	tokenMore              = 0x40
)

// open begins a chunk.
func (x *binaryXML) open(chunk []byte) {
	x.chunk, x.budget = chunk, chunkBudget
	clear(x.names)
}

// event reads the event at chunk[from:to] into the table.
func (x *binaryXML) event(from, to int) error {
	x.reset()
	x.inAttribute = false
	if err := x.fragment(&place{data: x.chunk[:to], pos: from}, nil, 0); err != nil {
		return err
	}
	if x.depth > 0 {
		return fmt.Errorf("element %s does not end", x.top().name)
	}
	if len(x.table.pending) == 0 {
		return errors.New("the event has no field")
	}
	return nil
}

// fragment reads tokens up to the end token, or the end of the part.
func (x *binaryXML) fragment(p *place, values []templateValue, nesting int) error {
	if nesting > maxTemplates {
		return fmt.Errorf("more than %d templates inside each other", maxTemplates)
	}
	for p.pos < len(p.data) {
		if x.budget -= 8; x.budget < 0 {
			return errBudget
		}
		token := p.byte()
		if token == tokenEnd {
			return x.closeAttribute()
		}
		if err := x.token(token, p, values, nesting); err != nil {
			return err
		}
		if p.short {
			return fmt.Errorf("the event ends inside a token %#02x", token)
		}
	}
	return x.closeAttribute()
}

// token reads what follows a token.
func (x *binaryXML) token(token byte, p *place, values []templateValue, nesting int) error {
	switch token &^ tokenMore {
	case tokenFragment:
		p.skip(3)
	case tokenOpenElement:
		return x.openElement(p, token&tokenMore != 0)
	case tokenCloseStart:
		return x.closeAttribute()
	case tokenCloseEmpty, tokenCloseElement:
		if err := x.closeAttribute(); err != nil {
			return err
		}
		return x.end()
	case tokenText:
		p.skip(1)
		return x.put(x.utf16(p.take(2 * int(p.uint16()))))
	case tokenCDATA:
		return x.put(x.utf16(p.take(2 * int(p.uint16()))))
	case tokenAttribute:
		if err := x.closeAttribute(); err != nil {
			return err
		}
		name, err := x.name(p)
		x.attributeName, x.inAttribute, x.value = name, true, x.value[:0]
		return err
	case tokenCharacter:
		return x.put(x.utf16(p.take(2)))
	case tokenEntity:
		return x.entity(p)
	case tokenInstructionTarget:
		_, err := x.name(p)
		return err
	case tokenInstructionData:
		p.skip(2 * int(p.uint16()))
	case tokenTemplate:
		return x.template(p, nesting)
	case tokenValue, tokenOptionalValue:
		return x.substitute(p, values, nesting)
	default:
		return fmt.Errorf("there is no token %#02x", token)
	}
	return nil
}

func (x *binaryXML) openElement(p *place, attributes bool) error {
	p.skip(2 + 4) // dependency, size
	name, err := x.name(p)
	if err != nil {
		return err
	}
	if attributes {
		p.skip(4)
	}
	return x.start(name)
}

// put adds to the open attribute, or to the text of the open element.
func (x *binaryXML) put(text []byte) error {
	if x.budget -= len(text); x.budget < 0 {
		return errBudget
	}
	if x.inAttribute {
		x.value = append(x.value, text...)
		return nil
	}
	top := x.top()
	if top == nil {
		return errors.New("text outside of any element")
	}
	top.text = append(top.text, text...)
	return nil
}

func (x *binaryXML) closeAttribute() error {
	if !x.inAttribute {
		return nil
	}
	x.inAttribute = false
	return x.attribute(x.attributeName, x.value)
}

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

func (x *binaryXML) entity(p *place) error {
	name, err := x.name(p)
	if err != nil {
		return err
	}
	text, ok := entities[name]
	if !ok {
		text = "&" + name + ";"
	}
	return x.put([]byte(text))
}

// name reads a name: its place in the chunk, which is here when the name is met first.
func (x *binaryXML) name(p *place) (string, error) {
	at := p.uint32()
	here := uint32(p.pos)
	name, ok := x.names[at]
	if !ok {
		q := place{data: x.chunk, pos: int(at)}
		q.skip(4 + 2) // next name, hash
		text := q.take(2 * int(q.uint16()))
		if q.short {
			return "", fmt.Errorf("a name lies at byte %d of the chunk, beyond its end", at)
		}
		name = x.word(x.utf16(text))
		x.names[at] = name
	}
	if at == here {
		p.skip(4 + 2)
		p.skip(2*int(p.uint16()) + 2)
	}
	return name, nil
}

// word returns a name as a string that is made once.
func (x *binaryXML) word(text []byte) string {
	word, ok := x.words[string(text)]
	if !ok {
		word = string(text)
		x.words[word] = word
	}
	return word
}

// template reads a template's instance: the template, which stands here when it is met first,
// and the values to put into it.
func (x *binaryXML) template(p *place, nesting int) error {
	p.skip(1 + 4) // version, identifier
	at := int(p.uint32())
	if p.short {
		return nil
	}
	if at == p.pos {
		p.skip(4 + 16)
		p.skip(int(p.uint32()))
	}
	definition := place{data: x.chunk, pos: at}
	definition.skip(4 + 16)
	size := int(definition.uint32())
	body := definition.pos
	if definition.take(size) == nil || definition.short {
		return fmt.Errorf("a template lies at byte %d of the chunk, beyond its end", at)
	}
	values, err := x.values(p)
	if err != nil {
		return err
	}
	return x.fragment(&place{data: x.chunk[:body+size], pos: body}, values, nesting+1)
}
