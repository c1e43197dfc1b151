package iati

import (
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/iati/rules"
)

// ruled reports whether the rules hold for the file: they are written for version 2, and for the two
// kinds of file.
func (c *checker) ruled() bool {
	return !c.how.SchemaOnly && c.verdict.Kind != "" && strings.HasPrefix(c.verdict.Version, "2.")
}

// found is a fault and its place in what is being read.
type found struct {
	Fault
	at int
}

// judge asks the rules and code lists, and ours about points, of one activity or organisation.
func (c *checker) judge(raw []byte) (all []found) {
	root := c.tree(raw)
	for _, b := range rules.Judge(root, c.how.Now) {
		all = append(all, found{ruleFault(b), b.At})
	}
	for _, u := range rules.Codes(root) {
		all = append(all, found{codeFault(u), u.At})
	}
	return append(all, pointFaults(root)...)
}

// tree gathers the elements of one child of the root below a root of their own.
func (c *checker) tree(raw []byte) *rules.Node {
	c.record.Reset()
	c.record.Open(c.name, 0)
	s := newFragmentScanner(raw, spot{})
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			return c.record.Root()
		}
		switch k {
		case startTag:
			c.record.Open(s.bytes(s.name), s.start)
			for _, a := range s.attrs {
				c.record.Attribute(s.bytes(a.name), s.lasting(a.value, a.escaped, true), a.name.from)
			}
		case endTag:
			c.record.Close()
		case text, cdata:
			c.record.Append(s.lasting(s.body, s.escaped && k == text, false))
		}
	}
}

// lasting gives a part of the buffer without references, in memory of its own where it has some.
func (s *scanner) lasting(p span, escaped, value bool) []byte {
	if !escaped {
		return s.bytes(p)
	}
	return appendUnescaped(make([]byte, 0, p.to-p.from), s.bytes(p), value)
}

func ruleFault(b rules.Breach) Fault {
	severity := resolute.SeverityError
	if b.Rule.Severity == "warning" {
		severity = resolute.SeverityWarning
	}
	return Fault{resolute.Finding{Rule: b.Rule.ID, Severity: severity, Path: b.Path, Found: clip(b.Found), Message: b.Rule.Message}, b.Rule.Severity}
}

// codeFault words a code that its list does not have. A list that is not complete cannot show a
// code to be wrong.
func codeFault(u rules.Unlisted) Fault {
	f := Fault{resolute.Finding{Rule: "code-unlisted", Severity: resolute.SeverityError, Path: u.Path, Found: clip(u.Code), Expected: "a code of the list " + u.List.Name}, "error"}
	if u.Attribute != "" {
		f.Path += "/@" + u.Attribute
	}
	f.Message = clip(fmt.Sprintf("%q is not in the code list %s: look the code up", u.Code, u.List.Name))
	switch {
	case u.Withdrawn != "":
		f.Rule, f.Severity, f.RuleSeverity = "code-withdrawn", resolute.SeverityNote, "advisory"
		f.Message = clip(fmt.Sprintf("%q is no longer to be used (code list %s, %s): choose the code that follows it", u.Code, u.List.Name, u.Withdrawn))
	case !u.List.Complete:
		f.Severity, f.RuleSeverity = resolute.SeverityWarning, "warning"
		f.Message = clip(fmt.Sprintf("%q is not in the code list %s, which is not complete: make sure of the code", u.Code, u.List.Name))
	}
	return f
}
