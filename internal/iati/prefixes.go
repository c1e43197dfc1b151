package iati

import (
	"bytes"
	"strings"
)

// prefix is one declared namespace prefix, the depth of the element that declares it, and its
// namespace: the place among the declared prefixes of the first one with the same address.
type prefix struct {
	name, uri string
	depth     int
	namespace int
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// The namespaces that need no declaration.
const (
	noNamespace = -1 // a name without prefix, or a declaration
	ofXML       = -2
)

// checkPrefixes declares the prefixes of the start tag at hand and checks that those used in it
// are declared and that no attribute is given twice under two prefixes of one namespace.
func (s *scanner) checkPrefixes() error {
	for _, a := range s.attrs {
		if err := s.declare(a); err != nil {
			return err
		}
	}
	if _, _, err := s.expand(s.name); err != nil {
		return err
	}
	for i, a := range s.attrs {
		namespace, local, err := s.expand(a.name)
		if err != nil {
			return err
		}
		for _, other := range s.attrs[:i] {
			its, name, _ := s.expand(other.name)
			if namespace == its && namespace != noNamespace && bytes.Equal(local, name) {
				return s.malformed(a.name.from, "attribute %q is given twice under two prefixes", s.bytes(a.name))
			}
		}
	}
	return nil
}

// notePrefixes declares those of the start tag at hand in a part of a document, which was checked before.
func (s *scanner) notePrefixes() {
	for _, a := range s.attrs {
		if name, found := bytes.CutPrefix(s.bytes(a.name), []byte("xmlns:")); found {
			s.prefixes = append(s.prefixes, prefix{name: string(name), uri: s.unescaped(a.value, a.escaped, true), depth: len(s.open)})
		}
	}
}

// within declares the prefixes of the root that a part of a document stood in.
func (s *scanner) within(root Root) *scanner {
	for _, a := range root.Attrs {
		if name, found := strings.CutPrefix(a.Name, "xmlns:"); found {
			s.prefixes = append(s.prefixes, prefix{name: name, uri: a.Value})
		}
	}
	return s
}

// instanceNamespace is that of the attributes with which XML Schema lets a document speak of its own
// validity.
const instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"

// ofInstance gives the name of an attribute of that namespace without its prefix; nil for others.
func (s *scanner) ofInstance(name span) []byte {
	head, local, found := bytes.Cut(s.bytes(name), []byte(":"))
	if !found {
		return nil
	}
	for i := len(s.prefixes) - 1; i >= 0; i-- {
		if p := s.prefixes[i]; p.name == string(head) {
			if p.uri == instanceNamespace {
				return local
			}
			return nil
		}
	}
	return nil
}

// declare takes an attribute xmlns:prefix.
func (s *scanner) declare(a attribute) error {
	name, found := bytes.CutPrefix(s.bytes(a.name), []byte("xmlns:"))
	if !found {
		return nil
	}
	uri := s.unescaped(a.value, a.escaped, true)
	switch {
	case uri == "":
		return s.malformed(a.name.from, "the prefix %q is declared without an address", name)
	case string(name) == "xmlns", (string(name) == "xml") != (uri == xmlNamespace):
		return s.malformed(a.name.from, "the prefix %q cannot be declared as %q", name, uri)
	case len(s.prefixes) >= 4*s.limits.MaxAttributes:
		return s.refuse(s.start, "limit-attributes", "more than %d prefixes are declared at once", 4*s.limits.MaxAttributes)
	}
	p := prefix{name: string(name), uri: uri, depth: len(s.open), namespace: len(s.prefixes)}
	for i := range s.prefixes {
		if s.prefixes[i].uri == uri {
			p.namespace = s.prefixes[i].namespace
		}
	}
	s.prefixes = append(s.prefixes, p)
	return nil
}

// expand gives the namespace of a name and the name without its prefix.
func (s *scanner) expand(name span) (namespace int, local []byte, err error) {
	head, local, found := bytes.Cut(s.bytes(name), []byte(":"))
	switch {
	case !found || string(head) == "xmlns":
		return noNamespace, local, nil
	case string(head) == "xml":
		return ofXML, local, nil
	}
	for i := len(s.prefixes) - 1; i >= 0; i-- {
		if s.prefixes[i].name == string(head) {
			return s.prefixes[i].namespace, local, nil
		}
	}
	return 0, nil, s.malformed(name.from, "the prefix %q is not declared", head)
}
