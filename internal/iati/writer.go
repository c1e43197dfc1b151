package iati

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"resolute"
)

// Writer writes activities or organisations as one IATI 2.03 file, the same bytes for the same values. The order
// of elements is that of the schema; what is empty is left out. The result is valid by the schema
// when the activities hold what it requires (identifier, reporter, title, a description, a
// participant, status, a date; type, date and value of every transaction).
type Writer struct {
	b    *bufio.Writer
	lang resolute.Lang // that narratives inherit
	root string
	err  error
}

// NewWriter starts a file on w. Of the root it takes the kind, the time of generation, the language and
// further attributes of other namespaces with their declarations; the version is 2.03.
func NewWriter(w io.Writer, root Root) *Writer {
	whole, _ := root.names()
	writer := &Writer{b: bufio.NewWriterSize(w, chunk), lang: root.Lang, root: whole}
	writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + whole)
	writer.attr("version", "2.03")
	writer.attr("generated-datetime", root.GeneratedAt)
	writer.attr("xml:lang", string(root.Lang))
	for _, a := range root.Attrs {
		if strings.Contains(a.Name, ":") && a.Name != "xml:lang" {
			writer.attr(a.Name, a.Value)
		}
	}
	writer.raw(">\n")
	return writer
}

// WriteActivity adds one activity. An error of the writer below is returned by this and all
// later calls.
func (w *Writer) WriteActivity(a Activity) error {
	root := w.lang
	w.activity(a)
	w.lang = root
	return w.err
}

// Marshal gives one activity as an element that stands alone.
func Marshal(a Activity) []byte {
	var b bytes.Buffer
	w := &Writer{b: bufio.NewWriter(&b)}
	w.activity(a)
	_ = w.b.Flush() // a buffer takes everything
	return bytes.TrimSpace(b.Bytes())
}

// WriteElement adds an activity or organisation that stands alone, as Standalone gives it.
func (w *Writer) WriteElement(raw []byte) error {
	w.raw("  ")
	if w.err == nil {
		_, w.err = w.b.Write(raw)
	}
	w.raw("\n")
	return w.err
}

// Comment adds a comment, in words of ours: it must not hold two hyphens in a row.
func (w *Writer) Comment(words string) {
	w.raw("  <!-- " + words + " -->\n")
}

// Close ends the file; it does not close the writer below.
func (w *Writer) Close() error {
	w.raw("</" + w.root + ">\n")
	if w.err == nil {
		w.err = w.b.Flush()
	}
	if w.err != nil {
		return fmt.Errorf("write IATI: %w", w.err)
	}
	return nil
}

// raw writes markup.
func (w *Writer) raw(s string) {
	if w.err == nil {
		_, w.err = w.b.WriteString(s)
	}
}

// attr writes an attribute unless it is empty.
func (w *Writer) attr(name, value string) {
	if value != "" {
		w.raw(" " + name + "=\"")
		w.escaped(value, attributeEscapes)
		w.raw("\"")
	}
}

// The characters that cannot stand for themselves. White space in an attribute would be read
// as a blank, and a carriage return as a line feed.
var (
	textEscapes      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attributeEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\"", "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")
)

// escaped writes text; characters that XML does not allow are left out, bytes that are no UTF-8
// become U+FFFD.
func (w *Writer) escaped(s string, escapes *strings.Replacer) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.ContainsFunc(s, notXML) {
		s = strings.Map(func(r rune) rune {
			if notXML(r) {
				return -1
			}
			return r
		}, s)
	}
	if w.err == nil {
		_, w.err = escapes.WriteString(w.b, s)
	}
}

func notXML(r rune) bool { return !isXMLRune(r) }

// pair is the name and value of an attribute.
type pair struct{ name, value string }

// tag writes a start tag at a depth of indentation; attributes without value are left out.
func (w *Writer) tag(indent int, name string, attrs ...pair) {
	w.raw("                    "[:2*indent])
	w.raw("<" + name)
	for _, a := range attrs {
		w.attr(a.name, a.value)
	}
}

// empty writes an element without content.
func (w *Writer) empty(indent int, name string, attrs ...pair) {
	w.tag(indent, name, attrs...)
	w.raw("/>\n")
}

// begin and end write an element with children.
func (w *Writer) begin(indent int, name string, attrs ...pair) {
	w.tag(indent, name, attrs...)
	w.raw(">\n")
}

func (w *Writer) end(indent int, name string) {
	w.raw("                    "[:2*indent] + "</" + name + ">\n")
}

// code writes an element whose only content is a code; none when it is empty.
func (w *Writer) code(indent int, name, code string) {
	w.single(indent, name, "code", code)
}

// day writes an element whose only content is a day; none when it is empty.
func (w *Writer) day(indent int, name, day string) {
	w.single(indent, name, "iso-date", day)
}

func (w *Writer) single(indent int, name, attr, value string) {
	if value != "" {
		w.empty(indent, name, pair{attr, value})
	}
}

// narrated writes an element whose content is narratives.
func (w *Writer) narrated(indent int, name string, t resolute.Text, attrs ...pair) {
	w.tag(indent, name, attrs...)
	if len(t) == 0 {
		w.raw("/>\n")
		return
	}
	w.raw(">")
	w.narratives(t)
	w.raw("</" + name + ">\n")
}

// narratives writes the passage in the inherited language first, then the others by code.
func (w *Writer) narratives(t resolute.Text) {
	if own, found := t[w.lang]; found {
		w.raw("<narrative>")
		w.escaped(own, textEscapes)
		w.raw("</narrative>")
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		if lang != w.lang {
			w.raw("<narrative")
			w.attr("xml:lang", string(lang))
			w.raw(">")
			w.escaped(t[lang], textEscapes)
			w.raw("</narrative>")
		}
	}
}
