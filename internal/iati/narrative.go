package iati

import (
	"strings"

	"resolute"
)

// narratives reads the narratives of the element at hand: one text for each language. A
// narrative without a language has that of the nearest element around it that states one. Of
// several in one language all are kept, each on a line of its own.
func (d *decoder) narratives() resolute.Text { return d.narrativesAnd(func([]byte) {}) }

// narrativesAnd is narratives of an element that holds others beside them, which visit may read.
func (d *decoder) narrativesAnd(visit func(name []byte)) resolute.Text {
	outer, at := d.lang, d.here()
	d.lang = d.ownLang()
	var t resolute.Text
	var more []passage
	d.each(func(name []byte) {
		if string(name) != "narrative" {
			visit(name)
			return
		}
		p := passage{at: d.here(), lang: d.ownLang()}
		p.words = d.text()
		switch t[p.lang] {
		case "":
			t = with(t, p)
		case p.words:
		default:
			more = append(more, p)
		}
	})
	if len(t) == 0 && d.loose != "" {
		d.noteOnce("narrative-missing", at, "", "text stands directly in the element, without <narrative>; it is read as one")
		t = with(t, passage{lang: d.lang, words: cleanText(d.loose)})
	}
	d.lang = outer
	return d.join(t, more)
}

// passage is the text of one narrative.
type passage struct {
	lang  resolute.Lang
	words string
	at    spot
}

// with gives t, which may be nil, with a passage, unless that is empty.
func with(t resolute.Text, p passage) resolute.Text {
	if p.words == "" {
		return t
	}
	if t == nil {
		t = make(resolute.Text, 1)
	}
	t[p.lang] = p.words
	return t
}

// join adds the passages that repeat a language to the first one of that language.
func (d *decoder) join(t resolute.Text, more []passage) resolute.Text {
	if len(more) == 0 {
		return t
	}
	lines := map[resolute.Lang][]string{}
	for _, p := range more {
		if p.words != "" {
			lines[p.lang] = append(lines[p.lang], p.words)
			d.noteOnce("narrative-repeated", p.at, string(p.lang), "several narratives in one language; all are kept")
		}
	}
	for lang, rest := range lines {
		t[lang] += "\n" + strings.Join(rest, "\n")
	}
	return t
}

// ownLang is the language of the element whose start tag is at hand.
func (d *decoder) ownLang() resolute.Lang {
	printed, stated := d.findAttr("xml:lang")
	if !stated || printed == "" {
		return d.lang
	}
	lang, ok := parseLang(printed)
	if !ok {
		d.noteOnce("narrative-language", d.here(), printed, "xml:lang is no language code; the outer language is taken")
		return d.lang
	}
	return lang
}

// parseLang reads a language tag and keeps its primary part: "en" of "en-GB" and "EN".
func parseLang(s string) (resolute.Lang, bool) {
	if len(s) == 2 && isSmall(s[0]) && isSmall(s[1]) {
		return resolute.Lang(s), true
	}
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "-"), "-")
	if len(primary) < 2 || len(primary) > 3 || strings.Trim(primary, "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", false
	}
	return resolute.Lang(primary), true
}

func isSmall(c byte) bool { return c >= 'a' && c <= 'z' }

// text reads the text of the element at hand to its end, without outer white space.
func (d *decoder) text() string {
	d.pieces = d.pieces[:0]
	var only []byte // the text as it stands, when it is one piece without references; the buffer stays
	for inside := d.s.depth(); d.s.depth() >= inside && !d.ended; {
		switch k := d.next(); k {
		case text, cdata:
			if only == nil && len(d.pieces) == 0 && k == text && !d.s.escaped {
				only = d.s.bytes(d.s.body)
				continue
			}
			if only != nil {
				d.pieces, only = append(d.pieces, string(only)), nil
			}
			d.pieces = append(d.pieces, d.bodyText())
		case startTag:
			d.noteOnce("narrative-markup", d.here(), string(d.s.bytes(d.s.name)), "an element stands inside a text; its words are kept")
		}
	}
	if only != nil {
		return d.clean(only)
	}
	return cleanText(strings.Join(d.pieces, ""))
}

// bodyText is the text of the text or CDATA token at hand.
func (d *decoder) bodyText() string {
	raw := d.s.bytes(d.s.body)
	if d.s.kind == cdata {
		if d.s.escaped {
			return strings.ReplaceAll(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\r", "\n")
		}
		return string(raw)
	}
	return d.s.unescaped(d.s.body, d.s.escaped, false)
}

// cleanText trims outer white space and takes out characters that would disturb what follows the
// text on a page: direction controls that are not closed, or close nothing.
func cleanText(s string) string {
	s = strings.TrimSpace(s)
	if strings.IndexByte(s, 0xE2) < 0 { // the first byte of all these controls
		return s
	}
	return strings.TrimSpace(balanced(s))
}

// balanced drops the direction controls U+202A to U+202E and U+2066 to U+2069 that have no
// partner, by the pairing rules of the Unicode Bidirectional Algorithm (BD9 and X7).
func balanced(s string) string {
	lonely := map[int]bool{}
	var open []int // places of the controls that wait for their end
	isolates := 0  // how many of them are isolates
	for i, r := range s {
		switch r {
		case '\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068':
			open = append(open, i)
			lonely[i] = true
			if isIsolate(s, i) {
				isolates++
			}
		case '\u202C': // ends the innermost embedding or override
			if n := len(open) - 1; n >= 0 && !isIsolate(s, open[n]) {
				delete(lonely, open[n])
				open = open[:n]
			} else {
				lonely[i] = true
			}
		case '\u2069': // ends the innermost isolate and, unpaired, all that was opened within
			if isolates == 0 {
				lonely[i] = true
				continue
			}
			n := len(open) - 1
			for !isIsolate(s, open[n]) {
				n--
			}
			delete(lonely, open[n])
			open = open[:n]
			isolates--
		}
	}
	if len(lonely) == 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if !lonely[i] {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isIsolate tells the opening controls U+2066 to U+2068 at s[i] from U+202A to U+202E.
func isIsolate(s string, i int) bool { return s[i+1] == 0x81 }
