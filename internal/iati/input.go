package iati

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"resolute"
)

// inputFault is what the layers below the scanner refuse; the scanner adds the place.
type inputFault struct{ rule, message string }

func (f *inputFault) Error() string { return f.rule + ": " + f.message }

// input is the unpacked file as UTF-8.
type input struct {
	io.Reader
	transcoded bool // from an encoding in which some bytes stand for nothing
	findings   []resolute.Finding
}

// declarationWindow is how far the XML declaration is looked for.
const declarationWindow = 1024

// openInput unpacks gzip, bounds the size and turns the file's encoding into UTF-8: that of the
// byte order mark, else the one of the first bytes' pattern, else the declared one, else UTF-8.
func openInput(r io.Reader, maxFile int64) (*input, error) {
	packed := bufio.NewReaderSize(r, chunk)
	if magic, _ := packed.Peek(2); string(magic) == "\x1f\x8b" {
		unpacked, err := gzip.NewReader(packed)
		if err != nil {
			return nil, gzipFault(err)
		}
		r = &gzipReader{unpacked}
	} else {
		r = packed
	}
	b := bufio.NewReaderSize(&boundReader{r, maxFile, maxFile}, chunk)
	head, err := b.Peek(declarationWindow)
	if err != nil && err != io.EOF {
		return nil, err
	}
	return decodeInput(b, head)
}

// decodeInput chooses the encoding by the first bytes of the file.
func decodeInput(b *bufio.Reader, head []byte) (*input, error) {
	in := &input{Reader: b}
	switch {
	case bytes.HasPrefix(head, []byte("\x00\x00\xFE\xFF")), bytes.HasPrefix(head, []byte("\xFF\xFE\x00\x00")):
		if _, err := b.Discard(4); err != nil {
			return nil, err
		}
		in.Reader = transform.NewReader(b, utf32{big: head[0] == 0})
		return in, nil
	case bytes.HasPrefix(head, []byte("\x00\x00\x00<")), bytes.HasPrefix(head, []byte("<\x00\x00\x00")):
		in.Reader = transform.NewReader(b, utf32{big: head[0] == 0})
		return in, nil
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		_, err := b.Discard(3)
		return in, err
	case bytes.HasPrefix(head, []byte("\xFE\xFF")), bytes.HasPrefix(head, []byte("\xFF\xFE")):
		if _, err := b.Discard(2); err != nil {
			return nil, err
		}
		in.Reader = transform.NewReader(b, utf16{big: head[0] == 0xFE})
		return in, nil
	case bytes.HasPrefix(head, []byte("\x00<\x00")), bytes.HasPrefix(head, []byte("<\x00")):
		in.Reader = transform.NewReader(b, utf16{big: head[0] == 0})
		return in, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, &inputFault{"not-iati", "this is a ZIP archive; take the XML file out of it"}
	}
	return in.declared(head)
}

// declared applies the encoding of the XML declaration, if there is one.
func (in *input) declared(head []byte) (*input, error) {
	label := ""
	if m := xmlDecl.FindSubmatch(bytes.TrimLeft(head, " \t\r\n")); m != nil {
		label = strings.ToLower(string(m[1]) + string(m[2]))
	}
	switch label {
	case "", "utf-8", "utf8", "us-ascii", "ascii": // what is above ASCII must then be UTF-8
		return in, nil
	}
	known, name := charset.Lookup(label)
	if known == nil || known == encoding.Replacement {
		return nil, &inputFault{"encoding", "the declared encoding " + label + " is not known; save the file as UTF-8"}
	}
	if strings.HasPrefix(name, "utf-") {
		return nil, &inputFault{"encoding", "the XML declaration says " + label + ", the bytes are of another encoding"}
	}
	in.Reader = known.NewDecoder().Reader(in.Reader)
	in.transcoded = true
	in.findings = []resolute.Finding{{Rule: "encoding", Severity: resolute.SeverityNote, Line: 1, Column: 1,
		Found: label, Expected: "UTF-8", Message: "the file is read as " + name}}
	return in, nil
}

// boundReader refuses to give more than left bytes.
type boundReader struct {
	src       io.Reader
	left, max int64
}

func (b *boundReader) Read(p []byte) (int, error) {
	if b.left <= 0 { // one byte more tells a file of just this size from a longer one
		var one [1]byte
		if n, err := b.src.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, &inputFault{"limit-file", "the unpacked file is longer than " + sizeWords(b.max)}
	}
	n, err := b.src.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// gzipReader tells a damaged gzip file from a fault of the medium.
type gzipReader struct{ src io.Reader }

func (g *gzipReader) Read(p []byte) (int, error) {
	n, err := g.src.Read(p)
	if err != nil && err != io.EOF {
		err = gzipFault(err)
	}
	return n, err
}

// gzipFault gives an error of the gzip layer as a fault of the file where it is one.
func gzipFault(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return &inputFault{"gzip", "the gzip file was cut off"}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return &inputFault{"gzip", "the gzip file is damaged: " + err.Error()}
	}
	return err
}
