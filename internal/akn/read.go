package akn

import (
	"io"
	"strings"

	"resolute"
)

// Read reads a resolution or decision in Akoma Ntoso 3.0, as we write it and as other producers
// do: recitals as recitals, as containers with lists or with paragraphs, or in blocks among the
// operative part; operative items as paragraphs, points and items at any depth. What is not
// understood keeps its words as a line. Findings tell what other readers may stumble over. The
// error has code Invalid for what is no Akoma Ntoso, is broken, or goes beyond a limit.
func Read(r io.Reader) (Document, []resolute.Finding, error) {
	tree, err := readTree(r)
	if err != nil {
		return Document{}, nil, invalid("not readable as XML: " + err.Error())
	}
	root := tree.child("akomaNtoso")
	if root == nil {
		return Document{}, nil, invalid("the root is not akomaNtoso")
	}
	text := root.find("statement", "doc", "act", "bill")
	if text == nil {
		return Document{}, nil, invalid("it holds no statement, doc, act or bill")
	}
	x := &reader{findings: lookAt(root, text)}
	x.meta(text)
	x.doc.Draft = strings.HasSuffix(text.attribute("name"), "Draft")
	if x.doc.Kind == "" {
		x.doc.Kind = strings.TrimSuffix(text.attribute("name"), "Draft")
	}
	x.parts(text)
	return x.doc, x.findings, nil
}

func invalid(message string) error {
	return &resolute.Error{Code: resolute.Invalid, Message: message}
}

// reader takes the nesting down to lines.
type reader struct {
	doc      Document
	findings []resolute.Finding
}

// lookAt tells what other readers may stumble over.
func lookAt(root, text *node) []resolute.Finding {
	var list []resolute.Finding
	add := func(e *node, rule, found, expected, message string) {
		list = append(list, resolute.Finding{Rule: rule, Severity: resolute.SeverityWarning, Line: e.line, Column: e.column, Path: e.name, Found: found, Expected: expected, Message: message})
	}
	if root.space != Namespace {
		add(root, "akn-namespace", root.space, Namespace, "the namespace is not that of the published version: schemas will not know the elements")
	}
	if text.attribute("lang") != "" {
		add(text, "akn-attribute", "xml:lang", "", "the schema does not allow xml:lang here; the language stands in FRBRlanguage")
	}
	seen := map[string]bool{}
	var walk func(*node)
	walk = func(e *node) {
		if id := e.attribute("eId"); id != "" && seen[id] {
			add(e, "akn-id-repeated", id, "an id that occurs once", "two elements bear this eId: a reference to it leads to either")
		} else if id != "" {
			seen[id] = true
		}
		for _, c := range e.inner {
			walk(c)
		}
	}
	walk(text)
	return list
}

// meta reads addresses, language, days and the life of the instrument.
func (x *reader) meta(text *node) {
	d := &x.doc
	meta := text.child("meta")
	work, expression := meta.child("identification").child("FRBRWork"), meta.child("identification").child("FRBRExpression")
	if a, ok := ParseAddress(value(work.child("FRBRuri"))); ok {
		d.Body, d.First = BodyCode(a.Body), a.First
	}
	d.Number, d.Kind = showAs(work.child("FRBRnumber")), value(work.child("FRBRname"))
	if a, ok := ParseAddress(value(expression.child("FRBRuri"))); ok {
		d.Lang, d.Day = a.Lang, strings.TrimSuffix(a.Day, "-draft")
	}
	if l := expression.child("FRBRlanguage"); l != nil {
		d.Lang = l.attribute("language")
	}
	d.Label = value(expression.child("FRBRalias"))
	references := meta.child("references")
	if key := references.child("TLCReference"); key != nil && key.attribute("name") == "instrument" {
		d.Key = key.attribute("href")
	}
	d.Producer = showAs(byID(references, "producer"))
	if m := meta.child("identification").child("FRBRManifestation").child("FRBRdate"); m != nil {
		d.Produced = m.attribute("date")
	}
	for _, e := range children(meta.child("lifecycle"), "eventRef") {
		source := byID(references, strings.TrimPrefix(e.attribute("source"), "#"))
		event := Event{Day: e.attribute("date"), Label: showAs(source), First: e.attribute("type") == "generation"}
		if source != nil {
			if a, ok := ParseAddress(source.attribute("href")); ok && a.Day != "" {
				event.Day = a.Day // as exact as it is known
			}
		}
		d.Revisions = append(d.Revisions, event)
	}
}

func value(e *node) string {
	if e == nil {
		return ""
	}
	return e.attribute("value")
}

func showAs(e *node) string {
	if e == nil {
		return ""
	}
	return e.attribute("showAs")
}

func children(e *node, name string) []*node {
	var list []*node
	if e != nil {
		for _, c := range e.inner {
			if c.name == name {
				list = append(list, c)
			}
		}
	}
	return list
}

func byID(e *node, id string) *node {
	if e != nil {
		for _, c := range e.inner {
			if c.attribute("eId") == id {
				return c
			}
		}
	}
	return nil
}
