package iati

import (
	"fmt"

	"resolute"
	"resolute/internal/iati/schema"
)

// schemaFinding words a fault against the schema: what is wrong and what to do.
func schemaFinding(f schema.Fault) resolute.Finding {
	return resolute.Finding{Rule: f.Rule, Severity: resolute.SeverityError, Path: faultPath(f), Found: clip(f.Found),
		Expected: clip(f.Expected), Message: clip(faultWords(f))}
}

func faultPath(f schema.Fault) string {
	switch {
	case f.Name == "":
		return f.Element
	case f.Rule == schema.AttributeMissing, f.Rule == schema.AttributeUnknown, f.Rule == schema.BadValue:
		return f.Element + "/@" + f.Name
	}
	return f.Element + "/" + f.Name
}

func faultWords(f schema.Fault) string {
	element := lastOf(f.Element)
	switch f.Rule {
	case schema.ElementMissing:
		if f.Name == "" {
			return fmt.Sprintf("<%s> is empty: it needs one of %s", element, f.Expected)
		}
		return fmt.Sprintf("<%s> is missing in <%s>: add it, or leave <%s> out", f.Name, element, element)
	case schema.ElementUnknown:
		if f.Name == "" {
			return fmt.Sprintf("<%s> cannot be the root of a file: %s can", element, f.Expected)
		}
		return fmt.Sprintf("<%s> has no place in <%s>: correct its name, or take it out", f.Name, element)
	case schema.ElementOrder:
		return fmt.Sprintf("<%s> is not in its place in <%s>: move it %s", f.Name, element, f.Expected)
	case schema.ElementRepeated:
		return fmt.Sprintf("<%s> is in <%s> for the %s. time, and may be there %s: keep one", f.Name, element, f.Found, f.Expected)
	case schema.AttributeMissing:
		return fmt.Sprintf("<%s> needs the attribute %q", element, f.Name)
	case schema.AttributeUnknown:
		return fmt.Sprintf("<%s> has no attribute %q: correct its name, or take it out", element, f.Name)
	case schema.StrayText:
		return fmt.Sprintf("text stands directly in <%s>: put it into a child element, or take it out", element)
	}
	if f.Name != "" {
		return fmt.Sprintf("the attribute %q of <%s> is %q: write %s", f.Name, element, f.Found, f.Expected)
	}
	return fmt.Sprintf("<%s> holds %q: write %s", element, f.Found, f.Expected)
}

// lastOf gives the last name of a path.
func lastOf(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

// advance moves a place on to a byte of raw, from which it began.
func (p *place) advance(raw []byte, at int) {
	s := scanner{buf: raw, place: *p}
	s.locate(max(at, p.at))
	*p = s.place
}

// identifierOf gives the identifier of an activity or organisation, empty when there is none.
func identifierOf(raw []byte) string {
	s := newFragmentScanner(raw, spot{})
	for k, err := s.next(); err == nil && k != endOfFile; k, err = s.next() {
		name := string(s.bytes(s.name))
		if k != startTag || s.depth() != 2 || name != "iati-identifier" && name != "organisation-identifier" {
			continue
		}
		d := decoder{s: s, words: &words{}}
		return clip(d.text())
	}
	return ""
}
