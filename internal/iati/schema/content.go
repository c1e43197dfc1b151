package schema

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Attribute takes one attribute of the start tag at hand, its value without references.
func (w *Walker) Attribute(name, value []byte, at int) {
	f := w.top()
	rule := f.typ.attribute[string(name)]
	if rule == nil {
		rule = ofXML[string(name)]
	}
	switch {
	case rule != nil:
		if rule.required {
			w.seen |= 1 << rule.index
		}
		if !rule.value.allows(value) {
			w.Faults = append(w.Faults, Fault{Rule: BadValue, Element: w.path(len(w.frames)), Name: rule.name, Found: clip(value), Expected: expected[rule.value], At: at})
		}
	case f.typ.takes(name):
	default:
		w.unknownAttribute(name, value, at)
	}
}

// Instance takes an attribute of the namespace of XML Schema instances: its name as printed and
// without its prefix.
func (w *Walker) Instance(name, local, value []byte, at int) {
	if !w.top().typ.takesInstance(local) {
		w.unknownAttribute(name, value, at)
	}
}

func (w *Walker) unknownAttribute(name, value []byte, at int) {
	w.Faults = append(w.Faults, Fault{Rule: AttributeUnknown, Element: w.path(len(w.frames)), Name: string(name), Found: clip(value), Expected: w.top().typ.attributes(), At: at})
}

// takes tells whether an attribute may stand in an element without being described.
func (t *elementType) takes(name []byte) bool {
	return t == anything || isDeclaration(name) || prefixed(name) && !t.closed
}

// takesInstance tells whether an attribute of the namespace of XML Schema instances may: no element
// of the standard is nillable, and whatever is not of XML Schema itself is one as any other.
func (t *elementType) takesInstance(local []byte) bool {
	switch string(local) {
	case "nil":
		return t == anything
	case "type", "schemaLocation", "noNamespaceSchemaLocation":
		return true
	}
	return !t.closed
}

// ofXML are the attributes of the namespace xml, which are judged wherever they stand.
var ofXML = map[string]*attributeRule{
	"xml:lang":  {name: "xml:lang", value: languageValue},
	"xml:space": {name: "xml:space", value: spaceValue},
	"xml:base":  {name: "xml:base", value: addressValue},
}

func isDeclaration(name []byte) bool {
	return string(name) == "xmlns" || bytes.HasPrefix(name, []byte("xmlns:"))
}

func prefixed(name []byte) bool { return bytes.IndexByte(name, ':') >= 0 }

// Text takes text between tags, without references.
func (w *Walker) Text(text []byte, at int) {
	f := w.top()
	if f.typ.model == simple {
		if f.typ.value != stringValue {
			w.text = append(w.text, text...)
		}
		return
	}
	if f.typ.mixed || f.stray || len(bytes.TrimLeft(text, " \t\r\n")) == 0 {
		return
	}
	f.stray = true
	w.Faults = append(w.Faults, Fault{Rule: StrayText, Element: w.path(len(w.frames)), Found: clip(bytes.TrimSpace(text)), Expected: "no text beside " + f.typ.children(), At: at})
}

// path names the first n open elements.
func (w *Walker) path(n int) string {
	var b []byte
	for _, f := range w.frames[:n] {
		b = appendStep(b, f.name)
	}
	return clipPath(b)
}

// longestPath is how much of a path a fault tells, in bytes: names may be of any length, and very many
// faults may stand within them.
const longestPath = 300

// appendStep adds the name of an element to a path, as far as that is told.
func appendStep[T string | []byte](path []byte, name T) []byte {
	if len(path) > longestPath {
		return path
	}
	if len(path) > 0 {
		path = append(path, '/')
	}
	return append(path, name[:min(len(name), longestPath)]...)
}

func clipPath(path []byte) string { return clipTo(path, longestPath) }

// children lists what may stand in an element.
func (t *elementType) children() string {
	names := make([]string, 0, len(t.particles))
	for _, p := range t.particles {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	if len(names) == 0 {
		return "no elements"
	}
	return strings.Join(names, ", ")
}

// attributes lists the attributes an element may have.
func (t *elementType) attributes() string {
	if len(t.attribute) == 0 {
		return "no attributes"
	}
	return strings.Join(slices.Sorted(maps.Keys(t.attribute)), ", ")
}

func count(n int) string { return strconv.Itoa(n) }

// longest is how much of a file's own words a fault repeats, in bytes.
const longest = 200

func clip(s []byte) string { return clipTo(s, longest) }

func clipTo(s []byte, most int) string {
	if len(s) <= most {
		return string(s)
	}
	end := most
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return string(s[:end]) + "…"
}
