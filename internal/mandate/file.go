package mandate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"resolute"
	"resolute/internal/ooxml/docx"
)

// How long a file with the text of a resolution may be, and its text, in bytes. Documents may hold
// pictures, which are passed over.
const (
	LargestFile = 32 << 20
	largestText = 4 << 20
)

// File is a file that holds the text of a resolution: plain text in UTF-8, HTML, DOCX or Akoma
// Ntoso, told apart by content. Side is only asked for where the file bears tracked changes.
type File struct {
	Name string
	Data []byte
	Side Side
}

// Side says which of the two texts of a file with tracked changes is meant; Both is for ImportBoth.
type Side string

// The sides: every change refused, every change accepted.
const (
	Before Side = "before"
	After  Side = "after"
)

// Received is the text of a file in lines: automatic numbers before their paragraphs, footnotes
// behind the text, their marks in raised brackets where they stand.
type Received struct {
	Text     string
	TwoTexts bool               // the file bears tracked changes, and Text is one side
	Findings []resolute.Finding // about what was read
}

// Read reads the text of a file. A fault says why the file is refused whole.
func (f File) Read() (got Received, fault *resolute.Finding) {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(f.Data, []byte("\ufeff")))) == 0:
		return got, refuse("file-empty", "", "the text of a resolution", "the file is empty: refused whole")
	case len(f.Data) > LargestFile:
		return got, refuse("limit-file", fmt.Sprint(len(f.Data)), fmt.Sprint(LargestFile), "the file is longer than 32 MiB: refused whole")
	case docx.IsDOCX(f.Data), docx.IsOldWord(f.Data):
		got, fault = f.docx()
	case isAkoma(f.Data):
		got, fault = f.akoma()
	case isHTML(f.Data):
		got, fault = f.html()
	case bytes.HasPrefix(f.Data, []byte("%PDF-")), bytes.HasPrefix(f.Data, []byte(`{\rtf`)):
		fault = refuse("format-unknown", string(f.Data[:5]), "plain text, HTML or DOCX", "a PDF or RTF file is not read: save it as DOCX or plain text")
	case isForeign(f.Data):
		fault = refuse("format-unknown", string(f.Data[:2]), "plain text, HTML, DOCX or Akoma Ntoso", "this kind of file is not read: refused whole; the text of a resolution is plain text, HTML, DOCX or Akoma Ntoso")
	default:
		got.Text = string(bytes.TrimPrefix(f.Data, []byte("\ufeff")))
	}
	switch {
	case fault != nil:
	case len(got.Text) > largestText:
		fault = refuse("limit-text", fmt.Sprint(len(got.Text)), fmt.Sprint(largestText), "the text is longer than 4 MiB: refused whole")
	case !utf8.ValidString(got.Text):
		fault = refuse("encoding", "", "UTF-8", "the text is not UTF-8: refused whole; save it as UTF-8")
	}
	return got, fault
}

// isForeign tells an empty zip, JSON and XML of an unknown kind, as which no text of a resolution begins.
func isForeign(data []byte) bool {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case bytes.HasPrefix(data, []byte("PK\x05\x06")), bytes.HasPrefix(data, []byte("<?xml")):
		return true
	case bytes.HasPrefix(data, []byte("{")), bytes.HasPrefix(data, []byte("[")):
		return json.Valid(data)
	}
	return false
}

func refuse(rule, found, expected, message string) *resolute.Finding {
	return &resolute.Finding{Rule: rule, Severity: resolute.SeverityError, Found: found, Expected: expected, Message: message}
}

func (f File) akoma() (Received, *resolute.Finding) {
	text, findings, err := textOfAkoma(f.Data)
	if err != nil {
		return Received{}, refuse("akn", "", "Akoma Ntoso 3.0", err.Error()+": refused whole")
	}
	return Received{Text: text, Findings: findings}, nil
}

func (f File) docx() (Received, *resolute.Finding) {
	d, err := docx.Read(f.Data)
	if err != nil {
		fault := refuse("docx", "", "", err.Error())
		var refusal *docx.Refusal
		if errors.As(err, &refusal) {
			fault.Rule, fault.Path, fault.Message = refusal.Rule, refusal.Part, refusal.Message+": refused whole"
		}
		return Received{}, fault
	}
	return f.chosen(d.Before.Marked(), d.After.Marked(), d.Findings)
}

// chosen gives the text of the side; a file with two texts needs one to be named.
func (f File) chosen(before, after string, findings []resolute.Finding) (Received, *resolute.Finding) {
	got := Received{Text: after, TwoTexts: before != after, Findings: findings}
	switch {
	case f.Side == Before:
		got.Text = before
	case got.TwoTexts && f.Side != After:
		return got, refuse("tracked-changes", "two texts", "one side", "the file bears tracked changes, so it holds two texts: choose one with --side before (every change refused) or --side after (every change accepted), or import both with --side both")
	}
	return got, nil
}
