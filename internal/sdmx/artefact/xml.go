package artefact

import (
	"bufio"
	"encoding/xml"
	"io"
	"maps"
	"slices"
	"time"

	"resolute"
)

// printer writes XML. The first error stays.
type printer struct {
	out  *bufio.Writer
	open []string
	err  error
}

func newPrinter(w io.Writer) *printer { return &printer{out: bufio.NewWriter(w)} }

func (p *printer) put(s string) {
	if _, err := p.out.WriteString(s); p.err == nil {
		p.err = err
	}
}

// text writes a text where it may stand, between elements or within an attribute.
func (p *printer) text(s string) {
	if err := xml.EscapeText(p.out, []byte(s)); p.err == nil {
		p.err = err
	}
}

// begin opens an element; attributes alternate name and value, and those without value are left out.
func (p *printer) begin(name string, attributes ...string) {
	p.tag(name, attributes)
	p.put(">")
	p.open = append(p.open, name)
}

func (p *printer) tag(name string, attributes []string) {
	p.put("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		p.put(" " + attributes[i] + `="`)
		p.text(attributes[i+1])
		p.put(`"`)
	}
}

// end closes the element that was opened last.
func (p *printer) end() {
	last := len(p.open) - 1
	p.put("</" + p.open[last] + ">\n")
	p.open = p.open[:last]
}

// empty writes an element without content.
func (p *printer) empty(name string, attributes ...string) {
	p.tag(name, attributes)
	p.put("/>\n")
}

// leaf writes an element with a text.
func (p *printer) leaf(name, text string, attributes ...string) {
	p.begin(name, attributes...)
	p.text(text)
	p.end()
}

// named writes a name in every language that has it.
func (p *printer) named(text resolute.Text) {
	for _, lang := range slices.Sorted(maps.Keys(text)) {
		if text[lang] != "" {
			p.leaf("com:Name", text[lang], "xml:lang", string(lang))
		}
	}
}

// header opens a message.
func (p *printer) header(version string, m Message) {
	base := "http://www.sdmx.org/resources/sdmxml/schemas/" + version
	p.put(xml.Header)
	p.begin("mes:Structure", "xmlns:mes", base+"/message", "xmlns:str", base+"/structure", "xmlns:com", base+"/common")
	p.begin("mes:Header")
	p.leaf("mes:ID", m.ID)
	p.leaf("mes:Test", "false")
	p.leaf("mes:Prepared", m.Prepared.UTC().Format(time.RFC3339))
	p.empty("mes:Sender", "id", m.Sender)
	p.end()
	p.begin("mes:Structures")
}

// close ends the message.
func (p *printer) close() error {
	for len(p.open) > 0 {
		p.end()
	}
	if err := p.out.Flush(); p.err == nil {
		p.err = err
	}
	return p.err
}
