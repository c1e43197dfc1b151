package iati

import (
	"bytes"
	"strings"
)

// prefix is one declared namespace prefix and the depth of the element that declares it.
type prefix struct {
	name, uri string
	depth     int
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// checkPrefixes declares the prefixes of the start tag at hand and checks that those used in it
// are declared and that no attribute is given twice under two prefixes of one namespace.
func (s *scanner) checkPrefixes() error {
	for _, a := range s.attrs {
		if err := s.declare(a); err != nil {
			return err
		}
	}
	if _, err := s.expand(s.name); err != nil {
		return err
	}
	var seen []string
	for _, a := range s.attrs {
		name, err := s.expand(a.name)
		if err != nil {
			return err
		}
		for _, other := range seen {
			if name != "" && name == other {
				return s.malformed(a.name.from, "attribute %q is given twice under two prefixes", s.bytes(a.name))
			}
		}
		seen = append(seen, name)
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
	}
	if len(s.prefixes) >= 4*s.limits.MaxAttributes {
		return s.refuse(s.start, "limit-attributes", "more than %d prefixes are declared at once", 4*s.limits.MaxAttributes)
	}
	s.prefixes = append(s.prefixes, prefix{name: string(name), uri: uri, depth: len(s.open)})
	return nil
}

// expand gives a prefixed name with its namespace in place of the prefix; empty for a name
// without prefix and for a declaration.
func (s *scanner) expand(name span) (string, error) {
	head, local, found := strings.Cut(string(s.bytes(name)), ":")
	if !found || head == "xmlns" {
		return "", nil
	}
	if head == "xml" {
		return xmlNamespace + " " + local, nil
	}
	for i := len(s.prefixes) - 1; i >= 0; i-- {
		if s.prefixes[i].name == head {
			return s.prefixes[i].uri + " " + local, nil
		}
	}
	return "", s.malformed(name.from, "the prefix %q is not declared", head)
}
