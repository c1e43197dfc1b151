package akn

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Write writes a document as Akoma Ntoso 3.0, valid against its schema. The same document twice
// gives the same bytes.
func Write(w io.Writer, d Document) error {
	p := &printer{taken: map[string]int{}}
	p.print(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<akomaNtoso xmlns="` + Namespace + `">` + "\n")
	name := d.Kind
	if d.Draft {
		name += "Draft"
	}
	p.open("statement", "name", name, "contains", "singleVersion")
	p.meta(d)
	p.text(d)
	p.close("statement")
	p.print("</akomaNtoso>\n")
	_, err := w.Write(p.b.Bytes())
	return err
}

// printer writes elements and keeps their ids apart.
type printer struct {
	b     bytes.Buffer
	taken map[string]int
	refs  int
}

func (p *printer) print(s string) { p.b.WriteString(s) }

func (p *printer) escaped(s string) { _ = xml.EscapeText(&p.b, []byte(s)) } // a buffer takes everything

// tag writes a start tag; attributes are names and values in turn, those without value are left out.
func (p *printer) tag(name, end string, attributes ...string) {
	p.print("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		p.print(" " + attributes[i] + `="`)
		p.escaped(attributes[i+1])
		p.print(`"`)
	}
	p.print(end)
}

func (p *printer) open(name string, attributes ...string)  { p.tag(name, ">\n", attributes...) }
func (p *printer) empty(name string, attributes ...string) { p.tag(name, "/>\n", attributes...) }
func (p *printer) close(name string)                       { p.print("</" + name + ">\n") }

// line writes an element that holds a line of text: no blank of ours may come into it.
func (p *printer) line(name string, spans []Span, attributes ...string) {
	p.tag(name, ">", attributes...)
	p.spans(spans)
	p.close(name)
}

func (p *printer) spans(spans []Span) {
	for _, s := range spans {
		switch {
		case s.Href != "":
			p.refs++
			p.tag("ref", ">", "eId", "ref_"+strconv.Itoa(p.refs), "href", s.Href)
			p.escaped(s.Text)
			p.print("</ref>")
		case s.Role:
			p.tag("role", ">", "refersTo", "#"+roleID(s.Text))
			p.escaped(s.Text)
			p.print("</role>")
		default:
			p.escaped(s.Text)
		}
		if s.Note != nil {
			p.note(*s.Note)
		}
	}
}

func (p *printer) note(n Note) {
	p.tag("authorialNote", ">", "eId", p.id("", "authorialNote", n.Mark), "marker", n.Mark, "placement", "bottom")
	p.print("<p>")
	p.escaped(n.Text)
	p.print("</p></authorialNote>")
}

// id makes an eId: the parent's, the prefix of the element, the number as printed without
// punctuation. One that is taken gets its place behind it.
func (p *printer) id(parent, prefix, mark string) string {
	id := prefix
	if number := idNumber(mark); number != "" {
		id += "_" + number
	}
	if parent != "" {
		id = parent + "__" + id
	}
	for base := id; ; id = base + "-" + strconv.Itoa(p.taken[base]) {
		p.taken[base]++
		if base == id && p.taken[base] == 1 {
			return id
		}
		if base != id && p.taken[id] == 0 {
			p.taken[id] = 1
			return id
		}
	}
}

// idNumber writes a mark without its punctuation: "4.2" becomes 4-2, "a)" a.
func idNumber(mark string) string {
	fields := strings.FieldsFunc(mark, func(r rune) bool { return strings.ContainsRune(".-()[] \u00a0*", r) })
	return strings.Join(fields, "-")
}

// roleID makes the id of an addressee from its words.
func roleID(words string) string {
	fields := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(fields) == 0 {
		return "role_" + fmt.Sprintf("%x", words)
	}
	return "role_" + strings.Join(fields, "-")
}
