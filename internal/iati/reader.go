package iati

import (
	"errors"
	"io"

	"resolute"
)

// Root is what the root's start tag says.
type Root struct {
	Kind            string // "activities" or "organisations"
	Version         string // as printed: "2.03"
	GeneratedAt     string // as printed
	Lang            resolute.Lang
	DefaultCurrency string // not in the standard; empty as a rule
	Tag             []byte // the start tag as received, in UTF-8
	Attrs           []Attr // all attributes in file order
}

// Attr is one attribute, its value unescaped.
type Attr struct {
	Name, Value string
}

// Element is one child of the root.
type Element struct {
	Name         string
	Line, Column int    // of its start tag
	Raw          []byte // as received, in UTF-8; valid until the next call of Next
}

// Reader splits an IATI file into its activities. Memory does not grow with the file.
type Reader struct {
	root Root
}

// NewReader reads up to and including the root's start tag. It finds gzip and the encoding by
// itself. The error is a *RefusedError when the input is to blame.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	return nil, errors.New("iati: reader is being written")
}

// Root is what the root's start tag says.
func (r *Reader) Root() Root { return r.root }

// Next gives the next activity (or organisation); io.EOF at a sound end of the file, a
// *RefusedError when the file is not well-formed or breaks a limit.
func (r *Reader) Next() (*Element, error) { return nil, io.EOF }

// Findings are the findings about the file as a whole so far.
func (r *Reader) Findings() []resolute.Finding { return nil }

// ParseRoot reads a root's start tag again, as kept in Root.Tag.
func ParseRoot(tag []byte) (Root, error) { return Root{Tag: tag}, nil }

// Decode turns one element into an Activity and tells what it could not understand. It never
// fails. It needs only Raw, Line and Column of the element.
func Decode(root Root, el *Element) (Activity, []resolute.Finding) { return Activity{}, nil }

// Canonical is a SHA-256 over the canonical tokens of an element: equal for two elements that
// differ only in white space between elements, order of attributes, quoting and comments.
func (root Root) Canonical(el *Element) [32]byte { return [32]byte{} }

// Writer writes activities as one IATI 2.03 file.
type Writer struct {
	w io.Writer
}

// NewWriter starts a file on w.
func NewWriter(w io.Writer, root Root) *Writer { return &Writer{w: w} }

// WriteActivity adds one activity.
func (w *Writer) WriteActivity(a Activity) error { return nil }

// Close ends the file; it does not close the writer below.
func (w *Writer) Close() error { return nil }
