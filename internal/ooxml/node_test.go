package ooxml_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"resolute/internal/ooxml"
)

// node is an element of a part: its name without prefix, attributes by name, and what it holds.
type node struct {
	name     string
	attr     map[string]string
	children []*node
	text     string
}

// tester is what the helpers need of a test, also of a property test.
type tester interface {
	Helper()
	Fatalf(string, ...any)
}

func written(t tester, d *ooxml.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ooxml.Write(&b, d); err != nil {
		t.Fatalf("write: %v", err)
	}
	return b.Bytes()
}

// parts gives the files of a document by name, and the names in order.
func parts(t tester, file []byte) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	list, names := map[string]string{}, []string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("open %s: %v", f.Name, err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("read %s: %v", f.Name, err)
		}
		list[f.Name], names = string(text), append(names, f.Name)
	}
	return list, names
}

// parse reads a part, which must be well-formed.
func parse(t tester, part string) *node {
	t.Helper()
	top := &node{}
	stack := []*node{top}
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return top.children[0]
		}
		if err != nil {
			t.Fatalf("not well-formed: %v in %.200s", err, part)
		}
		last := stack[len(stack)-1]
		switch x := token.(type) {
		case xml.StartElement:
			n := &node{name: x.Name.Local, attr: map[string]string{}}
			for _, a := range x.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			last.children, stack = append(last.children, n), append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(x)
		}
	}
}

// all gives every element of a name below n, in order.
func (n *node) all(name string) []*node {
	var list []*node
	for _, c := range n.children {
		if c.name == name {
			list = append(list, c)
		}
		list = append(list, c.all(name)...)
	}
	return list
}

// child gives the first child of a name, or nil.
func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// shown gives the text that a reader sees.
func (n *node) shown() string {
	switch n.name {
	case "t":
		return n.text
	case "tab":
		return "\t"
	case "br":
		return "\n"
	case "pPr":
		return ""
	}
	s := ""
	for _, c := range n.children {
		s += c.shown()
	}
	return s
}

// body writes a document of the given blocks and gives its body.
func body(t tester, d *ooxml.Document) *node {
	t.Helper()
	files, _ := parts(t, written(t, d))
	return parse(t, files["word/document.xml"]).child("body")
}

func mustHave[T any](t *testing.T, list []T, n int, what string) {
	t.Helper()
	if len(list) != n {
		t.Fatalf("%d %s, want %d", len(list), what, n)
	}
}
