package iati

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati/schema"
)

// exported is the version in which activities and organisations are given back.
const exported = "2.03"

// Standalone gives an activity or organisation as it may stand in any file of version 2.03 and tells what had to
// change for that. What the root lent it (language, currency, namespaces) stands in its own start
// tag. One that is valid otherwise keeps every byte. Else its elements are put in the order of the
// schema, numbers and days are written as the schema wants them, and what cannot be valid, such as
// an element without something that the schema requires, is left out from the inside out. The
// whole itself always stays; when it lacks something, the finding "export-not-valid" of severity
// error says what. The element must come from a Reader.
func (root Root) Standalone(el *Element) ([]byte, []resolute.Finding) {
	el, findings := root.Upgrade(el)
	raw := el.Raw
	fault, prefixes := root.judge(raw)
	if fault {
		tree := parseTree(root, raw)
		mended := schema.Mend(root.schema(), tree.node(), rewrite)
		findings = append(findings, mendedFindings(el, mended)...)
		raw = tree.bytes(len(raw))
	}
	return root.lend(raw, prefixes || fault), findings
}

// judge holds an activity against the schema up to its first fault, and tells whether prefixes of
// namespaces occur up to there.
func (root Root) judge(raw []byte) (fault, prefixes bool) {
	c := checker{scan: newFragmentScanner(raw, spot{}).within(root), walker: schema.NewWalker(root.schema())}
	for {
		k, err := c.scan.next()
		if err != nil || k == endOfFile {
			return false, prefixes // a Reader read it to its end
		}
		c.token(k)
		if len(c.walker.Faults) > 0 {
			return true, prefixes
		}
		prefixes = prefixes || k == startTag && c.scan.prefixed
	}
}

// lend writes into the start tag what the root said for all: language and currency where the
// activity states none, and the namespaces that it uses, where it may use any.
func (root Root) lend(raw []byte, prefixes bool) []byte {
	s := newFragmentScanner(raw, spot{})
	if _, err := s.next(); err != nil {
		return raw
	}
	end := s.pos - 1
	if s.closing {
		end--
	}
	var more []byte
	add := func(name, value string) {
		more = append(append(append(more, ' '), name...), '=', '"')
		more = append(append(more, attributeEscapes.Replace(value)...), '"')
	}
	if root.Lang != "" && !s.has("xml:lang") {
		add("xml:lang", string(root.Lang))
	}
	if root.DefaultCurrency != "" && !s.has("default-currency") {
		add("default-currency", root.DefaultCurrency)
	}
	prefixes = prefixes && slices.ContainsFunc(root.Attrs, func(a Attr) bool { return strings.HasPrefix(a.Name, "xmlns:") })
	for _, prefix := range lacking(raw, prefixes) {
		if i := slices.IndexFunc(root.Attrs, func(a Attr) bool { return a.Name == "xmlns:"+prefix }); i >= 0 {
			add("xmlns:"+prefix, root.Attrs[i].Value)
		}
	}
	if more == nil {
		return raw
	}
	return slices.Concat(raw[:end], more, raw[end:])
}

// has tells whether the start tag at hand has an attribute.
func (s *scanner) has(name string) bool {
	return slices.ContainsFunc(s.attrs, func(a attribute) bool { return string(s.bytes(a.name)) == name })
}

// lacking lists, in order, the prefixes that an element uses and declares nowhere around the use; none
// when it is known that there are none.
func lacking(raw []byte, any bool) []string {
	if !any {
		return nil
	}
	var list []string
	var declared []prefix
	s := newFragmentScanner(raw, spot{})
	use := func(name span) {
		head, _, found := bytes.Cut(s.bytes(name), []byte(":"))
		if !found || string(head) == "xml" || string(head) == "xmlns" || slices.Contains(list, string(head)) ||
			slices.ContainsFunc(declared, func(p prefix) bool { return p.name == string(head) }) {
			return
		}
		list = append(list, string(head))
	}
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			slices.Sort(list)
			return list
		}
		for n := len(declared); n > 0 && declared[n-1].depth > s.depth(); n = len(declared) {
			declared = declared[:n-1]
		}
		if k != startTag || !s.prefixed {
			continue
		}
		for _, a := range s.attrs {
			if name, found := strings.CutPrefix(string(s.bytes(a.name)), "xmlns:"); found {
				declared = append(declared, prefix{name: name, depth: s.depth()})
			}
		}
		use(s.name)
		for _, a := range s.attrs {
			use(a.name)
		}
	}
}

// The rules of findings about what an export had to change.
const (
	exportLeftOut   = "export-left-out"
	exportMoved     = "export-moved"
	exportRewritten = "export-rewritten"
	exportNotValid  = "export-not-valid"
)

// mendedFindings words what was done about each fault, with its place in the file as received.
func mendedFindings(el *Element, mended []schema.Mended) []resolute.Finding {
	record := identifierOf(el.Raw)
	slices.SortStableFunc(mended, func(a, b schema.Mended) int { return a.At - b.At })
	at := place{line: max(el.Line, 1), column: max(el.Column, 1)}
	findings := make([]resolute.Finding, 0, len(mended))
	for _, m := range mended {
		f := schemaFinding(m.Fault)
		if el.origins != nil {
			from := originOf(el.origins, m.At)
			at.line, at.column = from.line, from.column
		} else {
			at.advance(el.Raw, m.At)
		}
		f.Record, f.Line, f.Column = record, at.line, at.column
		why := f.Message
		switch m.Deed {
		case schema.Kept:
			f.Rule, f.Message = exportNotValid, "it is not valid as IATI 2.03, and nothing can be left out: "+why
		case schema.LeftOut:
			f.Rule, f.Severity, f.Message = exportLeftOut, resolute.SeverityWarning, "left out of the export: "+why
		case schema.Moved:
			f.Rule, f.Severity, f.Message = exportMoved, resolute.SeverityNote, fmt.Sprintf("the children of <%s> are put in the order of the standard", lastOf(f.Path))
		case schema.Rewritten:
			f.Rule, f.Severity, f.Message = exportRewritten, resolute.SeverityNote, "written as the standard wants it: "+why
		case schema.Borrowed:
			f.Rule, f.Severity, f.Message = exportRewritten, resolute.SeverityNote, "with the day of the transaction or the first of the period, so that the amount is not lost: "+why
		}
		f.Message = clip(f.Message)
		findings = append(findings, f)
	}
	return findings
}
