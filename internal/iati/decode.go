package iati

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"resolute"
)

// decoder turns the tokens of one activity into values.
type decoder struct {
	s                           *scanner
	words                       *words
	activity                    Activity
	column                      int           // of the activity's start tag
	identifier                  spot          // of the last iati-identifier read
	lang                        resolute.Lang // of the element at hand, by its own or an outer xml:lang
	loose                       string        // text that stands between the children of the element at hand
	pieces                      []string      // of the text being read
	sectors, countries, regions tally

	currency string // the code last found to be one
	findings []resolute.Finding
	more     int      // findings beyond those
	said     []string // what is enough to be said once
	ended    bool
}

// Decode turns one element into an Activity and tells what it could not understand. It never
// fails: what cannot be understood stays empty and has its finding, whose Record is the
// activity's identifier. It needs only Raw, Line and Column of the element, which must come from
// a Reader (names and references are checked again, declared prefixes are not).
func Decode(root Root, el *Element) (Activity, []resolute.Finding) {
	el, kept := root.Upgrade(el)
	d := newDecoder(root, el)
	defer d.release()
	d.activity = Activity{Line: el.Line, IdentifierLine: el.Line, IdentifierColumn: el.Column, Hierarchy: 1, DefaultCurrency: root.DefaultCurrency}
	at := spot{el.Line, el.Column}
	if d.next() == startTag {
		d.attributes(at)
		d.each(d.child)
	}
	d.judge(at)
	d.findings = append(d.findings, kept...)
	for i := range d.findings {
		d.findings[i].Record = d.activity.Identifier
	}
	return d.activity, d.findings
}

// next reads one token; after a fault, which only bytes that no Reader gave can have, there is
// nothing more to read.
func (d *decoder) next() kind {
	if d.ended {
		return endOfFile
	}
	k, err := d.s.next()
	if err != nil {
		var refused *RefusedError
		if errors.As(err, &refused) {
			d.findings = append(d.findings, refused.Finding)
		}
		k = endOfFile
	}
	d.ended = k == endOfFile
	return k
}

// each calls visit with the name of every child of the element whose start tag is at hand; visit
// may read the child or leave it. Then it reads to the end of the element.
func (d *decoder) each(visit func(name []byte)) {
	d.loose = ""
	for inside := d.s.depth(); ; {
		switch d.next() {
		case startTag:
			visit(bytes.TrimPrefix(d.s.bytes(d.s.name), []byte(keptPrefix)))
			d.leave(inside)
		case endTag, endOfFile:
			return
		case text, cdata:
			if d.loose == "" && !isBlank(d.s.bytes(d.s.body)) {
				d.loose = strings.TrimSpace(d.bodyText())
			}
		}
	}
}

// leave reads on until no more than depth elements are open.
func (d *decoder) leave(depth int) {
	for d.s.depth() > depth && d.next() != endOfFile {
	}
}

// attr gives an attribute of the start tag at hand without outer white space; empty when absent.
func (d *decoder) attr(name string) string {
	value, _ := d.findAttr(name)
	return value
}

// findAttr is attr that tells an absent attribute from an empty one.
func (d *decoder) findAttr(name string) (string, bool) {
	for _, a := range d.s.attrs {
		if string(d.s.bytes(a.name)) == name {
			return d.valueOf(a), true
		}
	}
	return "", false
}

// here is the spot of the start tag at hand.
func (d *decoder) here() spot { return d.s.locate(d.s.start) }

// mostPerActivity bounds the warnings and notes about one activity.
const mostPerActivity = 1000

// find adds a finding.
func (d *decoder) find(rule string, severity resolute.Severity, at spot, found, expected, format string, args ...any) {
	if len(d.findings) >= mostPerActivity && severity != resolute.SeverityError {
		d.more++
		return
	}
	d.findings = append(d.findings, resolute.Finding{Rule: rule, Severity: severity, Line: at.line, Column: at.column,
		Found: clip(found), Expected: expected, Message: clip(fmt.Sprintf(format, args...))})
}

// warn adds a finding of severity warning.
func (d *decoder) warn(rule string, at spot, found, expected, format string, args ...any) {
	d.find(rule, resolute.SeverityWarning, at, found, expected, format, args...)
}

// noteOnce adds a note unless the activity has one of that rule.
func (d *decoder) noteOnce(rule string, at spot, found, message string) {
	if d.first(rule) {
		d.find(rule, resolute.SeverityNote, at, found, "", "%s", message)
	}
}

// first reports whether something is said for the first time about the activity.
func (d *decoder) first(said string) bool {
	if slices.Contains(d.said, said) {
		return false
	}
	d.said = append(d.said, said)
	return true
}
