package iati

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati/schema"
)

// The kinds of file.
const (
	Activities    = "activities"
	Organisations = "organisations"
)

// Root is what the root's start tag says.
type Root struct {
	Kind            string // Activities or Organisations
	Version         string // as printed, without outer white space: "2.03"
	GeneratedAt     string // as printed
	Lang            resolute.Lang
	DefaultCurrency string // not in the standard; empty as a rule
	Tag             []byte // the start tag as received, in UTF-8
	Attrs           []Attr // all attributes in file order
}

// names gives the names of the root element and of its children.
func (root Root) names() (whole, child string) {
	if root.Kind == Organisations {
		return "iati-organisations", "iati-organisation"
	}
	return "iati-activities", "iati-activity"
}

// schema is that of the version in which elements are given back.
func (root Root) schema() *schema.Schema {
	whole, _ := root.names()
	return schema.Load(exported, whole)
}

// Attr is one attribute, its value unescaped.
type Attr struct {
	Name, Value string
}

// ParseRoot reads a root's start tag as kept in Root.Tag. The error is a *RefusedError.
func ParseRoot(tag []byte) (Root, error) {
	s := newFragmentScanner(tag, spot{})
	if _, err := s.next(); err != nil {
		return Root{}, err
	}
	return s.root()
}

// root reads the start tag at hand as that of the root.
func (s *scanner) root() (Root, error) {
	root := Root{Tag: slices.Clone(s.buf[s.start:s.pos])}
	switch name := string(s.bytes(s.name)); name {
	case "iati-activities":
		root.Kind = Activities
	case "iati-organisations":
		root.Kind = Organisations
	default:
		return root, s.refuse(s.start, "not-iati", "the root element is <%s>, not <iati-activities>", name)
	}
	for _, a := range s.attrs {
		attr := Attr{string(s.bytes(a.name)), s.unescaped(a.value, a.escaped, true)}
		root.Attrs = append(root.Attrs, attr)
		value := strings.TrimSpace(attr.Value)
		switch attr.Name {
		case "version":
			root.Version = value
		case "generated-datetime":
			root.GeneratedAt = value
		case "xml:lang":
			root.Lang, _ = parseLang(value)
		case "default-currency":
			root.DefaultCurrency = strings.ToUpper(value)
		}
	}
	return root, nil
}

// version2 is any version of the second generation, known or to come.
var version2 = regexp.MustCompile(`^2\.[0-9]{1,2}$`)

// checkVersion refuses what is no version of the standard.
func checkVersion(version string) (note string, refused string) {
	switch {
	case version == "2.01" || version == "2.02" || version == "2.03":
		return "", ""
	case version2.MatchString(version):
		return fmt.Sprintf("version %q is not known; the file is read as 2.03", version), ""
	case version == "":
		return "the file states no version, as only IATI 1.0x allows; it is read as 1.0x and brought to 2.03", ""
	case version1.MatchString(version):
		return fmt.Sprintf("the file is of version %s; it is read as 1.0x and brought to 2.03", version), ""
	}
	return "", fmt.Sprintf("%q is no IATI version; 1.01 to 1.05 and 2.01 to 2.03 are read", version)
}
