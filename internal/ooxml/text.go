package ooxml

import (
	"bufio"
	"strings"
	"unicode/utf8"
)

// escape makes text fit for XML: markup escaped, signs that XML 1.0 does not allow dropped,
// bytes that are no UTF-8 replaced.
func escape(text string) string {
	if clean(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r >= ' ' && r != 0x7F && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n':
			b.WriteRune(r)
		}
	}
	return b.String()
}

func clean(text string) bool {
	for i := range len(text) {
		b := text[i]
		if b < ' ' || b >= 0x7F || b == '&' || b == '<' || b == '>' || b == '"' {
			return false
		}
	}
	return true
}

// inline writes the text of a run: text, which stands in the element, tabs and line breaks are elements of their own.
func inline(w *bufio.Writer, text, element string) {
	for text != "" {
		end := strings.IndexAny(text, "\t\n")
		if end != 0 {
			part := text
			if end > 0 {
				part = text[:end]
			}
			w.WriteString(`<` + element + ` xml:space="preserve">`)
			w.WriteString(escape(part))
			w.WriteString(`</` + element + `>`)
			text = text[len(part):]
			continue
		}
		if text[0] == '\t' {
			w.WriteString(`<w:tab/>`)
		} else {
			w.WriteString(`<w:br/>`)
		}
		text = text[1:]
	}
}

const (
	noBreakBlank  = "\u00a0"
	noBreakHyphen = "\u2011"
)

var unbroken = strings.NewReplacer(" ", noBreakBlank, "-", noBreakHyphen)

// content gives the text of a run as it is written.
func (r Run) content() string {
	if !utf8.ValidString(r.Text) {
		r.Text = strings.ToValidUTF8(r.Text, "\ufffd")
	}
	if r.NoBreak {
		return unbroken.Replace(r.Text)
	}
	return r.Text
}
