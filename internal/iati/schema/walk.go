package schema

import "bytes"

// The rules a fault can break.
const (
	ElementMissing   = "schema-element-missing"
	ElementUnknown   = "schema-element-unknown"
	ElementOrder     = "schema-element-order"
	ElementRepeated  = "schema-element-repeated"
	AttributeMissing = "schema-attribute-missing"
	AttributeUnknown = "schema-attribute-unknown"
	BadValue         = "schema-value"
	StrayText        = "schema-text"
)

// Fault is one thing that the schema does not allow. At is a place as it was given to the Walker.
type Fault struct {
	Rule     string
	Element  string // the element it is about, by its path from where the Walker began
	Name     string // the attribute or child, when it is about one
	Found    string
	Expected string
	At       int
}

// Walker judges an element while its tokens are read; what it is given must be well-formed. Faults
// gathers what is wrong; whoever drives the Walker may take them and empty it at any time.
type Walker struct {
	Faults []Fault

	schema *Schema
	frames []frame
	counts []int // children seen of the open elements, by particle
	placed []placed
	seen   uint64
	text   []byte
}

// frame is one open element.
type frame struct {
	typ      *elementType
	name     string
	at       int
	placed   int  // where the children of a sequence begin in Walker.placed
	latest   int  // the particle of the child that stands latest in the order
	jumbled  bool // a child stands behind one that must follow it
	counts   int  // where its counts begin
	children int  // of a choice
	foreign  bool // its name is of another namespace
	shadow   bool // a default namespace holds, so that names without prefix are foreign
	stray    bool // stray text was told
}

// NewWalker begins at an element that the schema knows by its name, such as the root.
func NewWalker(s *Schema) *Walker {
	return &Walker{schema: s, frames: make([]frame, 0, 16)}
}

// Depth is the number of open elements.
func (w *Walker) Depth() int { return len(w.frames) }

// top is the innermost open element.
func (w *Walker) top() *frame { return &w.frames[len(w.frames)-1] }

// Open takes the name of a start tag as printed; xmlns is the default namespace that the tag
// declares, nil when it declares none. Attribute follows for each attribute, then Opened.
func (w *Walker) Open(name, xmlns []byte, at int) {
	f := frame{typ: anything, at: at}
	if len(w.frames) > 0 {
		f.shadow = w.top().shadow
	}
	if xmlns != nil {
		f.shadow = len(xmlns) > 0
	}
	f.foreign = f.shadow || prefixed(name)
	switch {
	case len(w.frames) == 0:
		f.name, f.typ = w.begin(name, f.foreign, at)
	case f.foreign:
		f.name = string(name)
		w.foreign(name, at)
	default:
		f.name, f.typ = w.child(name, at)
	}
	f.counts, f.placed = len(w.counts), len(w.placed)
	for range f.typ.particles {
		w.counts = append(w.counts, 0)
	}
	w.seen = 0
	w.text = w.text[:0]
	w.frames = append(w.frames, f)
}

// begin finds the type of the first element.
func (w *Walker) begin(name []byte, foreign bool, at int) (string, *elementType) {
	local := name
	if w.schema.own {
		local = name[bytes.IndexByte(name, ':')+1:]
	}
	if t := w.schema.globals[string(local)]; t != nil && foreign == w.schema.own {
		return string(name), t
	}
	w.Faults = append(w.Faults, Fault{Rule: ElementUnknown, Element: string(name), Expected: "<" + w.schema.root + ">", At: at})
	return string(name), anything
}

// foreign counts a child of another namespace.
func (w *Walker) foreign(name []byte, at int) {
	parent := w.top()
	if parent.typ == anything {
		return
	}
	if parent.typ.model == choice {
		parent.children++
	}
	for i := len(parent.typ.particles) - 1; i >= 0; i-- {
		if parent.typ.particles[i].name == "" {
			if parent.typ.model == sequence {
				w.place(parent, i, at)
			}
			return
		}
	}
	w.unknown(parent, string(name), at)
}

// child finds the particle of a child and checks its place and number.
func (w *Walker) child(name []byte, at int) (string, *elementType) {
	parent := w.top()
	i, known := parent.typ.at[string(name)]
	if !known {
		return string(name), w.stranger(parent, string(name), at)
	}
	p := &parent.typ.particles[i]
	if parent.typ.model == choice {
		parent.children++
		return p.name, p.typ
	}
	n := &w.counts[parent.counts+i]
	*n++
	if p.max >= 0 && *n > p.max {
		w.Faults = append(w.Faults, Fault{Rule: ElementRepeated, Element: w.path(len(w.frames)), Name: p.name, Found: count(*n), Expected: "at most " + count(p.max), At: at})
	} else {
		w.place(parent, i, at)
	}
	return p.name, p.typ
}

// stranger is a child without a place in the type: a fault, but in what is not judged.
func (w *Walker) stranger(parent *frame, name string, at int) *elementType {
	if parent.typ == anything {
		if t := w.schema.globals[name]; t != nil {
			return t
		}
		return anything
	}
	w.unknown(parent, name, at)
	return anything
}

func (w *Walker) unknown(parent *frame, name string, at int) {
	w.Faults = append(w.Faults, Fault{Rule: ElementUnknown, Element: w.path(len(w.frames)), Name: name, Expected: parent.typ.children(), At: at})
}

// Opened ends a start tag.
func (w *Walker) Opened() {
	f := w.top()
	for _, rule := range f.typ.required {
		if w.seen&(1<<rule.index) == 0 {
			w.Faults = append(w.Faults, Fault{Rule: AttributeMissing, Element: w.path(len(w.frames)), Name: rule.name, Expected: expected[rule.value], At: f.at})
		}
	}
}

// Close takes an end tag.
func (w *Walker) Close() {
	f := w.top()
	switch f.typ.model {
	case simple:
		if !f.typ.value.allows(w.text) {
			w.Faults = append(w.Faults, Fault{Rule: BadValue, Element: w.path(len(w.frames)), Found: clip(w.text), Expected: expected[f.typ.value], At: f.at})
		}
	case choice:
		if f.children < f.typ.least {
			w.Faults = append(w.Faults, Fault{Rule: ElementMissing, Element: w.path(len(w.frames)), Expected: f.typ.children(), At: f.at})
		}
	case sequence:
		w.missing(f)
		w.disorder(f)
	}
	w.placed = w.placed[:f.placed]
	w.text = w.text[:0]
	w.counts = w.counts[:f.counts]
	w.frames = w.frames[:len(w.frames)-1]
}

// missing tells the children that must be there and are not.
func (w *Walker) missing(f *frame) {
	for i := range f.typ.particles {
		p := &f.typ.particles[i]
		if n := w.counts[f.counts+i]; n < p.min {
			w.Faults = append(w.Faults, Fault{Rule: ElementMissing, Element: w.path(len(w.frames)), Name: p.name, Found: count(n), Expected: "at least " + count(p.min), At: f.at})
		}
	}
}
