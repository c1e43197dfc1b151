package iati

import (
	"fmt"
	"io"
	"strings"

	"resolute"
)

// Element is one child of the root.
type Element struct {
	Name         string
	Line, Column int    // of its start tag
	Raw          []byte // as received, in UTF-8; valid until the next call of Next

	origins []origin // of one that Upgrade made: where its parts stood
}

// Reader splits an IATI file into its activities. Memory does not grow with the file: it holds
// one child of the root at a time.
type Reader struct {
	scan     *scanner
	root     Root
	child    string // the name of the children that Next gives
	max      int64
	findings []resolute.Finding
	seen     map[string]bool // what was already reported once
	element  Element
	err      error // the end, met before
}

// NewReader reads up to and including the root's start tag. It finds gzip and the encoding by
// itself. The error is a *RefusedError when the input is to blame.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	o = o.withDefaults()
	in, err := openInput(r, o.MaxFile)
	if err != nil {
		return nil, newScanner(nil, o).inputError(err)
	}
	reader := &Reader{scan: newScanner(in, o), max: o.MaxActivity, findings: in.findings, seen: map[string]bool{}}
	reader.scan.transcoded = in.transcoded
	if err := reader.readRoot(); err != nil {
		return nil, err
	}
	return reader, nil
}

// readRoot reads what stands before the root, and its start tag.
func (r *Reader) readRoot() error {
	s := r.scan
	for {
		if s.started { // white space before the declaration stays, so that it can be told
			s.mark = s.pos
		}
		k, err := s.next()
		if err != nil {
			return err
		}
		if k == startTag {
			break
		}
		if s.blank {
			r.once("blank-before-declaration", spot{1, 1}, "white space stands before the XML declaration")
		}
	}
	at := s.locate(s.start)
	root, err := s.root()
	if err != nil {
		return err
	}
	note, refused := checkVersion(root.Version)
	if refused != "" {
		refusal := refusal(at, "version-unsupported", refused)
		refusal.Finding.Found, refusal.Finding.Expected = root.Version, "1.01 to 1.05 or 2.01 to 2.03"
		return refusal
	}
	if note != "" {
		rule := "version-unknown"
		if root.Upgradable() {
			rule = "version-upgraded"
		}
		r.once(rule, at, note)
	}
	r.root = root
	_, r.child = root.names()
	return nil
}

// Root is what the root's start tag says.
func (r *Reader) Root() Root { return r.root }

// Findings are the findings about the file as a whole so far, one for each kind of fault.
func (r *Reader) Findings() []resolute.Finding { return r.findings }

// Next gives the next activity (or organisation); io.EOF at a sound end of the file, a
// *RefusedError when the file is not well-formed or breaks a limit. What Next gave before such
// an error was sound by itself. After an error Next gives the same error again.
func (r *Reader) Next() (*Element, error) {
	if r.err != nil {
		return nil, r.err
	}
	for {
		wanted, err := r.readChild()
		if err != nil {
			r.err = err
			return nil, err
		}
		if wanted {
			return &r.element, nil
		}
	}
}

// readChild reads the next thing below or after the root; wanted is true when it is an element
// to give, which is then r.element.
func (r *Reader) readChild() (wanted bool, err error) {
	s := r.scan
	s.mark = s.pos
	k, err := s.next()
	switch {
	case err != nil:
		return false, err
	case k == endOfFile:
		return false, io.EOF
	case k == cdata || k == text && !isBlank(s.bytes(s.body)):
		r.once("stray-text", s.locate(s.start), "text between the elements of the root is skipped")
	case k == startTag:
		return r.readElement()
	}
	return false, nil
}

// readElement reads to the end of the element whose start tag is at hand.
func (r *Reader) readElement() (wanted bool, err error) {
	s := r.scan
	at := s.locate(s.start)
	r.element = Element{Name: string(s.bytes(s.name)), Line: at.line, Column: at.column}
	for inside := s.depth() - 1; s.depth() > inside; {
		if _, err := s.next(); err != nil {
			return false, err
		}
		if size := int64(s.pos - s.mark); size > r.max {
			return false, refusal(at, "limit-activity", fmt.Sprintf("this element is longer than %s", sizeWords(r.max)))
		}
	}
	r.element.Raw = s.buf[s.mark:s.pos:s.pos]
	if r.element.Name == r.child {
		return true, nil
	}
	if !strings.Contains(r.element.Name, ":") { // other namespaces may add what they like
		r.once("unknown-element", at, fmt.Sprintf("<%s> below the root is not known and is skipped", r.element.Name))
	}
	return false, nil
}

// mostFindings bounds what a file can make a Reader remember.
const mostFindings = 100

// once adds a warning about the file unless the same was said before.
func (r *Reader) once(rule string, at spot, message string) {
	if r.seen[message] || len(r.findings) >= mostFindings {
		return
	}
	r.seen[message] = true
	r.findings = append(r.findings, resolute.Finding{Rule: rule, Severity: resolute.SeverityWarning,
		Line: at.line, Column: at.column, Message: message})
}

// isBlank reports whether b is white space only.
func isBlank(b []byte) bool { return skipBlank(b, 0) == len(b) }

// sizeWords writes a number of bytes for a reader.
func sizeWords(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
